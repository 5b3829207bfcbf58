import * as paths from '../domain/paths.ts';
import { site } from '../site.ts';
import { paperColour } from '../styles/colours.ts';

export function GET(): Response {
	const icon = (size: number, purpose: string) => ({
		src: paths.file(`icon-${size}.png`),
		sizes: `${size}x${size}`,
		type: 'image/png',
		purpose,
	});
	return Response.json({
		name: site.title,
		short_name: site.title,
		description: site.description,
		lang: site.language,
		start_url: paths.home(),
		scope: paths.home(),
		display: 'browser',
		background_color: paperColour.light,
		theme_color: paperColour.light,
		icons: [icon(192, 'any'), icon(512, 'any'), icon(512, 'maskable')],
	});
}
