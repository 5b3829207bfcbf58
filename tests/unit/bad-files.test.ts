import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { articleFile, newsroomFiles, writeFiles } from '../support/content.ts';
import { makePhotograph } from '../support/photographs.ts';
import { problemsIn, problemsOf } from '../support/problems.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;
/** What is wrong, in which files, as which line or lines, and how the files are when what the line says was done. */
type Case = [what: string, bad: Files, told: string | readonly string[], mended?: Files];

const x = 'articles/2025/06/x.md';
const index = 'articles/2025/06/x/index.md';
const desk = 'authors/desk.yaml';
const sound: Files = { [x]: articleFile() };
const withFields = (fields: Readonly<Record<string, string | undefined>>): Files => ({ [x]: articleFile(fields) });
const withText = (text: string): Files => ({ [x]: articleFile({}, text) });
const replaced = (part: string, other: string): Files => ({ [x]: articleFile().replace(part, other) });
const withTags = (...lines: string[]): Files => ({
	'tags.yaml': `${newsroomFiles['tags.yaml'] ?? ''}${lines.join('\n')}\n`,
});
const at = (path: string): Files => ({ [path]: articleFile() });
const inLatin1 = (text: string) => Buffer.from(text, 'latin1');

async function tell(bad: Files, told: string | readonly string[], mended: Files | undefined): Promise<void> {
	expect(await problemsIn(bad)).toEqual([told].flat());
	if (mended) expect(await problemsIn(mended)).toEqual([]);
}

