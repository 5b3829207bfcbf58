import * as publication from '../site.ts';

/** The colours of pages, cards and maps, each in light and in dark, where the publication has no others. */
const usualColours = {
	paper: ['#fcfaf5', '#171613'],
	/** Behind what stands out a little. */
	paperShade: ['#f3efe5', '#201e1a'],
	ink: ['#1d1b18', '#ebe6da'],
	inkSoft: ['#5a554b', '#aaa395'],
	/** Thin lines between parts. */
	rule: ['#d9d2c3', '#3b382f'],
	/** Links, pins and what has the focus. */
	lapis: ['#1e4a94', '#93b7f2'],
	/** Bars, and the edges of what stands out. */
	saffron: ['#b86a00', '#f0ac3f'],
	/** Of maps, as all that follow. */
	sea: ['#d6e2e8', '#1b2830'],
	land: ['#f6f2e8', '#2a2823'],
	/** The countries that a map is about. */
	landFocus: ['#f0dfb4', '#4a3c1e'],
	border: ['#a49b89', '#6a6455'],
} as const;

/** By their names, each in light and in dark. */
export type Colours = Readonly<Record<keyof typeof usualColours, readonly [light: string, dark: string]>>;

// A newsroom whose file is older than this field has none.
const own: { site: object; colours?: Partial<Colours> } = publication;

/** The colours of the publication. */
export const colours: Colours = { ...usualColours, ...own.colours };

/** What can have a colour. */
export const colourNames: readonly string[] = Object.keys(usualColours);

/** The paper's colour where CSS cannot reach: the browser's own frame and the web app manifest. */
export const paperColour = { light: colours.paper[0], dark: colours.paper[1] } as const;

/** Colours of pictures that cannot follow the page: share cards and the maps of feeds. */
export const paperColours = {
	paper: colours.paper[0],
	ink: colours.ink[0],
	inkSoft: colours.inkSoft[0],
	rule: colours.rule[0],
	lapis: colours.lapis[0],
	saffron: colours.saffron[0],
	sea: colours.sea[0],
	land: colours.land[0],
	landFocus: colours.landFocus[0],
	border: colours.border[0],
} as const;

/** The colours as CSS: `--ink-soft` and the others, each for light and for dark pages. */
export const colourTokens = `@layer tokens{:root{${Object.entries(colours).map(toToken).join('')}}}`;

function toToken([name, [light, dark]]: [string, readonly [string, string]]): string {
	return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}:light-dark(${light},${dark});`;
}

/** A text that could not be read on its ground. */
export interface FaintColour {
	colour: string;
	ground: string;
	scheme: 'light' | 'dark';
	/** Between 1 and 21, as the Web Content Accessibility Guidelines reckon it. */
	contrast: number;
}

/** The least contrast of text (WCAG 2.2, success criterion 1.4.3). */
export const leastContrast = 4.5;

/** Finds the colours of text that do not stand out from the paper and its shade. */
export function findFaintColours(of: Colours): FaintColour[] {
	const found: FaintColour[] = [];
	for (const [i, scheme] of (['light', 'dark'] as const).entries())
		for (const colour of ['ink', 'inkSoft', 'lapis'] as const)
			for (const ground of ['paper', 'paperShade'] as const) {
				const contrast = contrastOf(of[colour][i] ?? '', of[ground][i] ?? '');
				if (contrast < leastContrast) found.push({ colour, ground, scheme, contrast });
			}
	return found;
}

function contrastOf(one: string, other: string): number {
	const [a, b] = [luminanceOf(one), luminanceOf(other)];
	return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Returns how light a colour, `#1e4a94`, is: from 0 to 1 (WCAG's relative luminance). */
function luminanceOf(colour: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
