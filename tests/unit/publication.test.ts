import { expect, test } from 'vitest';
import { formatProblem } from '../../src/domain/problems.ts';
import { checkColours, checkPublication } from '../../src/loaders/publication.ts';
import { site } from '../../src/site.ts';
import { colours, colourTokens, paperColour, paperColours } from '../../src/styles/colours.ts';

test('the publication as it stands is sound', () => {
	expect(checkPublication(site, true)).toEqual([]);
	expect(checkPublication({ ...site, base: '/news/', webSubHub: 'https://hub.example.org/' }, true)).toEqual([]);
});

test.each([
	['timeZone', 'Almaty', 'is not a time zone. Write its IANA name, such as Asia/Almaty.'],
	['origin', 'https://example.org/', 'is not the address of a host. Write it as https://example.org, without a path.'],
	['origin', 'example.org', 'is not the address of a host. Write it as https://example.org, without a path.'],
	['base', 'news', 'is not a path. Write / or a path with both strokes, such as /news/.'],
	['base', '/news', 'is not a path. Write / or a path with both strokes, such as /news/.'],
	['base', '//evil.example/', 'is not a path. Write / or a path with both strokes, such as /news/.'],
	['feedAuthority', 'Meridian', 'is not the authority of tag URIs. Write a host and a year, as example.org,2025.'],
	['editorEmail', 'editor', 'is not an e-mail address.'],
	['tagFeeds', 'none', 'is not what a feed can hold. Write full or standfirst.'],
	['comments', 'nowhere', 'is not where comments can go. Write service or letters.'],
	['webSubHub', 'hub', 'is not the address of a hub. Write it as https://hub.example.org/, or undefined without one.'],
])('%s "%s" is refused', (field, value, message) => {
	expect(checkPublication({ ...site, [field]: value }, true).map(formatProblem)).toEqual([
		`src/site.ts: ${field}: "${value}" ${message}`,
	]);
});

test.each([
	['title', 'Meri\u200Bdian', 'U+200B'],
	['description', 'A \u202Epaper', 'U+202E'],
	['navigation', [{ label: 'La\u0007test', path: '/' }], 'U+0007'],
] as const)('%s with a character that nobody sees is refused', (field, value, name) => {
	expect(checkPublication({ ...site, [field]: value }, true).map(formatProblem)).toEqual([
		`src/site.ts: ${field}: holds the invisible or forbidden character ${name}. Delete it, or type the words again.`,
	]);
});

test('a language without words is refused', () => {
	expect(checkPublication({ ...site, language: 'kk' }, false).map(({ field }) => field)).toEqual(['language']);
});

test('every colour of the publication is a token for light and for dark pages', () => {
	for (const [name, [light, dark]] of Object.entries(colours)) {
		const token = name.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);
		expect(colourTokens).toContain(`--${token}:light-dark(${light},${dark});`);
	}
});

test('the browser’s frame, share cards and the maps of feeds have the colours of the page', () => {
	expect(paperColour).toEqual({ light: colours.paper[0], dark: colours.paper[1] });
	for (const [name, colour] of Object.entries(paperColours))
		expect(Object.entries(colours)).toContainEqual([name, [colour, expect.anything()]]);
});

test('the colours as they stand can be read', () => {
	expect(checkColours(colours)).toEqual([]);
});

test.each<[what: string, change: Readonly<Record<string, readonly [string, string]>>, message: string]>([
	['a colour of nothing', { lapiz: ['#1e4a94', '#93b7f2'] }, 'colours.lapiz: nothing has it. Did you mean "lapis"?'],
	[
		'a colour in other words',
		{ paper: ['white', '#171613'] },
		'colours.paper: "white" is not a colour. Write it as #1e4a94, in small letters.',
	],
	[
		'grey words in light',
		{ inkSoft: ['#808080', '#aaa395'] },
		'colours.inkSoft: stands out too little from paper in light: 3.79 to 1, where text needs 4.5. Make it darker.',
	],
	[
		'dark links in the dark',
		{ lapis: ['#1e4a94', '#1e4a94'] },
		'colours.lapis: stands out too little from paper in dark: 2.12 to 1, where text needs 4.5. Make it lighter.',
	],
])('%s are refused', (_, change, message) => {
	expect(checkColours({ ...colours, ...change }).map(formatProblem)[0]).toBe(`src/site.ts: ${message}`);
});
