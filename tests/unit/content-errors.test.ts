import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { articleFile, newsroomFiles, writeFiles } from '../support/content.ts';
import { problemsIn, problemsOf } from '../support/problems.ts';

const x = 'articles/2025/06/x.md';
const retracted = '{ at: 2025-06-20, reason: It was wrong. }';
const withFields = (fields: Readonly<Record<string, string | undefined>>) => ({ [x]: articleFile(fields) });
const withFront = (front: string) => ({ [x]: articleFile(), 'front.yaml': front });
const withTags = (...lines: string[]) => ({ 'tags.yaml': `${newsroomFiles['tags.yaml'] ?? ''}${lines.join('\n')}\n` });
const withText = (text: string) => ({ [x]: articleFile({}, text) });

describe('content that can be published', () => {
	test('has no problem', async () => {
		expect(await problemsIn({ [x]: articleFile() })).toEqual([]);
	});

	test.each<[what: string, files: Record<string, string>]>([
		['a byte order mark and Windows line ends', { [x]: `\uFEFF${articleFile().replaceAll('\n', '\r\n')}` }],
		[
			'every field',
			withFields({
				updatedAt: '2025-06-17T10:00+05:00',
				draft: 'false',
				corrections: '[{ at: 2025-06-18, text: A year was wrong., was: In 2024., is: In 2025. }]',
				formerPaths: '[2025/05/older, 2025/06/old]',
				source: '{ name: AFP, url: https://www.afp.com/, relation: reported }',
			}),
		],
		[
			'an update on the day of publication',
			withFields({ publishedAt: '2025-06-16T09:00+05:00', updatedAt: '2025-06-16' }),
		],
		[
			'tags by id, name, alias and former id in any letter case',
			withFields({ tags: '[CHINA, xi, Xi  JINPING, commerce]' }),
		],
		[
			'a tag that is part of another by id, name, alias and former id',
			withTags(
				'beijing: { name: Beijing, kind: place, broader: CHINA }',
				'thought: { name: A thought, kind: topic, broader: XI }',
				'customs: { name: Customs, kind: topic, broader: commerce }',
				'duties: { name: Duties, kind: topic, broader: customs }',
			),
		],
		['a name with signs, joiners and marks', withTags('at: { name: "AT&T \'x\' \u200E👩‍🚀 می‌خواهم", kind: topic }')],
		['no choice for the home page', withFront('# Nothing today.\n\n')],
		['a lead of the home page without a time', withFront('lead: { article: 2025/06/x }\n')],
		[
			'a lead and pins until a day and a time',
			{
				...withFront(
					'lead: { article: 2025/06/x, until: 2025-07-01 }\npins:\n  - { article: 2025/06/y, until: 2025-07-01T08:00+05:00 }\n',
				),
				'articles/2025/06/y.md': articleFile(),
			},
		],
		[
			'a lead that readers cannot see yet',
			{ ...withFields({ draft: 'true' }), 'front.yaml': 'lead: { article: 2025/06/x }\n' },
		],
		['a folder of its own', { 'articles/2025/06/x/index.md': articleFile() }],
		['a remark to other editors', withText('A paragraph.\n\n<!-- Check the figure. -->\n')],
		['joiners and directional marks', withText('می‌خواهم \u200E👩‍🚀 A paragraph.\n')],
		[
			'joiners of emoji with a colour and of Indian scripts',
			withText('\u{1F469}\u{1F3FD}\u200D\u{1F680} \u{1F3F3}\uFE0F\u200D\u{1F308} \u0915\u094D\u200D \u061C\u200F'),
		],
		[
			'isolates that their paragraph closes',
			withText('The \u2067**word**\u2069, and \u2066one \u2068in\u2069 another\u2069.'),
		],
		['a note with a name in another script', withText('A fact.[^ж]\n\n[^ж]: The source.')],
		[
			'links to parts of other articles, of their pages and of pages about the paper',
			{
				[x]: articleFile(
					{},
					'[a](/2025/06/y/#a-part) [b](/2025/06/y/#said-by-all) [c](/2025/06/y/#жол) [d](/about/#text).',
				),
				'articles/2025/06/y.md': articleFile(
					{ sources: '[{ name: A, title: B, url: https://a.example/ }]' },
					'## A part\n\nSaid by all.\n\nЖол\n\n[a](/2025/06/y/#sources) [b](/2025/06/x/#comments) [c](/tags/china/#main) [d](/2025/06/x/comments/#comment-one) [e](/2025/06/x/comments/) [f](/2025/06/x/comments/rss.xml) [g](/comments/2025/06/x/)',
				),
				'comments/2025/06/x/one.yaml': 'name: A\nwrittenAt: 2025-06-16\napprovedAt: 2025-06-16\ntext: Yes.\n',
			},
		],
		[
			'links to pages of the paper, to a public file and to its own headings and paragraphs',
			{
				[x]: articleFile(
					{ tags: '[XI]' },
					'## A part\n\n[a](/), [b](/2025/06/x/#a-part), [c](/tags/xi/), [d](/2025/), [e](/icon.svg), [f](#a-part), [g](/rss.xml), [h](#said), [i](#by-hand).\n\nSaid.\n\nSaid by all. {#by-hand}\n',
				),
			},
		],
		[
			'a draft that links to a draft',
			{ ...withFields({ draft: 'true' }), 'articles/2025/06/y.md': articleFile({ draft: 'true' }, '[x](/2025/06/x/)') },
		],
		[
			'links to a retracted article and to where an article stood before',
			{
				...withText('[a](/2025/06/y/) [b](/2025/05/old/) [c](/2025/05/older/) [d](/2025/06/y/#main)'),
				'articles/2025/06/y.md': articleFile({ retracted, formerPaths: '[2025/05/older]' }),
				'articles/2025/06/z.md': articleFile({ formerPaths: '[2025/05/old]' }),
			},
		],
		[
			'links to feeds and older pages of lists',
			withText(
				'[a](/tags/china/rss.xml), [b](/sections/politics/rss.xml), [c](/authors/desk/rss.xml), [d](/sitemap-index.xml), [e](/feed.json), [f](/sections/politics/feed.json), [g](/authors/desk/feed.json), [h](/feeds/), [i](/feeds.opml), [j](/news-sitemap.xml), [k](/tags/a-z/c/), [l](/corrections/), [m](/corrections/rss.xml).',
			),
		],
		[
			'a footnote before a colon, in another letter case, and the sign of one in code, in a remark and escaped',
			withText('A[^Note]: fact. `[^b]` \\[^d]\n\n```\n[^c]: x\n```\n\n<!--\n[^e]: x\n-->\n\n[^note]: The source.'),
		],
		[
			'a link to the feed of a merged tag and to files for machines',
			{
				[x]: articleFile(
					{ tags: '[trade]' },
					'[a](/tags/commerce/rss.xml) [b](/robots.txt) [c](/manifest.webmanifest)',
				),
			},
		],
		[
			'footnotes, and the sign of one in code',
			withText('A fact.[^a] `[^b]`\n\n```\n[^c]: x\n```\n\n[^a]: The source.'),
		],
		[
			'a comment approved on the day it was written',
			{
				[x]: articleFile(),
				'comments/2025/06/x/one.yaml':
					'name: A\nwrittenAt: 2025-06-16T10:00+05:00\napprovedAt: 2025-06-16\ntext: Yes.\n',
			},
		],
		[
			'two tags that differ by a sign',
			{
				...withFields({ tags: '[C++]' }),
				'tags.yaml':
					'c: { name: C, kind: topic }\ncpp: { name: C++, kind: topic }\nbai: { name: Бай, kind: topic }\nbais: { name: Баи, kind: topic }\n',
			},
		],
		[
			'a comment and its answer',
			{
				[x]: articleFile(),
				'comments/2025/06/x/one.yaml':
					'name: A\nwrittenAt: 2025-06-16T10:00+05:00\napprovedAt: 2025-06-16T11:00+05:00\ntext: Yes.\n',
				'comments/2025/06/x/two.yaml':
					'name: B\nwrittenAt: 2025-06-16T12:00+05:00\napprovedAt: 2025-06-16T13:00+05:00\ntext: No.\nreplyTo: one\n',
			},
		],
	])('%s is fine', async (_, files) => {
		expect(await problemsIn(files)).toEqual([]);
	});
});

