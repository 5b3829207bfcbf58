import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { textOfFigure } from '../../src/domain/figures.ts';
import { toPlainText } from '../../src/markdown/plain.ts';
import { readText } from '../../src/markdown/text.ts';
import { type Choice, readChoice, toggle, toQuery, toTerms } from '../../src/search/choice.ts';
import { matchNames } from '../../src/search/choices.ts';
import { toExcerpt } from '../../src/search/excerpt.ts';
import { fromGaps, namesFile, readLanguages, toGaps } from '../../src/search/facts.ts';
import { toSearchFiles } from '../../src/search/files.ts';
import { countIn, narrow, readTraits } from '../../src/search/narrow.ts';
import { toAdvice, toRemarks } from '../../src/search/results.ts';
import { makeWriter, readVocabulary } from '../support/writer.ts';

const nothing: Choice = { words: '', tag: [], section: [], author: [], year: [], page: 1 };

describe('the address of a search', () => {
	test('holds all that a reader has chosen, and gives it back', () => {
		const choice: Choice = {
			words: 'rail & road',
			tag: ['kazakhstan', 'china'],
			section: ['politics'],
			author: ['sophia-klein'],
			year: ['2025', '2024'],
			page: 2,
		};
		const query = toQuery(choice);
		expect(query).toBe(
			'?q=rail+%26+road&tag=kazakhstan&tag=china&section=politics&author=sophia-klein&year=2025&year=2024&page=2',
		);
		expect(readChoice(query)).toEqual(choice);
	});

	test('is bare where nothing is chosen', () => {
		expect(toQuery(nothing)).toBe('');
		expect(readChoice('')).toEqual(nothing);
	});

	test.each(['?page=0', '?page=-3', '?page=1.5', '?page=x', '?tag=&q=%20', '?other=1', '?q=%E0%A4%A'])(
		'is understood however odd it is: %s',
		(query) => expect({ ...readChoice(query), words: '' }).toEqual(nothing),
	);

	test('names no part twice', () => expect(readChoice('?tag=a&tag=a').tag).toEqual(['a']));

	test('gains and loses a part by its link, which begins again at the first page', () => {
		const chosen = toggle({ ...nothing, page: 3 }, 'tag', 'china');
		expect(chosen).toEqual({ ...nothing, tag: ['china'] });
		expect(toggle(chosen, 'tag', 'china')).toEqual(nothing);
	});
});

const subjects = {
	sections: [
		{ id: 'politics', name: 'Politics' },
		{ id: 'trade', name: 'Trade' },
	],
	authors: [
		{ id: 'a', name: 'Anna' },
		{ id: 'b', name: 'Bela' },
	],
	tags: [
		{ id: 'china', name: 'China', aliases: [], formerly: ['cathay'] },
		{ id: 'xi-jinping', name: 'Xi Jinping', aliases: ['Си Цзиньпин'], formerly: [] },
	],
};
const records = [
	{ day: '2023-05-19', section: 'politics', authors: ['a'], tags: ['china'] },
	{ day: '2024-12-27', section: 'trade', authors: ['a', 'b'], tags: [] },
	{ day: '2025-01-20', section: 'trade', authors: ['b'], tags: ['china', 'xi-jinping'] },
	{ day: '2025-06-16', section: 'politics', authors: ['a', 'b'], tags: ['xi-jinping', 'china'] },
];

/** The files by their names, as the script of the page finds them. */
function filesOf(...args: Parameters<typeof toSearchFiles>): Record<string, unknown> {
	return Object.fromEntries(toSearchFiles(...args));
}

