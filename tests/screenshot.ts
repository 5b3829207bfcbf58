import { launchBrowser } from './support/browser.ts';
import { mustBuild, openWorkshop } from './support/build.ts';
import { serve } from './support/serve.ts';

// `npm run screenshot`: makes the picture that the README shows, from the paper as it is now.
const workshop = await openWorkshop('content');
try {
	await mustBuild(workshop);
	const server = await serve(workshop.folder);
	const browser = await launchBrowser();
	const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
	await page.goto(`${server.origin}/2025/06/china-xi-kazakhstan-central-asia-ties/`, { waitUntil: 'networkidle' });
	// The type is optional to readers on their first visit; the picture shows the second.
	await page.reload({ waitUntil: 'networkidle' });
	await page.screenshot({ path: '.github/screenshot.png' });
	await browser.close();
	await server.stop();
	console.log('Wrote .github/screenshot.png.');
} finally {
	await workshop.remove();
}
