import { createServer } from 'node:net';
import lighthouse from 'lighthouse';
import { launchBrowser } from './support/browser.ts';
import { mustBuild, openWorkshop } from './support/build.ts';
import { serve } from './support/serve.ts';

// `npm run audit`: asks Lighthouse, as a slow phone, for its judgement of the paper as it is now.
const pages = ['/', '/2025/06/china-xi-kazakhstan-central-asia-ties/', '/tags/central-asia/', '/tags/'];
/** Under 100 points in one of these a page fails. How fast it is depends on the computer too, and is only told. */
const judged = ['accessibility', 'best-practices', 'seo'];
const measures = {
	'LCP ms': 'largest-contentful-paint',
	CLS: 'cumulative-layout-shift',
	'TBT ms': 'total-blocking-time',
	bytes: 'total-byte-weight',
};
/**
 * What cannot be true here: on 127.0.0.1 the canonical address is that of the open web, which is another host, and
 * Lighthouse asks for `robots.txt` from within the page, whose policy lets it ask for nothing.
 */
const skipAudits = ['canonical', 'robots-txt'];

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	if (address === null || typeof address === 'string') throw new Error('There is no free port.');
	return address.port;
}

type Judgement = NonNullable<Awaited<ReturnType<typeof lighthouse>>>['lhr'];

async function judge(url: string, port: number): Promise<Judgement> {
	const onlyCategories = ['performance', ...judged];
	const result = await lighthouse(url, { port, logLevel: 'error', onlyCategories, skipAudits });
	if (!result || result.lhr.runtimeError)
		throw new Error(`${url}: ${result?.lhr.runtimeError?.message ?? 'Lighthouse had nothing to say.'}`);
	return result.lhr;
}

function pointsOf(judgement: Judgement, category: string): number {
	return Math.round((judgement.categories[category]?.score ?? 0) * 100);
}

function weaknessesOf({ categories, audits }: Judgement, category: string): string {
	const refs = categories[category]?.auditRefs ?? [];
	return refs
		.filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
		.map(({ id }) => id)
		.join(', ');
}

const workshop = await openWorkshop('content');
try {
	await mustBuild(workshop);
	const server = await serve(workshop.folder);
	const port = await freePort();
	const browser = await launchBrowser([`--remote-debugging-port=${port}`]);
	const failings: string[] = [];
	const table: Record<string, Record<string, number>> = {};
	for (const path of pages) {
		const judgement = await judge(server.origin + path, port);
		const scores = ['performance', ...judged].map((category): [string, number] => [
			category,
			pointsOf(judgement, category),
		]);
		for (const [category, score] of scores)
			if (judged.includes(category) && score < 100)
				failings.push(`${path}: ${category} ${score}, for ${weaknessesOf(judgement, category)}`);
		const values = Object.entries(measures).map(([name, id]): [string, number] => {
			const value = judgement.audits[id]?.numericValue ?? NaN;
			return [name, Math.round(value * 1000) / 1000];
		});
		table[path] = Object.fromEntries([...scores, ...values]);
	}
	await browser.close();
	await server.stop();
	console.table(table);
	for (const failing of failings) console.error(failing);
	if (failings.length > 0) process.exitCode = 1;
} finally {
	await workshop.remove();
}