describe('the files by which readers narrow', () => {
	const files = filesOf(subjects, records);

	test('say of each article its section, its authors and its year', () => {
		expect(files['facts.json']).toEqual({
			sections: subjects.sections,
			authors: subjects.authors,
			bylines: [[0], [0, 1], [1]],
			years: [
				['2023', 1],
				['2024', 1],
				['2025', 2],
			],
			sectionOf: [0, 1, 1, 0],
			bylineOf: [0, 1, 2, 1],
			languages: [],
		});
	});

	test('say in which language each article is, where that is not the paper’s', () => {
		const inRussian = records.map((record, i) => ({ ...record, lang: i === 0 ? 'kk' : 'ru' }));
		const of = (all: typeof inRussian) => filesOf(subjects, all)['facts.json'];
		expect(of(inRussian)).toMatchObject({
			languages: [
				['kk', [1]],
				['ru', [2, 1, 1]],
			],
		});
		const languages = readLanguages({
			languages: [
				['kk', [1]],
				['ru', [2, 1, 1]],
			],
		});
		expect([...languages]).toEqual([
			[0, 'kk'],
			[1, 'ru'],
			[2, 'ru'],
			[3, 'ru'],
		]);
	});

	test('list the articles of each tag, and the tags of most articles together', () => {
		const china = { id: 'china', name: 'China', gaps: [1, 2, 1] };
		const xi = { id: 'xi-jinping', name: 'Xi Jinping', gaps: [3, 1] };
		expect(files['tags/china.json']).toEqual(china);
		expect(files['tags/cathay.json']).toEqual(china);
		expect(files['tags/xi-jinping.json']).toEqual(xi);
		expect(files['often.json']).toEqual([china, xi]);
	});

	test('list the names of tags by the two letters with which their words begin, aliases too', () => {
		const xi = { id: 'xi-jinping', name: 'Xi Jinping', gaps: [3, 1], keys: ['xi jinping', 'си цзиньпин'] };
		for (const letters of ['xi', 'ji', 'си', 'цз']) expect(files[namesFile(letters)]).toEqual([xi]);
		expect(files[namesFile('xi jinping')]).toEqual([xi]);
		expect(files).not.toHaveProperty([namesFile('xa')]);
	});

	test('list names by one letter where the word has no other or is Chinese, Japanese or Korean', () => {
		const aliases = ['中国', 'X 1', 'Қазақстан'];
		const named = filesOf({ ...subjects, tags: [{ id: 'a', name: 'Aa', aliases, formerly: [] }] }, []);
		const isNamed = (key: string) => named[namesFile(key)];
		for (const key of ['中', '中国', 'x', '1', 'қа']) expect(isNamed(key), key).toEqual([expect.anything()]);
		for (const letter of ['a', 'қ']) expect(isNamed(letter), letter).toEqual([]);
		expect(Object.keys(named).filter((name) => !/^[a-z]+(?:\/[\da-z-]+)?\.json$/.test(name))).toEqual([]);
	});

	test('of names are light and few, however many tags there are', async () => {
		const write = makeWriter(await readVocabulary());
		const tags = Array.from({ length: 6000 }, (_, i) => {
			const [name, alias] = [write(10 + (i % 25)), write(10)].map((text) => text.slice(1).replace(/x*$/, ''));
			return { id: `tag-${i}`, name: `${name} ${i}`, aliases: [`${alias} ${i}`], formerly: [] };
		});
		const ofArticle = (i: number) =>
			Array.from({ length: 7 }, (_, j) => `tag-${Math.floor(6000 * (((i * 7 + j) * 0.618034) % 1) ** 3)}`);
		const many = Array.from({ length: 10_000 }, (_, i) => ({
			...{ day: '2024-01-01', section: 'trade', authors: ['a'] },
			tags: [...new Set(ofArticle(i))],
		}));
		const names = Object.entries(filesOf({ ...subjects, tags }, many)).filter(([name]) => name.startsWith('names/'));
		const [longest = ''] = names.map(([, content]) => JSON.stringify(content)).sort((a, b) => b.length - a.length);
		expect(names.length).toBeLessThan(1000);
		expect(gzipSync(longest).length).toBeLessThan(40_000);
	});

	test('hold the tags of most articles alone together, however many tags there are', () => {
		const tags = Array.from({ length: 60 }, (_, i) => ({
			id: `tag-${i}`,
			name: `Tag ${i}`,
			aliases: [],
			formerly: [],
		}));
		const ofArticle = (i: number) => ['tag-59', ...(i < 30 ? ['tag-58'] : []), `tag-${i % 58}`];
		const many = tags.map((_, i) => ({ day: '2024-01-01', section: 'trade', authors: ['a'], tags: ofArticle(i) }));
		const { 'often.json': often } = filesOf({ ...subjects, tags }, many);
		expect(often).toHaveLength(40);
		expect(often).toHaveProperty('0.id', 'tag-59');
		expect(often).toHaveProperty('1.id', 'tag-58');
	});

	test('gain a line at their end when an article is added, and change nowhere else', () => {
		const added = filesOf(subjects, [
			...records,
			{ day: '2025-06-17', section: 'trade', authors: ['a'], tags: ['china'] },
		]);
		expect(added['tags/xi-jinping.json']).toEqual(files['tags/xi-jinping.json']);
		expect(added['tags/china.json']).toMatchObject({ gaps: [1, 2, 1, 1] });
	});
});

