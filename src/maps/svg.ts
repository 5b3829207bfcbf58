import type { MapDrawing, Screen } from './draw.ts';
import { escapeXml } from '../markdown/xml.ts';
import type { Label } from './labels.ts';
import { scaleBar, scaleLabel } from './marks.ts';

/**
 * Returns a map as an SVG for pages, whose style sheet `map.css` colours it and chooses between the names for wide and for
 * narrow screens.
 * @param description what it shows, for those who do not see it
 */
export function toSvg(drawing: MapDrawing, description: string): string {
	const { width, height, land, focus, lakes, borders, route, pins, globe } = drawing;
	const path = (name: string, d: string) => (d === '' ? '' : `<path class="${name}" d="${d}"/>`);
	return [
		`<svg class="map" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(description)}">`,
		path('sea', `M0 0H${width}V${height}H0z`),
		path('land', land),
		path('focus', focus),
		path('borders', borders),
		path('sea', lakes),
		path('route', route),
		...pins.map(({ x, y }) => `<circle class="pin" cx="${x}" cy="${y}" r="6"/>`),
		globe
			? `<circle class="sea globe" cx="${globe.x}" cy="${globe.y}" r="${globe.radius}"/>${path('land', globe.land)}` +
				path('mark', globe.mark)
			: '',
		path('scale', scaleBar(drawing.scale)),
		writeLabels('wide', drawing),
		writeLabels('narrow', drawing),
		'</svg>',
	].join('');
}

function writeLabels(screen: Screen, { labels, scale }: MapDrawing): string {
	return `<g class="${screen}">${[scaleLabel(scale), ...labels[screen]].map(writeLabel).join('')}</g>`;
}

function writeLabel({ text, role, x, y, anchor }: Omit<Label, 'box'>): string {
	const anchored = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
	const name = role === 'place' ? '' : ` class="${role}"`;
	return `<text x="${x}" y="${y}"${name}${anchored}>${escapeXml(text)}</text>`;
}
