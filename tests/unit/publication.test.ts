import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { formatProblem } from '../../src/domain/problems.ts';
import { checkPublication } from '../../src/loaders/publication.ts';
import { site } from '../../src/site.ts';
import { paperColour, paperColours } from '../../src/styles/colours.ts';

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

test('the browser’s frame has the colour of the paper', async () => {
	const tokens = await readFile('src/styles/tokens.css', 'utf8');
	expect(tokens).toContain(`--paper: light-dark(${paperColour.light}, ${paperColour.dark});`);
});

test('share cards and the maps of feeds have the light colours of the page', async () => {
	const tokens = await readFile('src/styles/tokens.css', 'utf8');
	for (const [name, colour] of Object.entries(paperColours)) {
		const token = name.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);
		expect(tokens).toContain(`--${token}: light-dark(${colour}, `);
	}
});
