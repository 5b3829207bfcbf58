import { site } from '../site.ts';
import { fill, fillBox, openSheet, setInto, type Sheet, toShades } from './sheet.ts';
import type { Typeface } from './typeface.ts';

/** The size of a share card in pixels, as the Open Graph protocol's readers want it. */
export const cardSize = { width: 1200, height: 630 } as const;

/** The part of a card that a map takes, in pixels. */
export const cardMapSize = { width: 500, height: 630 } as const;

/** What a share card shows. */
export interface CardContent {
	headline: string;
	section: string;
	/** A picture of {@link cardMapSize}. */
	map?: Sheet | undefined;
}

const margin = 64;
const headlineTop = 178;
const headlineBottom = cardSize.height - margin;
const headlineWeight = 650;
const lineHeight = 1.12;

const ink = toShades('ink');
const lapis = toShades('lapis');
const rule = toShades('rule');

/**
 * Returns a share card, which looks the same on every machine. A headline with letters that the typeface lacks is left
 * out, since boxes in its place would say nothing; so is one that fits at no size.
 */
export function drawCard({ headline, section, map }: CardContent, typeface: Typeface): Sheet {
	const { width, height } = cardSize;
	const right = width - margin - (map === undefined ? 0 : cardMapSize.width);
	const sheet = openSheet(width, height);
	const line = (text: string, size: number, weight: number, baseline: number, shades: Uint8Array) => {
		for (const { outline, x, y } of typeface.set(text, size, weight).letters)
			fill(sheet, outline, margin + x, Math.round(baseline) + y, shades);
	};
	line(site.title, 44, 700, 96, ink);
	for (const top of [117, 121]) fillBox(sheet, margin, top, right, top + 2, ink[128]);
	if (typeface.has(section)) line(section, 28, 600, 162, lapis);
	const fitted = typeface.has(headline) ? fit(headline, right - margin, typeface) : undefined;
	fitted?.lines.forEach((text, i) => {
		line(text, fitted.size, headlineWeight, headlineTop + fitted.size * (0.95 + i * lineHeight), ink);
	});
	if (map) {
		const left = width - map.width;
		setInto(sheet, map, left);
		fillBox(sheet, left - 1, 0, left, height, rule[255]);
	}
	return sheet;
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