describe('YAML', () => {
	const author = 'name: A\ndescription: B.\n';
	const noFrontMatter = `${x}:1:1: has no front matter. Begin the file with a line ---, the fields, and another line ---.`;
	const noFields = 'holds no fields. Write them as "name: value", one a line.';
	const fields =
		'title, standfirst, publishedAt, updatedAt, section, authors, tags, source, lead, sources, corrections, retracted, formerPaths, lang, translationOf, draft';
	const noDate = 'is not a day or a time that exists. Write 2025-06-16, or 2025-06-16T21:40+05:00.';

	test.each<[string, Files]>([
		['line ends of old computers', { [x]: articleFile().replaceAll('\n', '\r') }],
		['a line of hyphens above the fields', { [desk]: `---\n${author}` }],
		['a text over several lines', withFields({ standfirst: '>\n  It begins\n  and goes on.' })],
		['an anchor that is used', withFields({ title: '&a A headline', standfirst: '*a' })],
	])('%s is fine', async (_, files) => expect(await problemsIn(files)).toEqual([]));

	test.each<Case>([
		[
			'merge key',
			{ 'sections.yaml': 'a: &a { name: A }\npolitics: { <<: *a, name: P }\n' },
			'sections.yaml:2:13: politics.<<: is not a field. The fields are name, description.',
			{ 'sections.yaml': 'a: { name: A }\npolitics: { name: P }\n' },
		],
		[
			'two documents',
			{ [desk]: 'name: A\n---\ndescription: B.\n' },
			`${desk}:2:1: a line of three hyphens or stops stands among the fields at “---”. Remove it.`,
			{ [desk]: author },
		],
		[
			'end of a document',
			{ [desk]: 'name: A\n...\ndescription: B.\n' },
			`${desk}:2:1: a line of three hyphens or stops stands among the fields at “...”. Remove it.`,
			{ [desk]: author },
		],
		[
			'instruction',
			{ [desk]: `%FOO bar\n${author}` },
			`${desk}:1:1: the file begins with %, as only instructions to programs do at “%FOO bar”. Delete that line.`,
			{ [desk]: author },
		],
		[
			'article in Latin-1',
			{ [x]: inLatin1(articleFile({ title: 'Café' })) },
			`${x}: is not valid UTF-8. Save it in the encoding UTF-8.`,
			withFields({ title: 'Café' }),
		],
		[
			'author in Latin-1',
			{ [desk]: inLatin1('name: René\ndescription: B.\n') },
			`${desk}: is not valid UTF-8. Save it in the encoding UTF-8.`,
			{ [desk]: 'name: René\ndescription: B.\n' },
		],
		[
			'article in UTF-16',
			{ [x]: Buffer.from(`\uFEFF${articleFile()}`, 'utf16le') },
			`${x}: is not valid UTF-8. Save it in the encoding UTF-8.`,
			sound,
		],
		['no first line of hyphens', { [x]: articleFile().slice(4) }, noFrontMatter, sound],
		['empty line before the first', { [x]: `\n${articleFile()}` }, noFrontMatter, sound],
		['four hyphens', { [x]: articleFile().replaceAll('---', '----') }, noFrontMatter, sound],
		['front matter of another program', { [x]: articleFile().replaceAll('---', '+++') }, noFrontMatter, sound],
		['words behind the hyphens', replaced('---', '--- yaml'), noFrontMatter, sound],
		['empty front matter', { [x]: '---\n---\nText.\n' }, `${x}:2:1: ${noFields}`, sound],
		['front matter of remarks', { [x]: '---\n# Nothing yet\n---\nText.\n' }, `${x}:2:1: ${noFields}`, sound],
		[
			'deep nesting',
			withFields({ title: '['.repeat(5_000) + ']'.repeat(5_000) }),
			`${x}:2:843: is not valid YAML (it is nested too deeply) at “title: ${'['.repeat(52)}…”. Write the values more plainly, or in quotes.`,
		],
		[
			'null character',
			withFields({ title: 'a\u0000b' }),
			`${x}:2:9: holds the invisible or forbidden character U+0000. Delete it, or type the words again.`,
			withFields({ title: 'ab' }),
		],
		[
			'code as a type',
			withFields({ title: '!!js/function x' }),
			`${x}:2:8: a value begins with a sign that YAML needs itself at “title: !!js/function x”. Put the whole value in quotes.`,
			withFields({ title: '"!!js/function x"' }),
		],
		[
			'bytes as a type',
			withFields({ title: '!!binary aGVsbG8=' }),
			`${x}:2:1: title: is aGVsbG8=, but must be text. Put it in quotes: "aGVsbG8=".`,
			withFields({ title: '"aGVsbG8="' }),
		],
		[
			'field twice within brackets',
			withFields({ source: '{ name: A, name: B, url: https://a.example/, relation: retold }' }),
			`${x}:8:20: a field is given twice at “source: { name: A, name: B, url: https://a.example/, relati…”, and before in line 8. Keep one of them.`,
			withFields({ source: '{ name: A, url: https://a.example/, relation: retold }' }),
		],
		[
			'field twice, once in quotes',
			replaced('section:', '"title": A\nsection:'),
			`${x}:5:1: a field is given twice at “"title": A”, and before in line 2. Keep one of them.`,
			sound,
		],
		[
			'field without a name',
			replaced('section:', ': x\nsection:'),
			`${x}:5:1: "": is not a field. The fields are ${fields}.`,
			sound,
		],
		[
			'field named by a number',
			replaced('section:', '12: x\nsection:'),
			`${x}:5:1: 12: is not a field. The fields are ${fields}.`,
			sound,
		],
		[
			'field in capitals',
			replaced('section:', 'Section: politics\nsection:'),
			`${x}:5:1: Section: is not a field. Did you mean "section"?`,
			sound,
		],
		[
			'entry that is missing',
			withFields({ tags: '[CHINA, , XI]' }),
			`${x}:7:15: a comma stands where an entry is missing at “tags: [CHINA, , XI]”. Delete it.`,
			withFields({ tags: '[CHINA, XI]' }),
		],
		[
			'list on the line of its field',
			withFields({ tags: '- CHINA' }),
			`${x}:7:7: a list begins on the line of its field at “tags: - CHINA”. Begin it on the next line, or write [a, b].`,
			withFields({ tags: '[CHINA]' }),
		],
		[
			'bracket closed twice',
			withFields({ tags: '[CHINA]]' }),
			`${x}:7:14: a bracket is closed that was never opened at “tags: [CHINA]]”. Delete it, or open it.`,
			withFields({ tags: '[CHINA]' }),
		],
		[
			'no-break spaces',
			withFields({ source: '{ name: A, url: https://a.example/, relation: retold,\u00A0\u00A0title: B }' }),
			`${x}:8:62: source.\u00A0\u00A0title: is not a field. It begins with a no-break space: indent with plain spaces.`,
			withFields({ source: '{ name: A, url: https://a.example/, relation: retold,  title: B }' }),
		],
		[
			'list that holds itself',
			withFields({ tags: '&a [*a]' }),
			`${x}:7:11: tags[1]: is a list, but must be text. Write text.`,
		],
		[
			'list in the place of fields',
			{ 'front.yaml': '- a\n' },
			`front.yaml:1:1: ${noFields}`,
			{ ...sound, 'front.yaml': 'lead: { article: 2025/06/x }\n' },
		],
		['empty vocabulary', { 'tags.yaml': '' }, `tags.yaml:1:1: ${noFields}`],
		['empty author', { [desk]: '' }, `${desk}:1:1: ${noFields}`, { [desk]: author }],
		[
			'tag without fields',
			withTags('astana:'),
			'tags.yaml:4:1: astana: is empty. Write it, or remove the field if it may be left out.',
			withTags(),
		],
		[
			'tag that is its name',
			withTags('astana: Astana'),
			'tags.yaml:4:1: astana: is "Astana", but must be fields of its own. Write its fields, indented below it: name, kind, aliases, description, broader, sameAs, formerly.',
			withTags('astana:', '  name: Astana', '  kind: place'),
		],
		[
			'date as SQL has it',
			withFields({ publishedAt: '2025-06-16 21:40' }),
			`${x}:4:1: publishedAt: "2025-06-16 21:40" ${noDate}`,
			withFields({ publishedAt: '2025-06-16T21:40+05:00' }),
		],
		[
			'date in words',
			withFields({ publishedAt: '16 June 2025' }),
			`${x}:4:1: publishedAt: "16 June 2025" ${noDate}`,
			withFields({ publishedAt: '2025-06-16' }),
		],
		[
			'year as a number',
			withFields({ publishedAt: '2025' }),
			`${x}:4:1: publishedAt: "2025" ${noDate}`,
			withFields({ publishedAt: '2025-06-16' }),
		],
	])('%s', (_, bad, told, mended) => tell(bad, told, mended));
});

