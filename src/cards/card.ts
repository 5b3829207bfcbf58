import { site } from '../site.ts';
import { paperColours as colours } from '../styles/colours.ts';
import type { Typeface } from './typeface.ts';

/** The size of a share card in pixels, as the Open Graph protocol's readers want it. */
export const cardSize = { width: 1200, height: 630 } as const;

/** The part of a card that a map takes, in pixels. */
export const cardMapSize = { width: 500, height: 630 } as const;

/** What a share card shows. */
export interface CardContent {
	headline: string;
	section: string;
	/** A drawing of {@link cardMapSize}: the inside of an SVG. */
	map?: string | undefined;
}

const margin = 64;
const headlineTop = 178;
const headlineBottom = cardSize.height - margin;
const headlineWeight = 650;
const lineHeight = 1.12;

/**
 * Returns a share card as an SVG without text, so that it looks the same on every machine. A headline with letters that
 * the typeface lacks is left out, since boxes in its place would say nothing; so is one that fits at no size.
 */
export function drawCard({ headline, section, map }: CardContent, typeface: Typeface): string {
	const { width, height } = cardSize;
	const right = width - margin - (map === undefined ? 0 : cardMapSize.width);
	const shapes = [
		`<rect width="${width}" height="${height}" fill="${colours.paper}"/>`,
		line(site.title, 44, 700, margin, 96, colours.ink, typeface),
		`<path d="M${margin} 118H${right}M${margin} 122H${right}" stroke="${colours.ink}"/>`,
	];
	if (typeface.has(section)) shapes.push(line(section, 28, 600, margin, 162, colours.lapis, typeface));
	const fitted = typeface.has(headline) ? fit(headline, right - margin, typeface) : undefined;
	if (fitted) {
		const { lines, size } = fitted;
		lines.forEach((text, i) => {
			const baseline = headlineTop + size * (0.95 + i * lineHeight);
			shapes.push(line(text, size, headlineWeight, margin, baseline, colours.ink, typeface));
		});
	}
	if (map !== undefined) {
		const x = width - cardMapSize.width;
		shapes.push(
			`<svg x="${x}" width="${cardMapSize.width}" height="${cardMapSize.height}">${map}</svg>`,
			`<path d="M${x} 0V${height}" stroke="${colours.rule}"/>`,
		);
	}
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes.join('')}</svg>`;
}

function line(text: string, size: number, weight: number, x: number, y: number, colour: string, typeface: Typeface) {
	const { path } = typeface.set(text, size, weight);
	return `<path transform="translate(${x} ${Math.round(y)})" fill="${colour}" d="${path}"/>`;
}

/** Breaks a headline into lines of the largest size at which all of it stands between the section and the lower margin. */
function fit(headline: string, width: number, typeface: Typeface): { lines: string[]; size: number } | undefined {
	const widths = new Map<string, number>();
	const widthOf = (text: string) => {
		const known = widths.get(text) ?? typeface.measure(text, 1, headlineWeight);
		widths.set(text, known);
		return known;
	};
	for (let size = 100; size >= 12; size -= 2) {
		const lines = wrap(headline, (text) => widthOf(text) * size <= width);
		const isLow = (0.95 + (lines.length - 1) * lineHeight + 0.25) * size <= headlineBottom - headlineTop;
		const isNarrow = lines.every((text) => widthOf(text) * size <= width);
		if (isLow && isNarrow) return { lines, size };
	}
	return undefined;
}

function wrap(text: string, fits: (line: string) => boolean): string[] {
	const lines: string[] = [];
	for (const word of text.split(' ')) {
		const last = lines.at(-1);
		const longer = `${last} ${word}`;
		if (last !== undefined && fits(longer)) lines[lines.length - 1] = longer;
		else lines.push(word);
	}
	return lines;
}