test('numbers are found again from the steps between them', () => {
	expect(toGaps([0, 3, 4, 10])).toEqual([1, 3, 1, 6]);
	expect(fromGaps(toGaps([0, 3, 4, 10]))).toEqual([0, 3, 4, 10]);
	expect(fromGaps([])).toEqual([]);
});

describe('narrowing', () => {
	const [[, facts] = ['', undefined]] = [...toSearchFiles(subjects, records)];
	if (!facts || !('bylines' in facts)) throw new Error('The facts do not come first.');
	const traitsOf = readTraits(facts);
	const newestFirst = [3, 2, 1, 0];
	const search = (choice: Partial<Choice>, tags: readonly ReadonlySet<number>[] = []) =>
		narrow(newestFirst, { ...nothing, ...choice }, traitsOf, tags);

	test('leaves everything, in its order, where nothing is chosen', () => expect(search({}).found).toEqual(newestFirst));

	test('by a section, an author or a year leaves theirs', () => {
		expect(search({ section: ['trade'] }).found).toEqual([2, 1]);
		expect(search({ author: ['a'] }).found).toEqual([3, 1, 0]);
		expect(search({ year: ['2025'] }).found).toEqual([3, 2]);
	});

	test('by several of one kind leaves those of any, by several kinds those of all', () => {
		expect(search({ year: ['2023', '2025'] }).found).toEqual([3, 2, 0]);
		expect(search({ year: ['2023', '2025'], section: ['politics'], author: ['b'] }).found).toEqual([3]);
	});

	test('by tags leaves those that have every one', () => {
		expect(search({}, [new Set([0, 2, 3])]).found).toEqual([3, 2, 0]);
		expect(search({}, [new Set([0, 2, 3]), new Set([2, 3])]).found).toEqual([3, 2]);
		expect(search({}, [new Set()]).found).toEqual([]);
	});

	test('counts what each choice would leave beside those of other kinds', () => {
		const { counts } = search({ section: ['trade'] }, [new Set([0, 2, 3])]);
		expect(counts.section).toEqual(
			new Map([
				['politics', 2],
				['trade', 1],
			]),
		);
		expect(counts.author).toEqual(new Map([['b', 1]]));
		expect(counts.year).toEqual(new Map([['2025', 1]]));
		expect(countIn(new Set([3, 2]), [0, 2, 3])).toBe(2);
	});

	test('passes over articles of which the facts say nothing', () =>
		expect(narrow([9, -1, 0], nothing, traitsOf, []).found).toEqual([0]));
});