describe('markdown', () => {
	const html = (shown: string) => `The text holds HTML (${shown}). Write it in markdown; for a "<" write \\<.`;
	const linkAdvice = 'Link to https://…, mailto:…, tel:… or, in the paper itself, to a path such as /tags/china/.';
	const notHere =
		'The text holds a picture in a line. Give it in a block ```picture with file, alt, caption and credit.';
	const hidden = (name: string) =>
		`The text holds the invisible or forbidden character ${name}. Delete it, or type the words again.`;

	test.each<[string, Files]>([
		['brackets by the thousand', withText(`A ${'['.repeat(50_000)}`)],
		['quotations in quotations', withText(`${'> '.repeat(40)}x`)],
		['what looks like HTML and is none', withText('<svg/onload=alert(1)> and &lt;script&gt;alert(1)&lt;/script&gt;')],
		['addresses in the text', withText('See www.example.org and a@b.example.')],
		['code that shows how a character is written', withText('`&#x202e;`\n\n```\n&#x202e;\n```\n\nText.')],
	])('%s is fine', async (_, files) => expect(await problemsIn(files)).toEqual([]));

	test.each<Case>([
		[
			'frame',
			withText('<iframe src="https://a.example/"></iframe>'),
			`${x}:10:1: ${html('<iframe src="https://a.example/"></ifra…')}`,
		],
		[
			'picture in HTML',
			withText('A <img src=x onerror=alert(1)>'),
			`${x}:10:3: ${html('<img src=x onerror=alert(1)>')}`,
			withText('A \\<img src=x onerror=alert(1)>'),
		],
		['styles', withText('<style>*{display:none}</style>'), `${x}:10:1: ${html('<style>*{display:none}</style>')}`],
		['remark that is never closed', withText('A.\n\n<!-- b'), `${x}:12:1: ${html('<!-- b')}`],
		[
			'code that is never closed',
			withText('A.\n\n```\nb\n\nThe rest of the text.'),
			`${x}:12:1: The text holds a block of code that is never closed. Write a line \`\`\` below it.`,
			withText('A.\n\n```\nb\n```\n\nThe rest of the text.'),
		],
		[
			'map that is never closed',
			withText('A.\n\n```map\ncountries: [KZ]\ncaption: C.'),
			`${x}:12:1: The text holds a map whose block is never closed. Write a line \`\`\` below its last field.`,
			withText('A.\n\n```map\ncountries: [KZ]\ncaption: C.\n```'),
		],
		[
			'empty map',
			withText('A.\n\n```map\n```'),
			`${x}:13:1: holds no fields. Write them as "name: value", one a line.`,
		],
		[
			'second map with a fault',
			withText('A.\n\n```map\ncountries: [KZ]\ncaption: C.\n```\n\n```map\ncountries: [Kazakhstan]\ncaption: C.\n```'),
			`${x}:18:13: map.countries[1]: "Kazakhstan" is not the code of a country. Did you mean "KZ"?`,
			withText('A.\n\n```map\ncountries: [KZ]\ncaption: C.\n```\n\n```map\ncountries: [KZ]\ncaption: C.\n```'),
		],
		[
			'program code with its name',
			withText('```js\na\n```'),
			`${x}:10:1: The text holds a block called “js”. A figure is one of picture, map, chart, table, timeline; for program code leave the word out.`,
			withText('```\na\n```'),
		],
		[
			'note without words',
			withText('A[^1]\n\n[^1]:'),
			`${x}:12:1: The text holds a note [^1] without words. Write it, or delete it.`,
			withText('A[^1]\n\n[^1]: B.'),
		],
		[
			'lists in lists',
			withText(Array.from({ length: 101 }, (_, i) => `${'  '.repeat(i)}- x`).join('\n')),
			`${x}:60:101: The text holds more than 100 levels of nesting. Write it flatter.`,
		],
		[
			'brackets and no word',
			withText('['.repeat(50_000)),
			`${x}:9:1: The text holds no text. Write at least one paragraph.`,
			withText('A word.'),
		],
		[
			'line of a megabyte',
			withText('a '.repeat(500_000)),
			`${x}:9:1: The text holds 1000001 characters, of which 300000 are allowed. Divide it.`,
		],
		[
			'list of tasks',
			withText('- [ ] a'),
			`${x}:10:1: The text holds a task list. Write a plain list instead.`,
			withText('- a'),
		],
		[
			'headline by underlining',
			withText('Big\n==='),
			`${x}:10:1: The text holds a heading of level 1, which is the headline. Begin with ##.`,
			withText('## Big\n\nText.'),
		],
		[
			'heading of level 5',
			withText('## A\n\n### B\n\n#### C\n\n##### D'),
			`${x}:16:1: The text holds a heading of level 5. Use at most ####.`,
			withText('## A\n\n### B\n\n#### C\n\n#### D'),
		],
		['picture by reference', withText('![a][b]\n\n[b]: x.png'), `${x}:10:1: ${notHere}`],
		['picture in an address', withText('![a](data:image/png;base64,AAAA)'), `${x}:10:1: ${notHere}`],
		['picture as a link', withText('[![a](x.png)](https://a.example/)'), `${x}:10:2: ${notHere}`],
		[
			'link without words',
			withText('A [](https://a.example/) b'),
			`${x}:10:3: The text holds a link to https://a.example/ without words. Write what it leads to, or delete it.`,
			withText('A [b](https://a.example/)'),
		],
		...['javascript:alert(1)', 'data:text/html,x', 'ftp://a.example/'].map((address): Case => [
			`address ${address} in angle brackets`,
			withText(`<${address}>`),
			`${x}:10:1: The text holds a link to "${address}". ${linkAdvice}`,
			withText('<https://a.example/>'),
		]),
		...[
			'///a.example/',
			'https:///a',
			'mailto:',
			'tel:abc',
			'sms:+1',
			'file:///etc/passwd',
			'blob:https://a.example/1',
			'javascript://%0aalert(1)',
			'https://a.example:99999/',
			'http:/a.example',
			'../y/',
			'y.md',
			'%2F%2Fa.example',
			'intent://x',
			'',
		].map((address): Case => [
			`link to “${address}”`,
			withText(`[a](<${address}>)`),
			`${x}:10:1: The text holds a link to "${address}". ${linkAdvice}`,
			withText('[a](https://a.example/)'),
		]),
		[
			'link to a host behind backslashes',
			withText('[a](<\\\\\\\\a.example>)'),
			`${x}:10:1: The text holds a link to "%5C%5Ca.example". ${linkAdvice}`,
		],
		[
			'link to a host behind a stroke and a backslash',
			withText('[a](</\\a.example>)'),
			`${x}:10:1: The text links to /%5Ca.example, which is not there. Correct it, or remove the link.`,
		],
		[
			'link to the file of a page',
			withText('[a](/2025/06/x)'),
			`${x}:10:1: The text links to /2025/06/x, which is not there. Did you mean /2025/06/x/?`,
			withText('[a](/2025/06/x/)'),
		],
		[
			'link to nowhere',
			withText('[a](#)'),
			`${x}:10:1: The text holds a link to #, which no heading and no paragraph of this text has.`,
		],
	])('%s', (_, bad, told, mended) => tell(bad, told, mended));

	test.each<[where: string, text: string, place: string]>([
		['in a note', 'A[^1]\n\n[^1]: B &#x202e; c', '12:7'],
		['in a cell', '| a | b |\n|---|---|\n| c | d&#x202e; |', '12:7'],
		['at the head of a table', '| a&#x202e; | b |\n|---|---|\n| c | d |', '10:3'],
		['in a heading', '## A&#x202e;b\n\nText.', '10:4'],
		['in a list', '- a\n- b&#x202e;', '11:3'],
		['in a quotation', '> b&#x202e;', '10:3'],
		['in strong words', 'A **b&#x202e;** c', '10:1'],
		['in words struck out', 'A ~~b&#x202e;~~ c', '10:1'],
		['in the words of a link', 'A [b&#x202e;](https://a.example/) c', '10:1'],
		['in the title of a reference', '[a][b]\n\n[b]: https://a.example/ "t&#x202e;"', '10:1'],
	])('character written as a reference %s', (_, text, place) =>
		tell(withText(text), `${x}:${place}: ${hidden('U+202E')}`, withText(text.replace('&#x202e;', ''))),
	);

	test.each<Case>([
		['null character as a reference', withText('A &#0; b'), `${x}:10:1: ${hidden('U+FFFD')}`, withText('A b')],
		['byte order mark as a reference', withText('A &#xFEFF; b'), `${x}:10:1: ${hidden('U+FEFF')}`, withText('A b')],
		[
			'reference in an address',
			withText('[a](https://a.example/&#x202e;)'),
			`${x}:10:1: The text holds a link to "https://a.example/%E2%80%AE", which holds the invisible or forbidden character U+202E. Delete it, or type the words again.`,
			withText('[a](https://a.example/)'),
		],
		[
			'reference in the name of a note',
			withText('A[^a&#x202e;]\n\n[^a&#x202e;]: B'),
			`${x}:12:1: The text holds a note [^a&#x202e;] whose name is not letters and digits alone. Give it another name.`,
			withText('A[^a]\n\n[^a]: B'),
		],
		[
			'character itself in code',
			withText('```\na\u202Eb\n```'),
			`${x}:11:2: ${hidden('U+202E')}`,
			withText('```\nab\n```'),
		],
		[
			'character itself in a remark',
			withText('A. <!-- a\u202Eb -->'),
			`${x}:10:10: ${hidden('U+202E')}`,
			withText('A. <!-- ab -->'),
		],
	])('%s', (_, bad, told, mended) => tell(bad, told, mended));
});

