import { type MapDrawing, typeSizes } from '../maps/draw.ts';
import type { Label } from '../maps/labels.ts';
import { scaleBar, scaleLabel } from '../maps/marks.ts';
import { paperColours as colours } from '../styles/colours.ts';
import { toPath } from './outline.ts';
import type { Typeface } from './typeface.ts';

/** Returns a map as an SVG of its own: with colours, and with outlines in the place of text. */
export function drawMapPicture(drawing: MapDrawing, typeface: Typeface): string {
	const { width, height, land, focus, lakes, borders, route, pins, globe, scale, labels } = drawing;
	const area = (d: string, colour: string) => (d === '' ? '' : `<path fill="${colour}" d="${d}"/>`);
	const line = (d: string, colour: string, more = '') =>
		d === '' ? '' : `<path fill="none" stroke="${colour}" ${more} d="${d}"/>`;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" stroke-linejoin="round">`,
		area(`M0 0H${width}V${height}H0z`, colours.sea),
		area(land, colours.land),
		area(focus, colours.landFocus),
		line(borders, colours.border, 'stroke-width="0.8"'),
		area(lakes, colours.sea),
		line(route, colours.lapis, 'stroke-width="2.5" stroke-dasharray="7 4"'),
		...pins.map(
			({ x, y }) =>
				`<circle cx="${x}" cy="${y}" r="6" fill="${colours.lapis}" stroke="${colours.land}" stroke-width="1.5"/>`,
		),
		globe
			? `<circle cx="${globe.x}" cy="${globe.y}" r="${globe.radius}" fill="${colours.sea}" stroke="${colours.inkSoft}"/>` +
				area(globe.land, colours.land) +
				line(globe.mark, colours.saffron, 'stroke-width="2"')
			: '',
		line(scaleBar(scale), colours.inkSoft),
		...[scaleLabel(scale), ...labels.wide].map((label) => paintLabel(label, typeface)),
		'</svg>',
	].join('');
}

const weights = { place: 700, area: 400, country: 400 } as const;
const labelColours = { place: colours.ink, area: colours.lapis, country: colours.inkSoft } as const;

/** A name with letters that the typeface lacks is left out: its pin says enough where boxes would say nothing. */
function paintLabel({ text, role, x, y, anchor }: Omit<Label, 'box'>, typeface: Typeface): string {
	if (!typeface.has(text)) return '';
	const { letters, width } = typeface.set(text, typeSizes.wide, weights[role]);
	const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
	const path = letters.map(({ outline, x, y }) => toPath(outline, x, y)).join('');
	return `<path transform="translate(${left.toFixed(1)} ${y})" fill="${labelColours[role]}" stroke="${colours.land}" stroke-width="4" paint-order="stroke" d="${path}"/>`;
}