test('tags are found by the beginning of any word of their labels, whole labels first', () => {
	const names = ['peter xi', 'xi jinping', 'taxi'].map((key) => ({ id: key, name: key, keys: [key] }));
	expect(matchNames(names, 'xi').map(({ id }) => id)).toEqual(['xi jinping', 'peter xi']);
	expect(matchNames(names, 'xi j').map(({ id }) => id)).toEqual(['xi jinping']);
});

describe('an excerpt', () => {
	const show = (content: string, matches: readonly number[]) =>
		toExcerpt(content, matches)
			.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text))
			.join('');
	const words = Array.from({ length: 100 }, (_, i) => `w${i}`).join(' ');

	test('marks what was looked for and nothing else, whatever the words are', () => {
		expect(show('a <mark>b</mark> &lt; c & d', [1, 3])).toBe('a [<mark>b</mark>] &lt; [c] & d');
		expect(toExcerpt('one two', [1])).toEqual([
			{ text: 'one ', isMatch: false },
			{ text: 'two', isMatch: true },
		]);
	});

	test('begins a few words before the place where most matches stand together', () => {
		expect(show(words, [2, 60, 63])).toMatch(/^… w56 w57 w58 w59 \[w60\] w61 w62 \[w63\] w64 .*w87 …$/);
	});

	test('is the beginning of the text where nothing in it matches', () => {
		expect(show(words, [])).toMatch(/^w0 w1 .* w31 …$/);
		expect(show('short', [])).toBe('short');
	});

	test('ends with the text', () => expect(show(words, [99])).toMatch(/^… w68 .* \[w99\]$/));
});

test.each([
	['belt and road', ['belt', 'and', 'road']],
	[' "belt and road" rail ', ['"belt and road"', 'rail']],
	['“belt and road”', ['"belt and road"']],
	['«Один пояс» rail„way“', ['"Один пояс"', 'rail', '"way"']],
	['an "open end', ['an', 'open', 'end']],
	['"" "', []],
])('%s is looked for by its words and phrases', (words, terms) => expect(toTerms(words)).toEqual(terms));

test('what was passed over is named', () => {
	expect(toRemarks([], [])).toEqual([]);
	expect(toRemarks(['foo'], ['x y'])).toEqual([
		'There is no tag “x y”: passed over.',
		'No article has “foo”: passed over.',
	]);
	expect(toRemarks(['a', 'b', 'c'], [])).toEqual(['No article has “a”, “b” or “c”: passed over.']);
});

test('where nothing is found, each word and each choice can be given up by a link', () => {
	const choice = { ...nothing, words: 'old road', tag: ['china'], page: 4 };
	expect(toAdvice(choice, () => 'China').map(({ name, href }) => [name, href])).toEqual([
		['Search without “old”', '/search/?q=road&tag=china'],
		['Search without “road”', '/search/?q=old&tag=china'],
		['Search without China', '/search/?q=old+road'],
		['Begin again', '/search/'],
	]);
	expect(toAdvice({ ...nothing, words: 'x' }, () => '')).toHaveLength(1);
	expect(toAdvice({ ...nothing, words: 'a "b c"' }, () => '')[1]).toMatchObject({
		name: 'Search without “b c”',
		href: '/search/?q=a',
	});
});

test('a text is searched by its words, without marks and numbers of notes', () => {
	const { tree } = readText(
		'## A *part*\n\nA fact.[^1] **Bo**ld,\n[a link](/tags/china/).\n\n- One\n- Two\n\n[^1]: The note.\n',
	);
	expect(toPlainText(tree)).toBe('A part A fact. Bold, a link. One Two Notes The note.');
});

test('the words of tables, charts and timelines are searched too', () => {
	expect(
		textOfFigure({ kind: 'table', caption: 'Goods', columns: ['What', 'Tonnes'], rows: [['Grain', 1234.5]] }),
	).toBe('Goods What Tonnes Grain 1,234.5');
	expect(
		textOfFigure({ kind: 'timeline', caption: 'Steps', events: [{ date: '2025', text: 'A vote is held.' }] }),
	).toBe('Steps A vote is held.');
});