describe('content that cannot be published', () => {
	test.each<[what: string, files: Record<string, string | Uint8Array>, message: string]>([
		[
			'unknown key',
			withFields({ standfrist: 'x' }),
			`${x}:8:1: standfrist: is not a field. Did you mean "standfirst"?`,
		],
		[
			'unknown nested key',
			withFields({ source: '{ name: A, url: https://a.example/, relation: retold, link: x }' }),
			`${x}:8:63: source.link: is not a field. The fields are name, title, url, relation, basedOn.`,
		],
		[
			'duplicate key',
			{ [x]: articleFile().replace('section:', 'title: Twice\nsection:') },
			`${x}:5:1: a field is given twice at “title: Twice”, and before in line 2. Keep one of them.`,
		],
		[
			'missing title',
			withFields({ title: undefined }),
			`${x}:2:1: title: is missing. It is wanted as: Headline: plain text, at most 150 characters.`,
		],
		[
			'empty title',
			withFields({ title: '' }),
			`${x}:2:1: title: is empty. Write it, or remove the field if it may be left out.`,
		],
		[
			'blank title',
			withFields({ title: '"  "' }),
			`${x}:2:1: title: is empty. Write it, or remove the field if it may be left out.`,
		],
		[
			'number where text belongs',
			withFields({ title: '2024' }),
			`${x}:2:1: title: is 2024, but must be text. Put it in quotes: "2024".`,
		],
		[
			'text where a list belongs',
			withFields({ tags: 'CHINA' }),
			`${x}:7:1: tags: is "CHINA", but must be a list. Write [CHINA].`,
		],
		['empty list', withFields({ tags: '[]' }), `${x}:7:1: tags: is an empty list. Give at least one.`],
		[
			'too long a title',
			withFields({ title: 'a'.repeat(151) }),
			`${x}:2:1: title: has 151 characters; at most 150 are allowed. Shorten it.`,
		],
		[
			'line break in a title',
			withFields({ title: '"a\\nb"' }),
			`${x}:2:1: title: holds a line break or a tab. Write it as one line.`,
		],
		[
			'invisible character in a title',
			withFields({ title: '"a\\u200Bb"' }),
			`${x}:2:1: title: holds the invisible or forbidden character U+200B. Delete it, or type the words again.`,
		],
		[
			'impossible day',
			withFields({ publishedAt: '2025-06-31' }),
			`${x}:4:1: publishedAt: "2025-06-31" is not a day or a time that exists. Write 2025-06-16, or 2025-06-16T21:40+05:00.`,
		],
		[
			'impossible time',
			withFields({ publishedAt: '2025-06-16T25:00+05:00' }),
			`${x}:4:1: publishedAt: "2025-06-16T25:00+05:00" is not a day or a time that exists. Write 2025-06-16, or 2025-06-16T21:40+05:00.`,
		],
		[
			'time without a zone',
			withFields({ publishedAt: '2025-06-16T21:40' }),
			`${x}:4:1: publishedAt: "2025-06-16T21:40" is a time without its zone. Write 2025-06-16, or 2025-06-16T21:40+05:00.`,
		],
		[
			'date in another month than the folder',
			withFields({ publishedAt: '2025-05-31' }),
			`${x}:4:1: publishedAt: falls in 2025/05 in the newsroom's time zone, but the file stands in 2025/06. Move it, or correct the date.`,
		],
		[
			'updated before published',
			withFields({ updatedAt: '2025-06-15' }),
			`${x}:8:1: updatedAt: 2025-06-15 is before publishedAt, 2025-06-16. Correct one of the two.`,
		],
		[
			'corrected before published',
			withFields({ corrections: '[{ at: 2025-06-15, text: x }]' }),
			`${x}:8:17: corrections: 2025-06-15 is before publishedAt, 2025-06-16. Correct one of the two.`,
		],
		[
			'retracted before published',
			withFields({ retracted: '{ at: 2025-06-15, reason: x }' }),
			`${x}:8:14: retracted: 2025-06-15 is before publishedAt, 2025-06-16. Correct one of the two.`,
		],
		[
			'retraction without a reason',
			withFields({ retracted: '{ at: 2025-06-17 }' }),
			`${x}:8:1: retracted.reason: is missing. It is wanted as: Why the article is retracted; readers see nothing else of it.`,
		],
		[
			'words that were wrong without those in their place',
			withFields({ corrections: '[{ at: 2025-06-18, text: x, was: In 2024. }]' }),
			`${x}:8:42: corrections[1].was: is given without "is". Write both, or neither.`,
		],
		[
			'words in the place of none',
			withFields({ corrections: '[{ at: 2025-06-18, text: x, is: In 2024. }]' }),
			`${x}:8:42: corrections[1].is: is given without "was". Write both, or neither.`,
		],
		...['/2025/05/old/', '2025/5/old', '2025/05/Old', '2025/05', 'old'].map(
			(path): [string, Record<string, string>, string] => [
				`former path ${path}`,
				withFields({ formerPaths: `[${path}]` }),
				`${x}:8:15: formerPaths[1]: "${path}" is no path of an article. Write year, month and slug, such as 2025/05/old-slug.`,
			],
		),
		[
			'former path where the article stands',
			withFields({ formerPaths: '[2025/06/x]' }),
			`${x}: formerPaths: "2025/06/x" is where the article stands now. Remove it.`,
		],
		[
			'former path where a draft stands',
			{ ...withFields({ formerPaths: '[2025/06/y]' }), 'articles/2025/06/y/index.md': articleFile({ draft: 'true' }) },
			`${x}: formerPaths: "2025/06/y" is where articles/2025/06/y/index.md stands. Remove it, or rename that file.`,
		],
		[
			'former path of a draft where an article stands',
			{ ...withFields({ formerPaths: '[2025/06/y]', draft: 'true' }), 'articles/2025/06/y.md': articleFile() },
			`${x}: formerPaths: "2025/06/y" is where articles/2025/06/y.md stands. Remove it, or rename that file.`,
		],
		[
			'former path that another article claims',
			{
				...withFields({ formerPaths: '[2025/05/old]' }),
				'articles/2025/06/y.md': articleFile({ formerPaths: '[2025/05/old]' }),
			},
			`articles/2025/06/y.md: formerPaths: "2025/05/old" is a former path of ${x} too. Keep it in one of the two.`,
		],
		[
			'former path given twice',
			withFields({ formerPaths: '[2025/05/old, 2025/05/old]' }),
			`${x}: formerPaths: "2025/05/old" is given twice. Keep one of them.`,
		],
		[
			'former path that is reserved',
			withFields({ formerPaths: '[2025/05/comments]' }),
			`${x}: formerPaths: "2025/05/comments" is an address that the paper needs itself. Remove it.`,
		],
		[
			'link to a comment on the article’s page',
			{
				...withText('[a](/2025/06/x/#comment-one)'),
				'comments/2025/06/x/one.yaml': 'name: A\nwrittenAt: 2025-06-16\napprovedAt: 2025-06-16\ntext: Yes.\n',
			},
			`${x}:10:1: The text links to #comment-one of /2025/06/x/, where newer comments may take its place. Write /2025/06/x/comments/#comment-one.`,
		],
		[
			'link to a comment that is not there',
			{
				...withText('[a](/2025/06/x/comments/#comment-two)'),
				'comments/2025/06/x/one.yaml': 'name: A\nwrittenAt: 2025-06-16\napprovedAt: 2025-06-16\ntext: Yes.\n',
			},
			`${x}:10:1: The text links to #comment-two of /2025/06/x/comments/, which no comment there has. Link to /2025/06/x/comments/.`,
		],
		[
			'link to comments where there are none',
			withText('[a](/2025/06/x/comments/)'),
			`${x}:10:1: The text links to /2025/06/x/comments/, which is not there. Correct it, or remove the link.`,
		],
		[
			'link to a part of a retracted article',
			{ ...withText('[a](/2025/06/y/#said)'), 'articles/2025/06/y.md': articleFile({ retracted }, 'Said.') },
			`${x}:10:1: The text links to #said of /2025/06/y/, which is retracted. Remove the link, or link to its notice, /2025/06/y/.`,
		],
		[
			'link to a part of an article that has moved',
			{
				...withText('[a](/2025/05/old/#said)'),
				'articles/2025/06/y.md': articleFile({ formerPaths: '[2025/05/old]' }, 'Said.'),
			},
			`${x}:10:1: The text links to #said of /2025/05/old/, which has moved. Write /2025/06/y/#said.`,
		],
		[
			'link to where a draft stood before',
			{
				...withText('[a](/2025/05/old/)'),
				'articles/2025/06/y.md': articleFile({ formerPaths: '[2025/05/old]', draft: 'true' }),
			},
			`${x}:10:1: The text links to /2025/05/old/, which is not there.`,
		],
		[
			'unknown tag',
			withFields({ tags: '[CHNA]' }),
			`${x}:7:8: tags: "CHNA" is not in content/tags.yaml. Did you mean "CHINA"? To add it there, write "chna: { name: CHNA, kind: topic }" with the kind that it has.`,
		],
		[
			'tag like nothing',
			withFields({ tags: '[Volcanoes]' }),
			`${x}:7:8: tags: "Volcanoes" is not in content/tags.yaml. To add it there, write "volcanoes: { name: Volcanoes, kind: topic }" with the kind that it has.`,
		],
		[
			'unknown tag in another script, with signs that YAML needs in quotes',
			withFields({ tags: '["Шымкент: қала"]' }),
			`write "shymkent-qala: { name: 'Шымкент: қала', kind: topic }" with the kind that it has.`,
		],
		[
			'unknown tag that sounds like a known one',
			{ ...withFields({ tags: '[陕西]' }), 'tags.yaml': 'shanxi: { name: 山西, kind: place }\n' },
			`write "shanxi-2: { name: 陕西, kind: topic }" with the kind that it has. "shanxi" is taken by the tag "山西" (shanxi). Choose shanxi-2, shanxi-person, shanxi-place, shanxi-organisation, shanxi-topic or an id of your own.`,
		],
		[
			'unknown tag of punctuation alone',
			withFields({ tags: '["…"]' }),
			`${x}:7:8: tags: "…" is not in content/tags.yaml. Choose another.`,
		],
		[
			'tag named like an object property',
			withFields({ tags: '[constructor, __proto__]' }),
			`${x}:7:8: tags: "constructor" is not in content/tags.yaml. To add it there, write "constructor: { name: constructor,`,
		],
		[
			'unknown section',
			withFields({ section: 'politic' }),
			`${x}:5:1: section: "politic" is not in content/sections.yaml. Did you mean "politics"?`,
		],
		[
			'section named like an object property',
			withFields({ section: 'constructor' }),
			`${x}:5:1: section: "constructor" is not in content/sections.yaml. Add it there, or choose one of politics.`,
		],
		[
			'unknown author',
			withFields({ authors: '[desk, deks]' }),
			`${x}:6:17: authors: "deks" is not in content/authors/. Did you mean "desk"?`,
		],
		[
			'author by name',
			withFields({ authors: '[The Desk, Desk]' }),
			`${x}:6:21: authors: "Desk" is not in content/authors/. Did you mean "desk"?`,
		],
		[
			'section by name',
			withFields({ section: 'Politics' }),
			`${x}:5:1: section: "Politics" is not in content/sections.yaml. Did you mean "politics"?`,
		],
		[
			'author given twice',
			withFields({ authors: '[desk, desk]' }),
			`${x}:6:17: authors: "desk" is given twice. Keep one of them.`,
		],
		[
			'prototype as a tag of an article',
			withFields({ tags: '[__proto__]' }),
			`${x}:7:8: tags: "__proto__" is not in content/tags.yaml. To add it there, write "proto: { name: __proto__,`,
		],
		[
			'prototype as a tag of the vocabulary',
			{ 'tags.yaml': '__proto__: { name: X, kind: topic }\n' },
			'tags.yaml:1:1: __proto__: "__proto__" cannot be part of an address.',
		],
		[
			'tag without a letter',
			{ 'tags.yaml': 'x: { name: "…", kind: topic }\n' },
			'tags.yaml:1:1: x: "…" has no letter, digit or sign by which it could be found. Give another name.',
		],
		[
			'tag that is part of an unknown one',
			withTags('beijing: { name: Beijing, kind: place, broader: chnia }'),
			'tags.yaml:4:40: beijing.broader: "chnia" is not in content/tags.yaml. Did you mean "china"?',
		],
		[
			'tag that is part of one like nothing',
			withTags('beijing:\n  name: Beijing\n  kind: place\n  broader: volcanoes'),
			'tags.yaml:7:3: beijing.broader: "volcanoes" is not in content/tags.yaml. Add it there, or remove the field.',
		],
		[
			'tag that is part of two',
			withTags('beijing: { name: Beijing, kind: place, broader: [china, trade] }'),
			'tags.yaml:4:40: beijing.broader: is a list, but must be text. Write one alone: china.',
		],
		[
			'tag that is part of itself',
			withTags('beijing: { name: Beijing, kind: place, broader: Beijing }'),
			'tags.yaml:4:40: beijing.broader: "beijing" cannot be part of itself. Remove the field.',
		],
		[
			'tags that are part of each other',
			withTags(
				'a: { name: Aa, kind: topic, broader: b }',
				'b: { name: Bb, kind: topic, broader: c }',
				'c: { name: Cc, kind: topic, broader: aa }',
			),
			'tags.yaml:4:29: a.broader: runs in a circle: "a" is part of "b" is part of "c" is part of "a". Remove the field from one of them.',
		],
		...[
			['path', '../x', '"../x" looks like code or a path. Write the subject\'s name, without < > \\ and ../'],
			['script', '<script>', '"<script>" looks like code or a path. Write the subject\'s name, without < > \\ and ../'],
			['control character', 'a\\u0007b', 'holds the invisible or forbidden character U+0007. Delete it'],
			['invisible character', 'a\\u200Bb', 'holds the invisible or forbidden character U+200B. Delete it'],
			['soft hyphen', 'a\\u00ADb', 'holds the invisible character U+00AD. Delete it, or type the words again.'],
			[
				'letter that is blank',
				'a\\u3164b',
				'holds the invisible character U+3164. Delete it, or type the words again.',
			],
			['line break', 'a\\nb', 'holds a line break or a tab. Write it as one line.'],
			['300 characters', 'a'.repeat(300), 'has 300 characters; at most 60 are allowed. Shorten it.'],
		].flatMap(([what = '', name = '', message = '']): [string, Record<string, string>, string][] => [
			[
				`tag with a ${what} as its name`,
				withTags(`bad: { name: "${name}", kind: topic }`),
				`tags.yaml:4:8: bad.name: ${message}`,
			],
			[
				`tag with a ${what} as its alias`,
				withTags(`bad: { name: Bad, kind: topic, aliases: [ok, "${name}"] }`),
				`tags.yaml:4:46: bad.aliases[2]: ${message}`,
			],
		]),
		[
			'name claimed twice in another Unicode form',
			withTags('a: { name: "Qara\u011Fandy", kind: place }', 'b: { name: "QARAG\u0306ANDY", kind: place }'),
			'tags.yaml:5:1: b: "QARAĞANDY" is already an id, a name or an alias of "a". Remove it from one of the two.',
		],
		[
			'number that YAML would change',
			withFields({ title: '007' }),
			`${x}:2:1: title: is 007, but must be text. Put it in quotes: "007".`,
		],
		[
			'address without its strokes',
			withFields({ source: '{ name: A, url: "https:example.org", relation: retold }' }),
			`${x}:8:20: source.url: "https:example.org" is not a web address.`,
		],
		[
			'alias of YAML that stands for nothing',
			withFields({ tags: '[*a]' }),
			`${x}:2:1: uses a YAML alias (*name) that stands for nothing. Write the values out.`,
		],
		[
			'unclosed quotation mark',
			withFields({ title: '"Peace comes' }),
			`${x}:2:1: a quotation mark " is opened and never closed at “title: "Peace comes”. Close it.`,
		],
		[
			'words behind a quotation',
			withFields({ title: '"Peace" comes' }),
			`${x}:2:16: something stands behind the end of a value at “title: "Peace" comes”. Put the whole value in single quotes, and write each apostrophe within it twice: 'It''s over'.`,
		],
		[
			'file with another ending',
			{ 'authors/x.yml': 'name: X\n' },
			'authors/x.yml: does not belong here: the form is content/authors/<id>.yaml. Rename or move it.',
		],
		[
			'note to which nothing refers',
			withText('A fact.\n\n[^1]: The source.'),
			`${x}:12:1: The text holds a note [^1] to which nothing refers. Refer to it, or delete it.`,
		],
		[
			'note twice',
			withText('A fact.[^1]\n\n[^1]: One.\n\n[^1]: Two.'),
			`${x}:14:1: The text holds a second note [^1]. Give it another name.`,
		],
		[
			'note that refers to itself alone',
			withText('A fact.\n\n[^1]: See [^1].'),
			`${x}:12:1: The text holds a note [^1] to which nothing refers.`,
		],
		[
			'note with a space in its name',
			withText('A [^a b] fact.\n\n[^a b]: One.'),
			'The text holds a reference [^a b] without its note.',
		],
		[
			'unclosed quotation mark below an apostrophe',
			withFields({ title: "It's a story", standfirst: "'unclosed" }),
			`${x}:3:1: a quotation mark ' is opened and never closed at “standfirst: 'unclosed”. Close it.`,
		],
		[
			'reference without its note',
			withText('A fact.[^1]'),
			`${x}:10:1: The text holds a reference [^1] without its note. Write [^1]: and the note.`,
		],
		[
			'prototype as an author',
			withFields({ authors: '[__proto__]' }),
			`${x}:6:11: authors: "__proto__" is not in content/authors/. Add it there, or choose one of desk.`,
		],
		[
			'unknown relation',
			withFields({ source: '{ name: A, url: https://a.example/, relation: retald }' }),
			`${x}:8:45: source.relation: "retald" is not one of retold, republished, reported. Did you mean "retold"?`,
		],
		[
			'script as an address',
			withFields({ source: '{ name: A, url: "javascript:alert(1)", relation: retold }' }),
			`${x}:8:20: source.url: "javascript:alert(1)" is not a web address. Write it whole, as https://example.org/page.`,
		],
		[
			'name claimed twice',
			{ 'tags.yaml': 'china: { name: China, kind: place }\nprc: { name: PRC, kind: place, aliases: [CHINA] }\n' },
			'tags.yaml:2:1: prc: "CHINA" is already an id, a name or an alias of "china". Remove it from one of the two.',
		],
		[
			'former id that is alive',
			{ 'tags.yaml': 'china: { name: China, kind: place }\nprc: { name: PRC, kind: place, formerly: [china] }\n' },
			'tags.yaml:2:1: prc: "china" is already an id, a name or an alias of "china". Remove it from one of the two.',
		],
		[
			'tag id given twice',
			{ 'tags.yaml': 'china: { name: China, kind: place }\nchina: { name: China, kind: place }\n' },
			'tags.yaml:2:1: a field is given twice at “china: { name: China, kind: place }”, and before in line 1. Keep one of them.',
		],
		[
			'hostile tag id',
			{ 'tags.yaml': '../x: { name: X, kind: place }\n' },
			'tags.yaml:1:1: ../x: "../x" cannot be part of an address. Use lower-case letters a to z, digits and single hyphens, at most 100.',
		],
		[
			'reserved tag id',
			{ 'tags.yaml': 'page: { name: Page, kind: topic }\n' },
			'tags.yaml:1:1: page: "page" is an address that the paper needs itself. Choose another id.',
		],
		[
			'unknown kind of tag',
			{ 'tags.yaml': 'china: { name: China, kind: country }\n' },
			'tags.yaml:1:23: china.kind: "country" is not one of person, place, organisation, topic. Write person or place or organisation or topic.',
		],
		[
			'no vocabulary that can be read',
			{ 'tags.yaml': '- china\n' },
			'tags.yaml:1:1: holds no fields. Write them as "name: value", one a line.',
		],
		[
			'field of its own that is not indented',
			withFields({ source: '\nname: A' }),
			`${x}:9:1: name: is not a field. Indent it below "source", where it belongs.`,
		],
		[
			'field that is indented too far',
			withFields({ source: '\n  name: A\n    url: https://a.example/' }),
			`${x}:10:1: a line is indented unlike those that it belongs to at “url: https://a.example/”. Begin fields that belong together in one column, with spaces.`,
		],
		[
			'first field that is indented',
			{ [x]: articleFile().replace('title', ' title') },
			`${x}:3:1: a line is indented unlike those that it belongs to at “standfirst: A standfirst.”.`,
		],
		[
			'entry of a list that is not indented far enough',
			withFields({ corrections: '\n  - at: 2025-06-17\n   text: A' }),
			`${x}:10:1: a line is indented unlike those that it belongs to at “text: A”.`,
		],
		[
			'list without spaces behind its hyphens',
			withFields({ tags: '\n  -CHINA\n  -XI' }),
			`${x}:7:1: tags: is "-CHINA -XI", but must be a list. Write a space behind each hyphen.`,
		],
		[
			'colon without a space',
			{ [x]: articleFile().replace('title: ', 'title:') },
			`${x}:2:1: a line is no field at “title:A headline”. Write "name: value" with a space behind the colon, or indent what goes on from the line above.`,
		],
		[
			'second line of a value that is not indented',
			withFields({ standfirst: 'It begins\nand goes on.' }),
			`${x}:4:1: a line is no field at “and goes on.”.`,
		],
		[
			'unclosed bracket',
			withFields({ tags: '[CHINA' }),
			`${x}:7:1: a bracket [ is opened and never closed at “tags: [CHINA”. Close it.`,
		],
		[
			'unclosed brace above other fields',
			withFields({ standfirst: '{ a: b' }),
			`${x}:3:1: a bracket { is opened and never closed at “standfirst: { a: b”. Close it.`,
		],
		[
			'comma that is missing',
			withFields({ source: '{ name: A url: https://a.example/ }' }),
			`${x}:8:17: a comma is missing between fields in brackets at “source: { name: A url: https://a.example/ }”. Write { name: value, name: value }.`,
		],
		[
			'value that begins with a sign of YAML',
			withFields({ title: '@home' }),
			`${x}:2:8: a value begins with a sign that YAML needs itself at “title: @home”. Put the whole value in quotes.`,
		],
		[
			'words that YAML would take for a remark',
			withFields({ title: 'Trade #1 of the year' }),
			`${x}:2:8: #1 of the year would be lost behind “Trade”. Put the whole value in quotes; a remark has a space behind its #.`,
		],
		[
			'word that YAML would take for an anchor',
			withFields({ title: '&Co grows' }),
			`${x}:2:12: &Co would be lost before “grows”. Put the whole value in quotes.`,
		],
		[
			'truth in quotes',
			withFields({ draft: '"true"' }),
			`${x}:8:1: draft: is "true", but must be true or false. Write true or false, without quotes.`,
		],
		['no section', { 'sections.yaml': '{}\n' }, 'sections.yaml: has no section. Write at least one.'],
		[
			'one address by folder',
			{ [x]: articleFile(), 'articles/2025/06/x/index.md': articleFile() },
			'articles/2025/06/x/index.md: has the same address as',
		],
		[
			'one address by letter case',
			{ [x]: articleFile(), 'articles/2025/06/X.md': articleFile() },
			`articles/2025/06/x.md: has the same address as`,
		],
		[
			'one address by Unicode form',
			{ 'articles/2025/06/caf\u00E9.md': articleFile(), 'articles/2025/06/cafe\u0301.md': articleFile() },
			'has the same address as',
		],
		[
			'capital in a file name',
			{ 'articles/2025/06/Big.md': articleFile() },
			'articles/2025/06/Big.md: "Big" cannot be part of an address: only a to z, digits and single hyphens, at most 100. Rename it to "big".',
		],
		[
			'spaces in a file name',
			{ 'articles/2025/06/a story.md': articleFile() },
			'articles/2025/06/a story.md: "a story" cannot be part of an address: only a to z, digits and single hyphens, at most 100. Rename it to "a-story".',
		],
		[
			'reserved file name',
			{ 'articles/2025/06/page.md': articleFile() },
			'articles/2025/06/page.md: "page" is an address that the paper needs itself. Rename the file.',
		],
		[
			'folder that is no month',
			{ 'articles/2025/13/x.md': articleFile() },
			'articles/2025/13/x.md: stands in the folder 2025/13, which is no year and month. Use four digits and two, such as 2025/06.',
		],
		[
			'article outside the folders',
			{ 'articles/x.md': articleFile() },
			'articles/x.md: does not belong here: articles are content/articles/<year>/<month>/<slug>.md. Move or rename it.',
		],
		[
			'file that nobody publishes',
			{ 'notes.txt': 'x' },
			'notes.txt: is nothing that the paper publishes. Move it out of the content folder.',
		],
		[
			'unknown key of the home page',
			withFront('led: { article: 2025/06/x }\n'),
			'front.yaml:1:1: led: is not a field. Did you mean "lead"?',
		],
		[
			'unknown key of a pin',
			withFront('pins:\n  - { article: 2025/06/x, untill: 2025-07-01 }\n'),
			'front.yaml:2:27: pins[1].untill: is not a field. Did you mean "until"?',
		],
		[
			'lead without its fields',
			withFront('lead: 2025/06/x\n'),
			'front.yaml:1:1: lead: is "2025/06/x", but must be fields of its own. Write its fields, indented below it: article, until.',
		],
		[
			'unknown article on the home page',
			withFront('lead: { article: 2025/06/z }\n'),
			'front.yaml:1:9: lead: "2025/06/z" is no article. Did you mean "2025/06/x"?',
		],
		[
			'address in the place of an article’s path',
			withFront('pins:\n  - article: /2025/06/x/\n    until: 2025-07-01\n'),
			'front.yaml:2:5: pins: "/2025/06/x/" is no article. Did you mean "2025/06/x"?',
		],
		[
			'article’s file on the home page',
			withFront('lead: { article: content/articles/2025/06/x.md }\n'),
			'front.yaml:1:9: lead: "content/articles/2025/06/x.md" is no article. Did you mean "2025/06/x"?',
		],
		[
			'article like nothing on the home page',
			withFront('lead: { article: Railways }\n'),
			'front.yaml:1:9: lead: "Railways" is no article. Write its path in content/articles/ without .md, such as 2025/06/a-story.',
		],
		[
			'article that leads and is pinned',
			withFront('lead: { article: 2025/06/x }\npins:\n  - { article: 2025/06/x, until: 2025-07-01 }\n'),
			'front.yaml:3:7: pins: "2025/06/x" is given twice. Keep one of them.',
		],
		[
			'pin without its end',
			withFront('pins:\n  - article: 2025/06/x\n'),
			'front.yaml:2:5: pins[1].until: is missing. It is wanted as: Day or time with its zone from which the article is no longer pinned.',
		],
		[
			'pin until a day that does not exist',
			withFront('pins:\n  - article: 2025/06/x\n    until: 2025-06-31\n'),
			'front.yaml:3:5: pins[1].until: "2025-06-31" is not a day or a time that exists. Write 2025-06-16, or 2025-06-16T21:40+05:00.',
		],
		[
			'home page with too many pins',
			withFront(`pins:\n${'  - { article: 2025/06/x, until: 2025-07-01 }\n'.repeat(7)}`),
			'front.yaml:1:1: pins: has 7 entries, but must have at most 6. Keep the most important ones.',
		],
		[
			'comment for no article',
			{
				[x]: articleFile(),
				'comments/2025/06/z/one.yaml': 'name: A\nwrittenAt: 2025-06-16\napprovedAt: 2025-06-16\ntext: Yes.\n',
			},
			'comments/2025/06/z/one.yaml: comments on "2025/06/z", but there is no such article. Did you mean "2025/06/x"?',
		],
		[
			'comment approved before it was written',
			{
				[x]: articleFile(),
				'comments/2025/06/x/one.yaml': 'name: A\nwrittenAt: 2025-06-17\napprovedAt: 2025-06-16\ntext: Yes.\n',
			},
			'comments/2025/06/x/one.yaml:3:1: approvedAt: is earlier than writtenAt. Correct one of the two.',
		],
		[
			'answer to no comment',
			{
				[x]: articleFile(),
				'comments/2025/06/x/one.yaml':
					'name: A\nwrittenAt: 2025-06-16\napprovedAt: 2025-06-16\ntext: Yes.\nreplyTo: none\n',
			},
			'comments/2025/06/x/one.yaml:5:1: replyTo: "none" is no comment of this article. Name a file of the same folder, or remove the field.',
		],
		[
			'answers in a circle',
			{
				[x]: articleFile(),
				'comments/2025/06/x/one.yaml':
					'name: A\nwrittenAt: 2025-06-16\napprovedAt: 2025-06-16\ntext: Yes.\nreplyTo: one\n',
			},
			'comments/2025/06/x/one.yaml:5:1: replyTo: answers run in a circle. Remove the field from one of the comments.',
		],
		[
			'broken YAML',
			{ [x]: articleFile({ title: 'Xi: "a" b' }) },
			`${x}:2:8: text that holds ": " must stand in quotes at “title: Xi: "a" b”. Put the whole value in quotes.`,
		],
		[
			'tab as indentation',
			{ [x]: articleFile({ source: '\n\tname: x' }) },
			`${x}:9:1: a tab stands where YAML needs spaces`,
		],
		[
			'no front matter',
			{ [x]: 'Just text.\n' },
			`${x}:1:1: has no front matter. Begin the file with a line ---, the fields, and another line ---.`,
		],
		[
			'front matter without an end',
			{ [x]: '---\ntitle: x\n' },
			`${x}:1:1: has front matter without an end. Write a line --- below its fields.`,
		],
		['empty file', { [x]: '' }, `${x}:1:1: has no front matter.`],
		[
			'alias bomb',
			{
				[x]: `---\na: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n---\nx\n`,
			},
			`${x}:2:1: uses too many YAML aliases (*name). Write the values out.`,
		],
		[
			'invalid UTF-8',
			{ [x]: new Uint8Array([0x2d, 0x2d, 0x2d, 0x0a, 0xff, 0xfe]) },
			`${x}: is not valid UTF-8. Save it in the encoding UTF-8.`,
		],
		['article without text', withText(''), `${x}:9:1: The text holds no text. Write at least one paragraph.`],
		[
			'link to an article that is not there',
			withText('See [this](/2025/06/z/).'),
			`${x}:10:5: The text links to /2025/06/z/, which is not there. Did you mean /2025/06/x/?`,
		],
		[
			'link without its last stroke',
			withText('See [this](/tags/china).'),
			`${x}:10:5: The text links to /tags/china, which is not there. Did you mean /tags/china/?`,
		],
		[
			'link to a letter that has no tag',
			withText('See [this](/tags/a-z/q/).'),
			`${x}:10:5: The text links to /tags/a-z/q/, which is not there. Did you mean /tags/a-z/c/?`,
		],
		[
			'link out of the public folder',
			withText('See [this](/../package.json).'),
			`${x}:10:5: The text links to /../package.json, which is not there.`,
		],
		[
			'link to a heading that is not there',
			withText('See [this](#nowhere).'),
			`${x}:10:5: The text holds a link to #nowhere, which no heading and no paragraph of this text has.`,
		],
		[
			'id that no paragraph can have',
			withText('A fact. {#The railway}'),
			`${x}:10:1: The text holds an id {#The railway} that no part of a text can have. Write {#the-railway}.`,
		],
		[
			'id that the page has itself',
			withText('A fact. {#comments}'),
			`${x}:10:1: The text holds an id {#comments} that no part of a text can have. Write {#part-comments}.`,
		],
		[
			'id twice',
			withText('A fact. {#x}\n\n## Another {#x}'),
			`${x}:12:4: The text holds a second id {#x}. Give every part an id of its own.`,
		],
		[
			'id in a list',
			withText('- one {#x}'),
			`${x}:10:3: The text holds an id {#…} where none can stand. Move it to the end of a paragraph or heading, or write \\{#…}.`,
		],
		[
			'id in the middle of a paragraph',
			withText('A {#x} fact, and \\{#y}'),
			`${x}:10:1: The text holds an id {#…} where none can stand.`,
		],
		[
			'id below its paragraph',
			withText('A fact.\n\n{#x}'),
			`${x}:12:1: The text holds an id without a paragraph. Write it at the end of the last line.`,
		],
		[
			'heading that is nothing but an id',
			withText('## {#x}\n\nA fact.'),
			`${x}:10:1: The text holds an empty heading. Write its words, or delete it.`,
		],
		[
			'link to a part of an article that will be retracted',
			{
				...withText('See [this](/2025/06/y/#a-part).'),
				'articles/2025/06/y.md': articleFile({ retracted: '{ at: 2025-07-03, reason: Wrong. }' }, '## A part\n\nText.'),
			},
			`${x}:10:5: From 2025-07-02T19:00:00.000Z on: The text links to #a-part of /2025/06/y/, which is retracted. Remove the link, or link to its notice, /2025/06/y/.`,
		],
		[
			'link of a scheduled article to one that comes later',
			{
				[x]: articleFile(),
				'articles/2025/07/soon.md': articleFile({ publishedAt: '2025-07-02' }, 'See [this](/2025/07/later/).'),
				'articles/2025/07/later.md': articleFile({ publishedAt: '2025-07-05' }),
			},
			'articles/2025/07/soon.md:10:5: From 2025-07-01T19:00:00.000Z on: The text links to /2025/07/later/, an article that readers cannot see yet. Remove the link.',
		],
		[
			'link to a draft',
			{ ...withText('See [this](/2025/06/y/).'), 'articles/2025/06/y.md': articleFile({ draft: 'true' }) },
			`${x}:10:5: The text links to /2025/06/y/, an article that readers cannot see yet.`,
		],
		[
			'script in the text',
			withText('A <script>alert(1)</script>'),
			`${x}:10:3: The text holds HTML (<script>). Write it in markdown; for a "<" write \\<.`,
		],
		[
			'script as a link',
			withText('[x](javascript:alert(1))'),
			`${x}:10:1: The text holds a link to "javascript:alert(1)". Link to https://…, mailto:…, tel:… or, in the paper itself, to a path such as /tags/china/.`,
		],
		[
			'link to another host in disguise',
			withText('[x](//evil.example/)'),
			`${x}:10:1: The text holds a link to "//evil.example/".`,
		],
		[
			'link to the paper’s own host',
			withText('[x](https://meridian.example.org/tags/china/)'),
			`${x}:10:1: The text holds a link to the paper’s own host, "https://meridian.example.org/tags/china/". Link to its path, such as /tags/china/.`,
		],
		[
			'headline in the text',
			withText('# Big'),
			`${x}:10:1: The text holds a heading of level 1, which is the headline. Begin with ##.`,
		],
		[
			'skipped level of headings',
			withText('## A\n\n#### B'),
			`${x}:12:1: The text holds a heading of level 4 below one of level 2. Use ###.`,
		],
		[
			'control character in the text',
			withText('A\u0007b'),
			`${x}:10:2: The text holds the invisible or forbidden character U+0007. Delete it, or type the words again.`,
		],
		[
			'control character in the text, as a reference',
			withText('A *b* &#7;'),
			`${x}:10:6: The text holds the invisible or forbidden character U+FFFD. Delete it, or type the words again.`,
		],
		[
			'picture in the text',
			withText('![A map](map.png)'),
			`${x}:10:1: The text holds a picture in a line. Give it in a block \`\`\`picture with file, alt, caption and credit.`,
		],
		[
			'text longer than a book',
			withText('word '.repeat(60_001)),
			`${x}:9:1: The text holds 300006 characters, of which 300000 are allowed. Divide it.`,
		],
		[
			'deep nesting',
			withText(`${'> '.repeat(5000)}x`),
			`${x}:10:201: The text holds more than 100 levels of nesting. Write it flatter.`,
		],
		[
			'override written as a reference',
			withText('A &#x202e; fact.'),
			`${x}:10:1: The text holds the invisible or forbidden character U+202E. Delete it, or type the words again.`,
		],
		[
			'invisible space written as a name',
			withText('A &ZeroWidthSpace; fact.'),
			`${x}:10:1: The text holds the invisible or forbidden character U+200B. Delete it, or type the words again.`,
		],
		[
			'override in the title of a link',
			withText('[a](https://a.example/ "b&#x202e;c")'),
			`${x}:10:1: The text holds the invisible or forbidden character U+202E. Delete it, or type the words again.`,
		],
		[
			'line separator',
			withText('A\u2028fact.'),
			`${x}:10:2: The text holds the invisible or forbidden character U+2028. Delete it, or type the words again.`,
		],
		[
			'joiner between Latin letters',
			withText('A fa\u200Dct.'),
			`${x}:10:5: The text holds the invisible or forbidden character U+200D. Delete it, or type the words again.`,
		],
		[
			'isolate that is never closed',
			withText('A \u2067fact.\n\nMore\u2069.'),
			`${x}:10:3: The text holds the invisible or forbidden character U+2067. Delete it, or type the words again.`,
		],
		[
			'close of an isolate without one',
			withText('A fact\u2069.'),
			`${x}:10:7: The text holds the invisible or forbidden character U+2069. Delete it, or type the words again.`,
		],
		[
			'sign of a lost character',
			withText('A fa\uFFFDct.'),
			`${x}:10:5: The text holds the invisible or forbidden character U+FFFD. Delete it, or type the words again.`,
		],
		[
			'inner byte order mark',
			withText('A fa\uFEFFct.'),
			`${x}:10:5: The text holds the invisible or forbidden character U+FEFF. Delete it, or type the words again.`,
		],
		[
			'isolate closed in another cell',
			withText('| a |\n|---|\n| b \u2067 |\n| c \u2069 |'),
			'The text holds the invisible or forbidden character U+2067.',
		],
		[
			'invisible character in a remark of YAML',
			{ 'sections.yaml': 'politics: # a\u202E\n  name: Politics\n' },
			'sections.yaml:1:14: holds the invisible or forbidden character U+202E.',
		],
		[
			'invisible character in a key of YAML',
			{ [x]: articleFile({ 'ti\u200Btle': 'x' }) },
			`${x}:8:3: holds the invisible or forbidden character U+200B.`,
		],
		...['title', 'standfirst', 'corrections', 'source', 'lead'].map(
			(field): [string, Record<string, string>, string] => [
				`override in ${field}`,
				withFields({
					[field]:
						{
							corrections: '[{ at: 2025-06-18, text: "a\\u202Eb" }]',
							source: '{ name: "a\\u202Eb", url: https://a.example/, relation: retold }',
							lead: '{ table: { caption: "a\\u202Eb", columns: [a], rows: [[b]] } }',
						}[field] ?? '"a\\u202Eb"',
				}),
				'holds the invisible or forbidden character U+202E.',
			],
		),
		...[
			['tags.yaml', 'x: { name: "a\\u202Eb", kind: topic }\n'],
			['tags.yaml', 'x: { name: X, kind: topic, description: "a\\u202Eb" }\n'],
			['authors/x.yaml', 'name: "a\\u202Eb"\ndescription: X.\n'],
			['gazetteer.yaml', 'x: { name: "a\\u202Eb", at: [1, 2], country: KZ, source: x }\n'],
			['pages/x.md', '---\ntitle: "a\\u202Eb"\nstandfirst: S.\n---\nText.\n'],
			['comments/2025/06/x/one.yaml', 'name: A\nwrittenAt: 2025-06-16\napprovedAt: 2025-06-16\ntext: "a\\u202Eb"\n'],
		].map(([file = '', text = '']): [string, Record<string, string>, string] => [
			`override in ${file}`,
			{ [file]: text },
			'holds the invisible or forbidden character U+202E.',
		]),
		[
			'name before the host of a link',
			withText('[x](https://bank.example@evil.example/)'),
			`${x}:10:1: The text holds a link to "https://bank.example@evil.example/". Link to https://…`,
		],
		[
			'name before the host of a source',
			withFields({ source: '{ name: A, url: "https://bank.example@evil.example/", relation: retold }' }),
			'source.url: "https://bank.example@evil.example/" is not a web address.',
		],
		[
			'line break hidden in an address',
			withText('[x](mailto:a@b.example?subject=x%0D%0ABcc:c@d.example)'),
			`${x}:10:1: The text holds a link to "mailto:a@b.example?subject=x%0D%0ABcc:c@d.example", which holds the invisible`,
		],
		[
			'override hidden in an address',
			withText('[x](https://a.example/%E2%80%AE)'),
			'which holds the invisible or forbidden character U+202E.',
		],
		...[
			'JaVaScRiPt:x',
			'&#106;avascript:x',
			'javascript&colon;x',
			'data:text/html,x',
			'java&#9;script:x',
			'//a.example',
			'&sol;/a.example',
			'x',
			'?x',
			'ftp://a.example',
			'https:a.example',
			'vbscript:x',
		].map((link): [string, Record<string, string>, string] => [
			`link to ${link}`,
			withText(`[x][y]\n\n[y]: <${link}> "title"`),
			`${x}:10:1: The text holds a link to`,
		]),
		...[
			'<script>\nx',
			'<!-- x',
			'<!--> x -->',
			'A <!-- b --!> c -->',
			'<?x ?>',
			'<!X y>',
			'<![CDATA[x]]>',
			'<div>\nx',
			'<x-y z>',
			'A <i>',
			'> <b>',
			'- </p>',
			'A[^1]\n\n[^1]: <b>',
		].map((html): [string, Record<string, string>, string] => [
			`HTML such as ${html}`,
			withText(html),
			'. Write it in markdown; for a "<" write \\<.',
		]),
		[
			'note whose name makes the address of another',
			withText('A[^1] B[^1] C[^1-2]\n\n[^1]: One.\n\n[^1-2]: Two.'),
			'The text holds a note whose name makes the address of another. Give it another name.',
		],
		[
			'note whose name is code',
			withText('A[^a"b]\n\n[^a"b]: One.'),
			`${x}:12:1: The text holds a note [^a"b] whose name is not letters and digits alone. Give it another name.`,
		],
		[
			'link to a part that another article does not have',
			{ ...withText('[a](/2025/06/y/#the-railwy)'), 'articles/2025/06/y.md': articleFile({}, 'Said. {#the-railway}') },
			`${x}:10:1: The text links to #the-railwy of /2025/06/y/, which no heading and no paragraph there has. Did you mean "the-railway"?`,
		],
		[
			'link to sources that an article does not have',
			{ ...withText('[a](/2025/06/y/#sources)'), 'articles/2025/06/y.md': articleFile() },
			'which no heading and no paragraph there has. Copy the address of a part from its sign ¶, or link to /2025/06/y/.',
		],
		[
			'link to a part of a page about the paper that is not there',
			withText('[a](/about/#nowhere)'),
			'The text links to #nowhere of /about/, which no heading and no paragraph there has.',
		],
		[
			'link to a part of a list',
			withText('[a](/tags/china/#china)'),
			'The text links to #china of /tags/china/, a list whose parts come and go. Link to /tags/china/.',
		],
		[
			'page at a reserved address',
			{ 'pages/tags.md': '---\ntitle: T\nstandfirst: S.\n---\nText.\n' },
			'pages/tags.md: "tags" is an address that the paper needs itself. Choose another name.',
		],
		[
			'page at the address of a year',
			{ 'pages/2025.md': '---\ntitle: T\nstandfirst: S.\n---\nText.\n' },
			'pages/2025.md: "2025" is an address that the paper needs itself. Choose another name.',
		],
	])('%s is named with its place and its mend', async (_, files, message) => {
		expect((await problemsIn(files)).join('\n')).toContain(message);
	});

	test('an article with a fault is reported at its place, not at those that link to it', async () => {
		const files = { ...withText('See [this](/2025/06/y/).'), 'articles/2025/06/y.md': articleFile({ tags: '[CHNA]' }) };
		expect(await problemsIn(files)).toEqual([
			expect.stringContaining('articles/2025/06/y.md:7:8: tags: "CHNA" is not in content/tags.yaml.'),
		]);
	});

	test('what is not published has sound links too, as if all were published', async () => {
		const text = 'See [this](/2025/06/y/) and [that](/2025/06/nothing-such/).';
		const message = 'The text links to /2025/06/nothing-such/, which is not there.';
		const y = { 'articles/2025/06/y.md': articleFile({ draft: 'true' }) };
		for (const fields of [{ draft: 'true' }, { draft: 'true', tags: '[CHINA, CHNA]' }, { publishedAt: 'soon' }]) {
			const problems = await problemsIn({ [x]: articleFile(fields, text), ...y });
			expect(problems.filter((problem) => problem.includes('links to'))).toEqual([expect.stringContaining(message)]);
		}
	});

	test('a fault in one field hides no fault in another', async () => {
		const problems = await problemsIn({
			[x]: articleFile(
				{
					publishedAt: '16 June',
					updatedAt: 'late',
					section: 'polotics',
					authors: '[dsk]',
					tags: '[CHNA]',
					lead: '{ map: { places: [atlantis], caption: A place. } }',
				},
				'The text is not written yet.\n',
			),
		});
		expect(problems.map((problem) => /^\S+:\d+:\d+: (\w+)/.exec(problem)?.[1])).toEqual(
			'publishedAt section authors tags updatedAt lead The'.split(' '),
		);
	});

	test('has its links told of beside what is wrong with its front matter, but for those to lists that it would fill', async () => {
		const links = 'See [this](/2025/06/z/), [that](/tags/china/) and [those](/2025/08/future/).\n';
		const future = { 'articles/2025/08/future.md': articleFile({ publishedAt: '2025-08-16' }) };
		expect(await problemsIn({ ...future, [x]: articleFile({ title: '""' }, links) })).toEqual([
			`${x}:2:1: title: is empty. Write it, or remove the field if it may be left out.`,
			`${x}:10:5: The text links to /2025/06/z/, which is not there. Correct it, or remove the link.`,
			`${x}:10:51: The text links to /2025/08/future/, an article that readers cannot see yet. Remove the link.`,
		]);
	});

	test.each(['\\u200E', '\\u00AD', '\\u3164', '\\u0301', '\\u2003'])('a title of %s alone is empty', async (sign) => {
		expect(await problemsIn(withFields({ title: `"${sign}"` }))).toEqual([
			`${x}:2:1: title: is empty. Write it, or remove the field if it may be left out.`,
		]);
	});

	test('a fault in the vocabulary is reported at its place alone', async () => {
		const files = { ...withFields({ tags: '[CHINA, XI]', authors: '[faulty]', section: 'trade' }) };
		expect(
			await problemsIn({
				...files,
				'tags.yaml':
					'china: { name: China, kind: city }\nxi-jinping: { name: Xi Jinping, kind: person, aliases: [XI] }\n',
				'sections.yaml': 'politics: { name: Politics }\ntrade: { nam: Trade }\n',
				'authors/faulty.yaml': 'nmae: x\n',
			}),
		).toEqual([
			expect.stringContaining('authors/faulty.yaml:1:1: name: is missing.'),
			expect.stringContaining('authors/faulty.yaml:1:1: description: is missing.'),
			'authors/faulty.yaml:1:1: nmae: is not a field. Did you mean "name"?',
			expect.stringContaining('sections.yaml:2:1: trade.name: is missing.'),
			'sections.yaml:2:10: trade.nam: is not a field. Did you mean "name"?',
			expect.stringContaining('tags.yaml:1:23: china.kind: "city" is not one of'),
		]);
		expect(
			await problemsIn(withTags('bad: { name: Bad, kind: city }', 'part: { name: Part, kind: place, broader: bad }')),
		).toEqual([expect.stringContaining('tags.yaml:4:19: bad.kind: "city" is not one of')]);
		expect(
			await problemsIn({
				...files,
				'tags.yaml': 'a: b: c\n',
				'authors/faulty.yaml': newsroomFiles['authors/desk.yaml'] ?? '',
				'sections.yaml': 'trade: { name: Trade }\n',
			}),
		).toEqual([
			'tags.yaml:1:4: text that holds ": " must stand in quotes at “a: b: c”. Put the whole value in quotes.',
		]);
	});

	test('what follows from a first fault of YAML is not told too', async () => {
		expect(await problemsIn({ [x]: articleFile().replace('title', ' title') })).toHaveLength(1);
	});

	test('a symbolic link is refused', async () => {
		const folder = await writeFiles({ ...newsroomFiles, [x]: articleFile() });
		await symlink('/etc/hostname', join(folder, 'articles/2025/06/y.md'));
		expect(await problemsOf(folder)).toEqual([
			'articles/2025/06/y.md: is a symbolic link. Put the file itself in its place.',
		]);
	});

	test('all files are reported at once', async () => {
		const problems = await problemsIn({
			[x]: articleFile({ title: '', tags: '[CHNA]' }),
			'articles/2025/06/y.md': 'no front matter',
			'authors/desk.yaml': 'nmae: x\n',
		});
		const files = new Set(problems.map((problem) => problem.split(':', 1)[0]));
		expect(files).toEqual(new Set([x, 'articles/2025/06/y.md', 'authors/desk.yaml']));
	});
});