describe('the vocabulary', () => {
	const claimed = (label: string, id: string) =>
		`"${label}" is already an id, a name or an alias of "${id}". Remove it from one of the two.`;
	const noAddress = (id: string) =>
		`"${id}" cannot be part of an address. Use lower-case letters a to z, digits and single hyphens, at most 100.`;
	const needed = (id: string) => `"${id}" is an address that the paper needs itself.`;

	test.each<Case>([
		[
			'former id claimed twice',
			withTags('a: { name: Aa, kind: topic, formerly: [old] }', 'b: { name: Bb, kind: topic, formerly: [old] }'),
			`tags.yaml:5:1: b: ${claimed('old', 'a')}`,
			withTags('a: { name: Aa, kind: topic, formerly: [old] }', 'b: { name: Bb, kind: topic }'),
		],
		[
			'former id that the paper needs',
			withTags('a: { name: Aa, kind: topic, formerly: [page] }'),
			`tags.yaml:4:40: a.formerly[1]: ${needed('page')} Remove it.`,
			withTags('a: { name: Aa, kind: topic }'),
		],
		[
			'former id that is the id',
			withTags('a: { name: Aa, kind: topic, formerly: [a] }'),
			'tags.yaml:4:40: a.formerly[1]: "a" is the id of the tag itself. Remove it.',
			withTags('a: { name: Aa, kind: topic }'),
		],
		[
			'alias that is another’s id',
			withTags('a: { name: Aa, kind: topic, aliases: [xi-jinping] }'),
			`tags.yaml:4:1: a: ${claimed('xi-jinping', 'xi-jinping')}`,
			withTags('a: { name: Aa, kind: topic }'),
		],
		[
			'name that another’s id spells in Latin letters',
			withTags('bai: { name: Бай, kind: topic }', 'b: { name: Bai, kind: topic }'),
			`tags.yaml:5:1: b: ${claimed('Bai', 'bai')}`,
			withTags('bai: { name: Бай, kind: topic }'),
		],
		[
			'name in wide letters',
			withTags('a: { name: ＣＨＩＮＡ, kind: place }'),
			`tags.yaml:4:1: a: ${claimed('ＣＨＩＮＡ', 'china')}`,
			withTags(),
		],
		[
			'name with more spaces',
			withTags('a: { name: "Xi   Jinping", kind: person }'),
			`tags.yaml:4:1: a: ${claimed('Xi   Jinping', 'xi-jinping')}`,
			withTags(),
		],
		[
			'part of its own alias',
			withTags('a: { name: Aa, kind: topic, aliases: [Bb], broader: Bb }'),
			'tags.yaml:4:44: a.broader: "a" cannot be part of itself. Remove the field.',
			withTags('a: { name: Aa, kind: topic, aliases: [Bb] }'),
		],
		...['a-z', 'index'].map((id): Case => [
			`reserved id ${id}`,
			withTags(`${id}: { name: Aa, kind: topic }`),
			`tags.yaml:4:1: ${id}: ${needed(id)} Choose another id.`,
			withTags('a: { name: Aa, kind: topic }'),
		]),
		[
			'reserved section',
			{ 'sections.yaml': 'politics: { name: P }\npage: { name: X }\n' },
			`sections.yaml:2:1: page: ${needed('page')} Choose another id.`,
			{ 'sections.yaml': 'politics: { name: P }\npages: { name: X }\n' },
		],
		[
			'reserved author',
			{ 'authors/page.yaml': 'name: A\ndescription: B.\n' },
			`authors/page.yaml: ${needed('page')} Choose another name.`,
			{ 'authors/pages.yaml': 'name: A\ndescription: B.\n' },
		],
		...['Astana', 'астана', 'a b', 'europe/asia', 'a--b', '-a'].map((id): Case => [
			`id ${id}`,
			withTags(`${id}: { name: Aa, kind: topic }`),
			`tags.yaml:4:1: ${id}: ${noAddress(id)}`,
			withTags('astana: { name: Aa, kind: topic }'),
		]),
		[
			'id of 300 characters',
			withTags(`${'a'.repeat(300)}: { name: Aa, kind: topic }`),
			`tags.yaml:4:1: ${'a'.repeat(150)}…: ${noAddress(`${'a'.repeat(150)}…`)}`,
			withTags(`${'a'.repeat(100)}: { name: Aa, kind: topic }`),
		],
		[
			'id that acts on a terminal',
			withTags('"a\\e[31m\\nb": { name: Aa, kind: topic }'),
			`tags.yaml:4:1: a<U+001B>[31m<U+000A>b: ${noAddress('a\\u001b[31m\\nb')}`,
		],
	])('%s', (_, bad, told, mended) => tell(bad, told, mended));
});

