import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { splitFrontMatter } from '../../src/markdown/front-matter.ts';
import { toPlainText } from '../../src/markdown/plain.ts';
import { readText } from '../../src/markdown/text.ts';
import { faultOfAnswer, toSectionId, toSections } from '../../src/newsroom/answers.ts';
import { sampleFiles } from '../../src/newsroom/sample.ts';
import { isOfSample, toKeptPage } from '../../src/newsroom/start-over.ts';
import { rewriteSite } from '../../src/newsroom/site-file.ts';
import { site } from '../../src/site.ts';

test('the sample is what lies in content/', () => {
	const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z', 'content'], {
		encoding: 'utf8',
	});
	const present = files.split('\0').filter((file) => file !== '');
	expect(present.map((file) => file.slice('content/'.length)).sort()).toEqual([...sampleFiles.keys()].sort());
	const changed = present.filter((file) => !isOfSample(file, readFileSync(file)));
	expect(changed, 'Write their new digests into src/newsroom/sample.ts.').toEqual([]);
	expect(isOfSample('content/tags.yaml', Buffer.from('own: { name: Own, kind: topic }'))).toBe(false);
});

describe('an answer', () => {
	test.each([
		['title', 'The Gazette'],
		['language', 'kk'],
		['language', 'en-US'],
		['timeZone', 'Europe/Lisbon'],
		['origin', 'https://gazette.example'],
		['sections', 'Қоғам, Мәдениет'],
	] as const)('%s "%s" is taken', (question, answer) => {
		expect(faultOfAnswer(question, answer)).toBeUndefined();
	});

	test.each([
		['title', ' ', 'title: is empty. Write it.'],
		['title', 'x'.repeat(101), 'title: has 101 characters; at most 100 are allowed.'],
		['title', 'A\nB', 'title: holds a line break or a tab.'],
		['title', 'A\u202Eb', 'title: holds the invisible or forbidden character U+202E'],
		['language', 'de', 'language: "de" has no words in src/words/.'],
		['language', 'kz', 'language: "kz" has no words in src/words/.'],
		['timeZone', 'Mars', 'timeZone: "Mars" is not a time zone. Write its IANA name'],
		['timeZone', 'America/Vancover', 'is not a time zone. Did you mean "America/Vancouver"?'],
		['origin', 'gazette.example', 'origin: "gazette.example" is not the address of a host.'],
		['sections', ' , ', 'sections: there must be at least one.'],
		['sections', 'News, news', 'sections: "news" has the address of another.'],
		['sections', 'Page', 'sections: "Page" is an address that the paper needs itself.'],
		['sections', 'x'.repeat(61), 'has 61 characters; at most 60 are allowed.'],
	] as const)('%s "%s" is refused', (question, answer, message) => {
		expect(faultOfAnswer(question, answer)).toContain(message);
	});

	test('names sections with commas, whose ids have Latin letters', () => {
		expect(toSections(' Қоғам,, Мәдениет ')).toEqual(['Қоғам', 'Мәдениет']);
		expect(toSections('Қоғам, Arts & Letters').map(toSectionId)).toEqual(['qogham', 'arts-letters']);
	});
});

test('a page that is kept has the new name letter by letter', () => {
	const page = toKeptPage(
		`---\ntitle: A\n---\n\nOf ${site.title}’s readers.\n`,
		'~~The~~ *Gazette* {lang=ru}',
		'en-GB',
	);
	const { tree, findings } = readText(splitFrontMatter(page)?.body ?? '');
	expect(findings).toEqual([]);
	expect(toPlainText(tree)).toBe('Of ~~The~~ *Gazette* {lang=ru}’s readers.');
});

describe('the file of the publication', () => {
	test('gets other values and labels, and keeps the rest', async () => {
		const source = await readFile('src/site.ts', 'utf8');
		const labels = new Map([['/tags/', 'Тегтер']]);
		const written = rewriteSite(source, { title: 'A “new” \\ paper’s' }, labels);
		expect(written).toContain("\ttitle: 'A “new” \\\\ paper’s',\n");
		expect(written).toContain("{ label: 'Тегтер', path: '/tags/' }");
		expect(written.split('\n').length).toBe(source.split('\n').length);
		expect(rewriteSite(written, { title: 'Meridian' }, new Map([['/tags/', 'Tags']]))).toBe(source);
	});

	test('holds hostile values as texts', () => {
		const hostile = `'; throw new Error("x"); '\${1}\``;
		expect(rewriteSite("\ttitle: 'A',\n", { title: hostile }, new Map())).toBe(
			`\ttitle: '\\'; throw new Error("x"); \\'\${1}\`',\n`,
		);
	});

	test('is not guessed at where a field is written otherwise', () => {
		expect(() => rewriteSite('\ttitle: name(),\n', { title: 'A' }, new Map())).toThrow(
			'title is no text there any more',
		);
	});
});
