import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { toBars, toFeedHtml } from '../../src/domain/figures.ts';
import { figureSchemas } from '../../src/schemas/figure.ts';
import { articleFile } from '../support/content.ts';
import { makePhotograph } from '../support/photographs.ts';
import { problemsIn } from '../support/problems.ts';

const gazetteer = [
	'astana: { name: Astana, at: [71.45, 51.18], country: KZ, source: a gazetteer }',
	'samarkand: { name: Samarkand, at: [66.96, 39.66], country: UZ, source: a gazetteer }',
	'nowhere: { name: Nowhere, at: [300, 0], country: KZ, source: a gazetteer }',
	'',
].join('\n');
const x = 'articles/2025/06/x.md';
const index = 'articles/2025/06/x/index.md';

const withBlock = (kind: string, yaml: string) => ({
	[x]: articleFile({}, `A paragraph.\n\n\`\`\`${kind}\n${yaml}\n\`\`\`\n`),
});
const pictureFields = 'alt: A, caption: B, credit: C';

describe('a figure that cannot be published', () => {
	const bars = 'bars: [{ label: A, value: 1 }]';
	test.each<[what: string, files: Record<string, string>, message: string]>([
		[
			'a block of another kind',
			withBlock('mpa', 'a: b'),
			`${x}:12:1: The text holds a block called “mpa”. A figure is one of picture, map, chart, table, timeline; for program code leave the word out.`,
		],
		[
			'a kind in capitals',
			withBlock('Map', 'a: b'),
			`${x}:12:1: The text holds a block called “Map”. Did you mean “map”? Write that word alone, in small letters.`,
		],
		[
			'a block that is never closed',
			{ [x]: articleFile({}, 'A paragraph.\n\n```map\ncountries: [KZ]\ncaption: A.\n\nMore text.\n') },
			`${x}:12:1: The text holds a map whose block is never closed. Write a line \`\`\` below its last field.`,
		],
		[
			'a block that is not closed before the next',
			withBlock('map', 'countries: [KZ]\ncaption: A.\n\nMore text.\n\n```chart\ncaption: A'),
			`${x}:12:1: The text holds a map whose block is never closed. Write a line \`\`\` below its last field.`,
		],
		[
			'words behind the kind',
			withBlock('map of Asia', 'a: b'),
			`${x}:12:1: The text holds a block called “map of Asia”. Did you mean “map”? Write that word alone, in small letters.`,
		],
		[
			'a block inside a list',
			{ [x]: articleFile({}, '- An item\n\n  ```map\n  countries: [KZ]\n  ```\n') },
			`${x}:12:3: The text holds a map inside a list or quotation. Put it between two paragraphs.`,
		],
		[
			'a place that is neither id nor position',
			withBlock('map', 'caption: A map.\nplaces: [[10, 20]]'),
			`${x}:14:10: map.places[1]: is no place. Write the id of a place in content/gazetteer.yaml, or { name: Ulken, at: [73.98, 45.21] } with longitude and latitude.`,
		],
		[
			'a block with faulty YAML',
			withBlock('map', 'caption: A: B\ncountries: [KZ]'),
			`${x}:13:10: text that holds ": " must stand`,
		],
		[
			'an unknown field',
			withBlock('map', 'countries: [KZ]\ncaption: A map.\nplcaes: [astana]'),
			`${x}:15:1: map.plcaes: is not a field. Did you mean "places"?`,
		],
		[
			'a map of nothing',
			withBlock('map', 'caption: A map.'),
			`${x}:13:1: map: shows nothing. Name at least one of places, route or countries.`,
		],
		[
			'an unknown place',
			withBlock('map', 'caption: A map.\nplaces:\n  - astana\n  - samarkant'),
			`${x}:16:5: map.places[2]: "samarkant" is not in content/gazetteer.yaml. Did you mean "samarkand"?`,
		],
		[
			'coordinates outside the world',
			withBlock('map', 'caption: A map.\nroute: [astana, { name: A, at: [10, 95] }]'),
			`${x}:14:37: map.route[2].at[2]: 95 is outside the world. Write longitude, then latitude, in degrees.`,
		],
		[
			'an unknown country',
			withBlock('map', 'caption: A map.\ncountries: [KZ, QQ]'),
			`${x}:14:17: map.countries[2]: "QQ" is no country on the map. Write its code (ISO 3166-1), such as KZ.`,
		],
		[
			'a country by its name',
			withBlock('map', 'caption: A map.\ncountries: [Kazakhstan]'),
			`${x}:14:13: map.countries[1]: "Kazakhstan" is not the code of a country. Did you mean "KZ"?`,
		],
		[
			'a country in small letters',
			withBlock('map', 'caption: A map.\ncountries: [kz]'),
			`${x}:14:13: map.countries[1]: "kz" is not the code of a country. Did you mean "KZ"?`,
		],
		[
			'a country by a code that another organisation gave it',
			withBlock('map', 'caption: A map.\ncountries: [UK]'),
			`${x}:14:13: map.countries[1]: "UK" is not the code of a country. Did you mean "GB"?`,
		],
		[
			'a country by nothing that resembles a code',
			withBlock('map', 'caption: A map.\ncountries: [The Steppe]'),
			`${x}:14:13: map.countries[1]: "The Steppe" is not the code of a country. Write its two capitals (ISO 3166-1), such as KZ.`,
		],
		[
			'a country given twice',
			withBlock('map', 'caption: A map.\ncountries:\n  - KZ\n  - UZ\n  - KZ'),
			`${x}:17:5: map.countries[3]: "KZ" is given twice. Keep one of them.`,
		],
		[
			'latitude before longitude, outside of the countries',
			withBlock('map', 'caption: A map.\ncountries: [KZ]\nplaces:\n  - { name: Ulken, at: [45.21, 73.98] }'),
			`${x}:16:20: map.places[1].at: lies far from the rest of the map, but not the other way round. Did you swap them? Write longitude first, [73.98, 45.21]; if it is right, add the place to content/gazetteer.yaml.`,
		],
		[
			'latitude before longitude, far from a place of the gazetteer',
			withBlock('map', 'caption: A map.\nroute: [astana, { name: Ulken, at: [45.21, 73.98] }]'),
			`${x}:14:32: map.route[2].at: lies far from the rest of the map, but not the other way round. Did you swap them?`,
		],
		[
			'latitude before longitude in the gazetteer',
			{
				'gazetteer.yaml': `${gazetteer.replace(/nowhere.*\n/, '')}ulken: { name: Ulken, at: [45.21, 73.98], country: KZ, source: A }\n`,
			},
			'gazetteer.yaml:3:23: ulken.at: does not lie in KZ, but does so the other way round. Did you swap them? Write longitude first, [73.98, 45.21].',
		],
		[
			'a bar without a year',
			withBlock('chart', `caption: A\nunit: tonnes\n${bars}\nsource: { name: B }`),
			`${x}:15:8: chart.bars[1]: has no year. Give it one, or give the chart the year of all its figures.`,
		],
		[
			'a bar that is text',
			withBlock('chart', `caption: A\nunit: tonnes\nyear: 2024\n${bars.replace('1', "'1'")}\nsource: { name: B }`),
			`${x}:16:20: chart.bars[1].value: is "1", but must be a number. Write 1, with digits and a point alone, without quotes.`,
		],
		[
			'a chart without a source',
			withBlock('chart', `caption: A\nunit: tonnes\nyear: 2024\n${bars}`),
			`${x}:13:1: chart.source: is missing. It is wanted as: Where the figures come from.`,
		],
		[
			'a row that is too short',
			withBlock('table', 'caption: A\ncolumns: [B, C]\nrows: [[1, 2], [3]]'),
			`${x}:15:16: table.rows[2]: has 1 entries, but there are 2 columns. Give as many.`,
		],
		[
			'a date that does not exist',
			withBlock('timeline', 'caption: A\nevents: [{ date: 2025-02-30, text: B }]'),
			`${x}:14:12: timeline.events[1].date: "2025-02-30" is not a date. Write a year, a month or a day: "2025", 2025-06 or 2025-06-16.`,
		],
		[
			'two figures above the text',
			{
				[x]: articleFile({
					lead: '{ map: { countries: [KZ], caption: A }, timeline: { caption: A, events: [{ date: 2025-06, text: B }] } }',
				}),
			},
			`${x}:8:1: lead: holds more than one figure, or none. Give one picture, map, chart, table or timeline.`,
		],
		[
			'an unknown place above the text',
			{ [x]: articleFile({ lead: '{ map: { places: [atsana], caption: A } }' }) },
			`${x}:8:25: lead.map.places[1]: "atsana" is not in content/gazetteer.yaml. Did you mean "astana"?`,
		],
		[
			'a picture of an article without a folder',
			{ [x]: articleFile({ lead: `{ picture: { file: a.jpg, ${pictureFields} } }` }) },
			`${x}:8:20: lead.picture.file: "a.jpg" has no place: this article has no folder of its own. Move the article to <slug>/index.md and put the picture into that folder.`,
		],
		[
			'a picture elsewhere',
			{ [index]: articleFile({ lead: `{ picture: { file: ../../secret.jpg, ${pictureFields} } }` }) },
			`${index}:8:20: lead.picture.file: "../../secret.jpg" is not the name of a picture beside the article. Write a name such as harbour.jpg: letters, digits, hyphens, and .jpg, .png, .webp or .avif.`,
		],
		[
			'a figure on a page about the paper',
			{
				'pages/about.md': '---\ntitle: A\nstandfirst: B.\n---\n\nText.\n\n```map\ncountries: [KZ]\ncaption: C.\n```\n',
			},
			`pages/about.md:8:1: The text holds a map, which only articles can have. Remove it.`,
		],
	])('%s', async (_, files, message) => {
		const problems = await problemsIn({
			'gazetteer.yaml': gazetteer.replace(/nowhere.*\n/, ''),
			...files,
		});
		expect(problems).toEqual([expect.stringContaining(message)]);
	});

	test('a place with a fault is reported at its own place alone', async () => {
		const files = { 'gazetteer.yaml': gazetteer, ...withBlock('map', 'caption: A map.\nplaces: [nowhere]') };
		expect(await problemsIn(files)).toEqual([expect.stringMatching(/^gazetteer\.yaml:3:32: nowhere\.at/)]);
	});

	test('a picture that is not there, with a suggestion', async () => {
		const files = {
			[index]: articleFile({ lead: `{ picture: { file: harbor.jpg, ${pictureFields} } }` }),
			'articles/2025/06/x/harbour.jpg': await makePhotograph(8, 8),
		};
		expect(await problemsIn(files)).toEqual([
			`${index}:8:20: lead.picture.file: "harbor.jpg" is not beside the article. Did you mean "harbour.jpg"?`,
		]);
	});

	test.each([
		['Harbour.JPG', 'harbour.jpg'],
		['harbour.jpg', 'Harbour.JPG'],
	])('a picture called %s where it is %s', async (written, name) => {
		const files = {
			[index]: articleFile({ lead: `{ picture: { file: ${written}, ${pictureFields} } }` }),
			[`articles/2025/06/x/${name}`]: await makePhotograph(8, 8),
		};
		expect(await problemsIn(files)).toEqual([
			`${index}:8:20: lead.picture.file: "${written}" is not beside the article. Did you mean "${name}"?`,
		]);
	});

	test('a picture that nothing shows', async () => {
		const files = { [index]: articleFile(), 'articles/2025/06/x/a.jpg': await makePhotograph(8, 8) };
		expect(await problemsIn(files)).toEqual([
			'articles/2025/06/x/a.jpg: lies beside the article, but nothing there shows it. Show it in a picture, or move it away.',
		]);
	});

	test('a picture that cannot be read, by the name of its file', async () => {
		const photograph = await makePhotograph(600, 400);
		const faultOf = async (name: string, content: string | Uint8Array) => {
			const lead = `{ picture: { file: ${name}, ${pictureFields} } }`;
			const [problem, ...others] = await problemsIn({
				[index]: articleFile({ lead }),
				[`articles/2025/06/x/${name}`]: content,
			});
			expect(others).toEqual([]);
			return problem;
		};
		expect(await faultOf('a.jpg', 'no picture')).toMatch(
			/^articles\/2025\/06\/x\/a\.jpg: cannot be read as a picture \(.+\)\. Export it again as JPEG, PNG, WebP or AVIF\.$/,
		);
		expect(await faultOf('a.jpg', photograph.subarray(0, photograph.length / 2))).toContain('cannot be read');
		expect(await faultOf('a.png', photograph)).toContain(
			'is a picture of the format jpeg, which its name does not say',
		);
		expect(await faultOf('a.jpg', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')).toContain(
			'format svg',
		);
	});
});

test.each([
	['x', 'is "x", but must be a number. Write one such as 43.82, with digits and a point alone, without quotes.'],
	['43,82', 'is "43,82", but must be a number. Write 43.82, with digits and a point alone, without quotes.'],
	['"43.82"', 'is "43.82", but must be a number. Write 43.82, with digits and a point alone, without quotes.'],
	['1 234.5', 'is "1 234.5", but must be a number. Write 1234.5, with'],
	['1,234.5', 'is "1,234.5", but must be a number. Write 1234.5, with'],
	['1,234', 'is "1,234", but must be a number. Write one such as 43.82, with'],
	['43.82 bn', 'is "43.82 bn", but must be a number. Write one such as 43.82, with'],
])('a figure written as %s is told with its mend', async (value, message) => {
	const yaml = `caption: A\nunit: t\nyear: 2024\nbars:\n  - label: A\n    value: ${value}\nsource: { name: B }`;
	expect(await problemsIn(withBlock('chart', yaml))).toEqual([
		expect.stringContaining(`${x}:18:5: chart.bars[1].value: ${message}`),
	]);
});

test.each<[what: string, kind: string, yaml: string, message: string]>([
	[
		'a comma in a number between braces',
		'chart',
		'caption: A\nunit: t\nyear: 2024\nsource: { name: B }\nbars: [{ label: A, value: 43,82 }]',
		'17:30: chart.bars[1].82: is not a field. A comma parts fields here: write a number with a point, 43.82, and a position as [73.98, 45.21].',
	],
	[
		'a position without brackets',
		'map',
		'caption: A\nplaces:\n  - { name: A, at: 73.98, 45.21 }',
		'15:27: map.places[1].45.21: is not a field. A comma parts fields here',
	],
	[
		'a position in quotes',
		'map',
		'caption: A\nplaces:\n  - { name: A, at: ["73.98", 45.21] }',
		'15:21: map.places[1].at[1]: is "73.98", but must be a number. Write 73.98, with',
	],
	[
		'a position of four numbers',
		'map',
		'caption: A\nplaces:\n  - { name: A, at: [73,9, 45,2] }',
		'15:16: map.places[1].at: is no position. Write two numbers with points, longitude first: [73.98, 45.21].',
	],
	[
		'an unknown field of a place',
		'map',
		'caption: A\nplaces:\n  - { nam: A, at: [73.98, 45.21] }',
		'15:7: map.places[1].nam: is not a field. Did you mean "name"?',
	],
	[
		'a comma in a number of a row',
		'table',
		'caption: A\ncolumns: [B, C]\nrows:\n  - [Exports, 13,7]',
		'16:5: table.rows[1]: has 3 entries, but there are 2 columns. Give as many; a number has a point, 13.7, and no comma.',
	],
])('%s is told with its mend', async (_, kind, yaml, message) => {
	expect((await problemsIn(withBlock(kind, yaml))).join('\n')).toContain(`${x}:${message}`);
});

describe('a map that can be published', () => {
	test.each([
		[
			'of two cities that lie near each other when one is turned round',
			'places: [moscow, { name: Ashgabat, at: [58.38, 37.95] }]',
		],
		[
			'of the same two, written out',
			'places: [{ name: Moscow, at: [37.62, 55.75] }, { name: Ashgabat, at: [58.38, 37.95] }]',
		],
		['of a country and a city far from it', 'countries: [TM]\nplaces: [{ name: Moscow, at: [37.62, 55.75] }]'],
		['of a launch site that another country rents', 'countries: [KZ]\nplaces: [{ name: Baikonur, at: [63.3, 45.96] }]'],
		['of a platform at sea', 'countries: [KZ]\nplaces: [{ name: Kashagan, at: [51.5, 46.3] }]'],
		['of two continents', 'places: [astana, { name: Chicago, at: [-87.63, 41.88] }]'],
		['of places that a map would turn round, from the gazetteer', 'places: [murmansk, kabul]'],
	])('%s', async (_, fields) => {
		const files = {
			'gazetteer.yaml': [
				gazetteer.replace(/nowhere.*\n/, ''),
				'moscow: { name: Moscow, at: [37.62, 55.75], country: RU, source: A }',
				'murmansk: { name: Murmansk, at: [33.08, 68.97], country: RU, source: A }',
				'kabul: { name: Kabul, at: [69.17, 34.53], country: AF, source: A }',
				'baikonur: { name: Baikonur, at: [63.3, 45.96], country: KZ, source: A }',
				'kashagan: { name: Kashagan, at: [51.5, 46.3], country: KZ, source: A }',
				'funafuti: { name: Funafuti, at: [179.2, -8.52], country: TV, source: A }',
				'cayenne: { name: Cayenne, at: [-52.33, 4.92], country: FR, source: A }',
				'saint-denis: { name: Saint-Denis, at: [55.45, -20.88], country: RE, source: A }',
			].join('\n'),
			...withBlock('map', `caption: A map.\n${fields}`),
		};
		expect(await problemsIn(files)).toEqual([]);
	});
});

test('the figures that the README shows can be published', async () => {
	const readme = await readFile('README.md', 'utf8');
	const examples = [...readme.matchAll(/^```yaml\n(.*?)^```$/gms)]
		.flatMap(([, yaml = '']) => yaml.split('---\n'))
		.filter((yaml) => /^(?:map|chart|table|timeline):/.test(yaml));
	expect(examples.length).toBeGreaterThan(3);
	const entry = /none yet:\n\n```yaml\n(.*?)^```$/ms.exec(readme)?.[1] ?? '';
	const named = /^\w+(?=:)/.exec(entry)?.[0] ?? '';
	expect(
		await problemsIn({ 'gazetteer.yaml': entry, ...withBlock('map', `caption: A map.\nplaces: [${named}]`) }),
	).toEqual([]);
	for (const yaml of examples) {
		const files = {
			'gazetteer.yaml': await readFile('content/gazetteer.yaml', 'utf8'),
			[x]: articleFile({ lead: `\n${yaml.trimEnd().replace(/^/gm, '  ')}` }),
		};
		expect(await problemsIn(files), yaml).toEqual([]);
	}
});

describe('a chart', () => {
	const chart = (values: readonly number[]) => ({
		kind: 'chart' as const,
		...figureSchemas.chart.parse({
			caption: 'A',
			unit: 'tonnes',
			year: 2024,
			bars: values.map((value) => ({ label: 'B', value })),
			source: { name: 'C' },
		}),
	});
	test('keep a figure and its note on one line', () => {
		const { bars, ...rest } = chart([3.86]);
		const noted = { ...rest, bars: bars.map((bar) => ({ ...bar, note: 'about' })) };
		expect(toBars(noted).map(({ value }) => value)).toEqual(['about\u00A03.86']);
	});

	const extents = (values: readonly number[]) => toBars(chart(values)).map(({ start, length }) => [start, length]);

	test('has bars that begin at zero, as long as their figures', () => {
		expect(extents([50, 100, 0])).toEqual([
			[0, 50],
			[0, 100],
			[0, 0],
		]);
	});

	test('has bars to the left of zero where figures are negative', () => {
		expect(extents([30, -10])).toEqual([
			[25, 75],
			[0, 25],
		]);
		expect(extents([-1, -2])).toEqual([
			[50, 50],
			[0, 100],
		]);
	});

	test('of nothing but zeros has no bars', () => {
		expect(extents([0, 0])).toEqual([
			[0, 0],
			[0, 0],
		]);
	});

	test.each([
		['China', 'Chinese customs', 'China. Source: Chinese customs.'],
		['What China buys.', 'Customs Inc.', 'What China buys. Source: Customs Inc.'],
		['“Who buys?”', 'Customs', '“Who buys?” Source: Customs.'],
	])('called %s has in feeds its caption and its source in sentences', (caption, name, expected) => {
		const html = toFeedHtml({ ...chart([1]), caption, source: { name } }, undefined, '');
		expect(/<figcaption>(.*)<\/figcaption>/.exec(html)?.[1]).toBe(expected);
	});

	test('becomes for feeds a table whose texts cannot break out of it', () => {
		const html = toFeedHtml({ ...chart([1]), caption: '</table><script>' }, undefined, '');
		expect(html).toBe(
			'<figure><table><thead><tr><th></th><th>tonnes, 2024</th></tr></thead><tbody><tr><td>B</td><td>1</td></tr></tbody></table><figcaption>&#60;/table&#62;&#60;script&#62;. Source: C.</figcaption></figure>',
		);
	});
});