describe('pictures', async () => {
	const photograph = await makePhotograph(600, 400);
	const png = await sharp(photograph).png().toBuffer();
	const wide = await sharp({ create: { width: 20_000, height: 10, channels: 3, background: 'red' } })
		.png()
		.toBuffer();
	const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
	const lead = (file: string) =>
		articleFile({ lead: `{ picture: { file: "${file}", alt: A, caption: B, credit: C } }` });
	const withPicture = (name: string, content: string | Uint8Array): Files => ({
		[index]: lead(name),
		[`articles/2025/06/x/${name}`]: content,
	});
	const unreadable = (file: string, reason: string) =>
		`articles/2025/06/x/${file}: cannot be read as a picture (${reason}). Export it again as JPEG, PNG, WebP or AVIF.`;
	const otherFormat = (file: string, format: string) =>
		`articles/2025/06/x/${file}: is a picture of the format ${format}, which its name does not say. Export it again as JPEG, PNG, WebP or AVIF, under a name with the right ending.`;
	const noName = (file: string) =>
		`${index}:8:20: lead.picture.file: "${file}" is not the name of a picture beside the article. Write a name such as harbour.jpg: letters, digits, hyphens, and .jpg, .png, .webp or .avif.`;
	const unknownFormat = 'Input file contains unsupported image format';

	test.each<Case>([
		[
			'truncated',
			withPicture('a.png', png.subarray(0, png.length / 2)),
			unreadable('a.png', 'vipspng: libpng read error'),
			withPicture('a.png', png),
		],
		[
			'HTML by the name of a picture',
			withPicture('a.jpg', '<!doctype html><script>alert(1)</script>'),
			unreadable('a.jpg', unknownFormat),
			withPicture('a.jpg', photograph),
		],
		['of zero bytes', withPicture('a.jpg', ''), unreadable('a.jpg', unknownFormat), withPicture('a.jpg', photograph)],
		[
			'20,000 pixels wide',
			withPicture('a.png', wide),
			'articles/2025/06/x/a.png: is 20000 pixels wide and 10 high, of which 12000 are allowed each way. Export it smaller.',
			withPicture('a.png', png),
		],
		[
			'SVG with a script by the name of a PNG',
			withPicture('a.png', svg),
			otherFormat('a.png', 'svg'),
			withPicture('a.png', png),
		],
		['SVG with a script', withPicture('a.svg', svg), noName('a.svg')],
		[
			'SVG that nothing shows',
			{ [index]: articleFile(), 'articles/2025/06/x/a.svg': svg },
			'articles/2025/06/x/a.svg: lies beside the article, but nothing there shows it. Show it in a picture, or move it away.',
			{ [index]: articleFile() },
		],
		[
			'GIF by the name of a PNG',
			withPicture('a.png', await sharp(photograph).gif().toBuffer()),
			otherFormat('a.png', 'gif'),
			withPicture('a.png', png),
		],
		['emoji in its name', withPicture('😀.jpg', photograph), noName('😀.jpg'), withPicture('a.jpg', photograph)],
		['space in its name', withPicture('a b.jpg', photograph), noName('a b.jpg'), withPicture('a-b.jpg', photograph)],
		['of another article', { ...at('articles/2025/06/y.md'), [index]: lead('../y/a.jpg') }, noName('../y/a.jpg')],
		['elsewhere on the computer', { [index]: lead('/etc/passwd') }, noName('/etc/passwd')],
		['on another host', { [index]: lead('https://a.example/a.jpg') }, noName('https://a.example/a.jpg')],
		[
			'missing',
			{ [index]: lead('a.jpg') },
			`${index}:8:20: lead.picture.file: "a.jpg" is not beside the article. Put it into the folder of the article.`,
			withPicture('a.jpg', photograph),
		],
		[
			'beside the articles',
			{ ...sound, 'articles/2025/06/x.jpg': photograph },
			'articles/2025/06/x.jpg: does not belong here: pictures lie in the folder of their article, beside its index.md. Move or rename it.',
			withPicture('x.jpg', photograph),
		],
		[
			'in a folder of pictures',
			{ [index]: articleFile(), 'articles/2025/06/x/img/a.jpg': photograph },
			'articles/2025/06/x/img/a.jpg: does not belong here: pictures lie in the folder of their article, beside its index.md. Move or rename it.',
			withPicture('a.jpg', photograph),
		],
	])('%s', (_, bad, told, mended) => tell(bad, told, mended));
});

