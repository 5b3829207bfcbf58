import type { MapDrawing, Screen } from './draw.ts';
import { scaleText } from './marks.ts';
import type { Label } from './labels.ts';

const escape = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * Returns a map as an SVG for pages, whose style sheet `map.css` colours it and chooses between the names for wide and for
 * narrow screens.
 * @param description what it shows, for those who do not see it
 */
export function toSvg(drawing: MapDrawing, description: string): string {
	const { width, height, land, focus, lakes, borders, route, pins, globe } = drawing;
	const path = (name: string, d: string) => (d === '' ? '' : `<path class="${name}" d="${d}"/>`);
	return [
		`<svg class="map" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(description)}">`,
		path('sea', `M0 0H${width}V${height}H0z`),
		path('land', land),
		path('focus', focus),
		path('borders', borders),
		path('sea', lakes),
		path('route', route),
		...pins.map(({ x, y }) => `<circle class="pin" cx="${x}" cy="${y}" r="6"/>`),
		globe
			? `<circle class="sea globe" cx="${globe.x}" cy="${globe.y}" r="${globe.radius}"/>${path('land', globe.land)}` +
				path(
					'mark',
					`M${globe.mark.left} ${globe.mark.top}H${globe.mark.right}V${globe.mark.bottom}H${globe.mark.left}z`,
				)
			: '',
		path('scale', `M${drawing.scale.x} ${drawing.scale.y - 4}v4h${drawing.scale.length}v-4`),
		writeLabels('wide', drawing),
		writeLabels('narrow', drawing),
		'</svg>',
	].join('');
}

function writeLabels(screen: Screen, { labels, scale }: MapDrawing): string {
	const scaleLabel = { text: scaleText(scale), role: 'place', x: scale.x, y: scale.y - 8, anchor: 'start' } as const;
	return `<g class="${screen}">${[scaleLabel, ...labels[screen]].map(writeLabel).join('')}</g>`;
}

function writeLabel({ text, role, x, y, anchor }: Omit<Label, 'box'>): string {
	const anchored = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
	const name = role === 'place' ? '' : ` class="${role}"`;
	return `<text x="${x}" y="${y}"${name}${anchored}>${escape(text)}</text>`;
}