describe('names and folders', () => {
	const noArticle = 'does not belong here: articles are content/articles/<year>/<month>/<slug>.md. Move or rename it.';
	const noSlug = (slug: string, advice: string) =>
		`"${slug}" cannot be part of an address: only a to z, digits and single hyphens, at most 100. ${advice}.`;
	const noMonth = (folder: string) =>
		`stands in the folder ${folder}, which is no year and month. Use four digits and two, such as 2025/06.`;
	const nothing = 'is nothing that the paper publishes. Move it out of the content folder.';
	const author = 'name: A\ndescription: B.\n';
	const form = (place: string) => `does not belong here: the form is content/${place}.`;
	const smallLetters = 'Use lower-case letters a to z, digits and single hyphens in the name, or move the file away.';
	const page = '---\ntitle: T\nstandfirst: S.\n---\nText.\n';

	test.each<Case>([
		...(
			[
				['😀', 'Rename it'],
				['қала', 'Rename it'],
				['_x', 'Rename it to "x"'],
				['-x', 'Rename it to "x"'],
				['a--b', 'Rename it to "a-b"'],
				['a..b', 'Rename it to "a-b"'],
				['a\\b', 'Rename it to "a-b"'],
				['a"b', 'Rename it to "a-b"'],
				['__proto__', 'Rename it to "proto"'],
				['%2e%2e', 'Rename it to "2e-2e"'],
				['a'.repeat(101), 'Rename it'],
			] as const
		).map(([slug, advice]): Case => [
			`article ${slug}`,
			at(`articles/2025/06/${slug}.md`),
			`articles/2025/06/${slug}.md: ${noSlug(slug, advice)}`,
			at(`articles/2025/06/${/"(.*)"/.exec(advice)?.[1] ?? 'x'}.md`),
		]),
		...(
			[
				['\n', 'U+000A', 'a-b'],
				['\u001B', 'U+001B', 'a-b'],
				['\u202E', 'U+202E', 'ab'],
			] as const
		).map(([sign, name, slug]): Case => [
			`article with ${name}`,
			at(`articles/2025/06/a${sign}b.md`),
			`articles/2025/06/a<${name}>b.md: ${noSlug(`a<${name}>b`, `Rename it to "${slug}"`)}`,
			at(`articles/2025/06/${slug}.md`),
		]),
		...['comments', 'index'].map((slug): Case => [
			`article ${slug}`,
			at(`articles/2025/06/${slug}.md`),
			`articles/2025/06/${slug}.md: "${slug}" is an address that the paper needs itself. Rename the file.`,
			sound,
		]),
		...[
			'2025/06/x.MD',
			'2025/06/x.markdown',
			'2025/06/x.mdx',
			'2025/06/x.md.bak',
			'2025/06/x/y.md',
			'2025/06/16/x/index.md',
			'2025/x.md',
		].map((path): Case => [`article ${path}`, at(`articles/${path}`), `articles/${path}: ${noArticle}`, sound]),
		...['2025/6', '2025/june', '25/06', '2025/00'].map((folder): Case => [
			`folder ${folder}`,
			at(`articles/${folder}/x.md`),
			`articles/${folder}/x.md: ${noMonth(folder)}`,
			sound,
		]),
		[
			'folder with the ending of an article',
			at('articles/2025/06/x.md/index.md'),
			`articles/2025/06/x.md/index.md: ${noSlug('x.md', 'Rename it to "x-md"')}`,
			at('articles/2025/06/x-md/index.md'),
		],
		[
			'article beside another’s text',
			{ [index]: articleFile(), 'articles/2025/06/x/y.md': articleFile() },
			`articles/2025/06/x/y.md: ${noArticle}`,
			{ [index]: articleFile(), 'articles/2025/06/y.md': articleFile() },
		],
		['folder in capitals', at('Articles/2025/06/x.md'), `Articles/2025/06/x.md: ${nothing}`, sound],
		['vocabulary with another ending', { 'tags.yml': 'a: { name: A, kind: topic }\n' }, `tags.yml: ${nothing}`, {}],
		['vocabulary in capitals', { 'Tags.yaml': 'a: { name: A, kind: topic }\n' }, `Tags.yaml: ${nothing}`, {}],
		[
			'author in a folder',
			{ 'authors/staff/a.yaml': author },
			`authors/staff/a.yaml: ${form('authors/<id>.yaml')} Rename or move it.`,
			{ 'authors/a.yaml': author },
		],
		[
			'author in capitals',
			{ 'authors/Anna.yaml': author },
			`authors/Anna.yaml: ${form('authors/<id>.yaml')} ${smallLetters}`,
			{ 'authors/anna.yaml': author },
		],
		[
			'page in a folder',
			{ 'pages/x/index.md': page },
			`pages/x/index.md: ${form('pages/<name>.md')} Rename or move it.`,
			{ 'pages/x.md': page },
		],
		[
			'page in capitals',
			{ 'pages/Imprint.md': page },
			`pages/Imprint.md: ${form('pages/<name>.md')} ${smallLetters}`,
			{ 'pages/imprint.md': page },
		],
	])('%s', (_, bad, told, mended) => tell(bad, told, mended));

	test('a folder without files is nothing, whatever it is called', async () => {
		const folder = await writeFiles({ ...newsroomFiles, ...sound });
		await mkdir(join(folder, 'articles/2025/06/Empty.md'));
		expect(await problemsOf(folder)).toEqual([]);
	});

	test('symbolic links are told, to files, to folders and to nothing, and nothing behind them is read', async () => {
		const elsewhere = await writeFiles({ 'y.md': articleFile({ title: '""' }), 'a.jpg': '' });
		const folder = await writeFiles({ ...newsroomFiles, [index]: articleFile() });
		const links = [
			'articles/2025/06/x/a.jpg',
			'articles/2025/06/y.md',
			'articles/2025/07',
			'authors/staff.yaml',
			'loop',
		];
		const targets = [`${elsewhere}/a.jpg`, `${elsewhere}/y.md`, elsewhere, '/nowhere', folder];
		for (const [i, target] of targets.entries()) await symlink(target, join(folder, links[i] ?? ''));
		expect(await problemsOf(folder)).toEqual(
			links.map((link) => `${link}: is a symbolic link. Put the file itself in its place.`),
		);
	});
});

describe('comments', () => {
	const text = 'name: A\nwrittenAt: 2025-06-16\napprovedAt: 2025-06-16\ntext: Yes.\n';
	const one = 'comments/2025/06/x/one.yaml';
	const two = 'comments/2025/06/x/two.yaml';
	const answering = (id: string): Files => ({ ...sound, [one]: text, [two]: `${text}replyTo: ${id}\n` });
	const form = 'does not belong here: the form is comments/<year>/<month>/<slug>/<id>.yaml.';
	const noAddress = (id: string) =>
		`${two}:5:1: replyTo: "${id}" cannot be part of an address. Use lower-case letters a to z, digits and single hyphens, at most 100.`;
	const hostile = '<script>alert(1)</script> [a](javascript:alert(1))';

	test('code in a comment is words', async () => {
		expect(await problemsIn({ ...sound, [one]: text.replace('Yes.', JSON.stringify(hostile)) })).toEqual([]);
	});

	test.each<Case>([
		[
			'answer to a comment on another article',
			{
				...sound,
				...at('articles/2025/06/y.md'),
				'comments/2025/06/y/first.yaml': text,
				[two]: `${text}replyTo: first\n`,
			},
			`${two}:5:1: replyTo: "first" is no comment of this article. Name a file of the same folder, or remove the field.`,
			{ ...sound, [two]: text },
		],
		[
			'answer to a comment by another name',
			answering('onee'),
			`${two}:5:1: replyTo: "onee" is no comment of this article. Did you mean "one"?`,
			answering('one'),
		],
		['answer by a path', answering('../x/one'), noAddress('../x/one'), answering('one')],
		['answer by the name of a file', answering('one.yaml'), noAddress('one.yaml'), answering('one')],
		[
			'answer to itself',
			answering('two'),
			`${two}:5:1: replyTo: answers run in a circle. Remove the field from one of the comments.`,
			answering('one'),
		],
		[
			'answers to each other',
			{ ...answering('one'), [one]: `${text}replyTo: two\n` },
			[one, two].map(
				(file) => `${file}:5:1: replyTo: answers run in a circle. Remove the field from one of the comments.`,
			),
			answering('one'),
		],
		[
			'blank',
			{ ...sound, [one]: text.replace('Yes.', '" "') },
			`${one}:4:1: text: is empty. Write it, or remove the field if it may be left out.`,
			{ ...sound, [one]: text },
		],
		[
			'as markdown',
			{ ...sound, 'comments/2025/06/x/one.md': text },
			`comments/2025/06/x/one.md: ${form} Rename or move it.`,
			{ ...sound, [one]: text },
		],
		[
			'beside the folder of its article',
			{ ...sound, 'comments/2025/06/x.yaml': text },
			`comments/2025/06/x.yaml: ${form} Rename or move it.`,
			{ ...sound, [one]: text },
		],
		[
			'below the folder of its article',
			{ ...sound, 'comments/2025/06/x/a/one.yaml': text },
			`comments/2025/06/x/a/one.yaml: ${form} Rename or move it.`,
			{ ...sound, [one]: text },
		],
		[
			'in capitals',
			{ ...sound, 'comments/2025/06/x/One.yaml': text },
			`comments/2025/06/x/One.yaml: ${form} Use lower-case letters a to z, digits and single hyphens in the name, or move the file away.`,
			{ ...sound, [one]: text },
		],
	])('%s', (_, bad, told, mended) => tell(bad, told, mended));
});
