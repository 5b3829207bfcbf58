import type { z } from 'astro/zod';
import { articleSchema } from '../../src/schemas/article.ts';
import { authorSchema } from '../../src/schemas/author.ts';
import { commentSchema } from '../../src/schemas/comment.ts';
import { figureSchemas, gazetteerPlaceSchema } from '../../src/schemas/figure.ts';
import { frontSchema } from '../../src/schemas/front.ts';
import { moderationSchema } from '../../src/schemas/moderation.ts';
import { pageSchema } from '../../src/schemas/page.ts';
import { sectionSchema, tagSchema } from '../../src/schemas/vocabulary.ts';
import { articleFile, newsroomFiles } from './content.ts';

/** Something that editors write, with every field that its schema has; where two exclude each other, two examples. */
export interface Example {
	name: string;
	/** Examples of one schema share it: together they have all its fields. */
	schema: z.ZodType;
	/** Its path in the content folder; a star stands for the name of its own that each can have. */
	file: string;
	/** What stands before the fields in the name of one: the id of a tag, the kind of a figure. */
	prefix: readonly string[];
	fields: Readonly<Record<string, unknown>>;
	/** Whether it takes long where nothing is wrong with it: maps are drawn. */
	isSlow?: boolean;
	/** Only what lies in this field is looked at; nothing stands for all. */
	under?: string;
	/** Returns the whole file with these lines of YAML, how many lines stand before them, and the line of them all. */
	wrap(yaml: readonly string[]): { text: string; before: number; head: number };
}

/** Stands in values for a name that each example has for itself. */
export const ownName = 'a-name-of-its-own';

/** Returns the path of the article that an example of a name translates: each its own, as a language has one translation. */
export function toOriginal(name: string): string {
	return `2025/06/original-of-${name}`;
}

const [withPictures, withoutPictures] = ['articles/2025/06/*/index.md', 'articles/2025/06/*.md'];
const url = 'https://a.example/';
const source = { name: 'The Office', url };
const place = { name: 'Ulken', at: [73.98, 45.21], isArea: false };

const article = {
	title: 'A headline',
	standfirst: 'A standfirst.',
	publishedAt: '2025-06-16',
	updatedAt: '2025-06-17',
	section: 'politics',
	authors: ['desk'],
	tags: ['China', 'xi-jinping'],
	source: { name: 'AFP', title: 'The original', url, relation: 'retold', basedOn: 'A report' },
	sources: [{ name: 'The Times', title: 'A story', url, date: '2025-06-10' }],
	corrections: [{ at: '2025-06-18', text: 'A year was wrong.', was: '2023', is: '2024' }],
	retracted: { at: '2025-06-19', reason: 'It was wrong.' },
	formerPaths: [`2025/05/${ownName}`],
	lang: 'ru',
	translationOf: toOriginal(ownName),
	draft: false,
};
const bar = { label: '2024', value: 94.8, year: 2024, note: 'about' };
const picture = { file: 'blue.jpg', alt: 'Blue.', caption: 'A caption.', credit: 'The Desk' };
const chart = { caption: 'Trade.', unit: 'dollars', bars: [bar], source };
/** Two of a chart: its year stands once for all, or with each bar. */
const figures: readonly [kind: keyof typeof figureSchemas, fields: Readonly<Record<string, unknown>>][] = [
	['picture', picture],
	['map', { places: ['almaty', place], route: ['almaty', place], countries: ['KZ'], caption: 'A map.', credit: 'A' }],
	['chart', chart],
	['chart', { ...chart, year: 2024, bars: [{ label: '2024', value: 94.8, note: 'about' }] }],
	['table', { caption: 'A table.', columns: ['Year', 'Sum'], rows: [['2024', 94.8]], source }],
	['timeline', { caption: 'What came.', events: [{ date: '2025-06', text: 'It began.' }], source }],
];

const markdown = (yaml: readonly string[]) => ({ text: `---\n${yaml.join('\n')}\n---\n\nText.\n`, before: 1, head: 2 });
const plain = (yaml: readonly string[]) => ({ text: `${yaml.join('\n')}\n`, before: 0, head: 1 });
/** Below its id and beside what is there already. */
const keyed = (id: string, beside = '') => ({
	prefix: [id],
	wrap: (yaml: readonly string[]) => ({
		text: `${beside}${id}:\n${yaml.map((line) => `  ${line}\n`).join('')}`,
		before: beside.split('\n').length,
		head: beside.split('\n').length,
	}),
});
const inBlock = (kind: string) => (yaml: readonly string[]) => {
	const head = articleFile({}, `Text.\n\n\`\`\`${kind}\n`);
	const before = head.split('\n').length - 1;
	return { text: `${head}${yaml.join('\n')}\n\`\`\`\n`, before, head: before + 1 };
};

/** At least one of every schema. */
export const examples: readonly Example[] = [
	{ name: 'article', schema: articleSchema, file: withoutPictures, prefix: [], fields: article, wrap: markdown },
	{
		name: 'author',
		schema: authorSchema,
		file: 'authors/*.yaml',
		prefix: [],
		fields: { name: 'The Desk', kind: 'organisation', description: 'The newsroom.', url },
		wrap: plain,
	},
	{
		name: 'comment',
		schema: commentSchema,
		file: 'comments/2025/06/x/*.yaml',
		prefix: [],
		fields: {
			name: 'A',
			writtenAt: '2025-06-16',
			approvedAt: '2025-06-16',
			text: 'Yes.',
			replyTo: 'one',
			isEdited: true,
			isDesk: true,
		},
		wrap: plain,
	},
	{
		name: 'front',
		schema: frontSchema,
		file: 'front.yaml',
		prefix: [],
		fields: {
			lead: { article: '2025/06/x', until: '2025-07-02' },
			pins: [{ article: '2025/06/y', until: '2025-07-02' }],
		},
		wrap: plain,
	},
	{
		name: 'moderation',
		schema: moderationSchema,
		file: 'moderation.yaml',
		prefix: [],
		fields: {
			closeAfterDays: 30,
			minSeconds: 4,
			maxLinks: 2,
			words: ['casino'],
			perAddress: 5,
			perArticle: 100,
		},
		wrap: plain,
	},
	{
		name: 'page',
		schema: pageSchema,
		file: 'pages/*.md',
		prefix: [],
		fields: { title: 'About', standfirst: 'About the paper.', lang: 'ru' },
		wrap: markdown,
	},
	{
		name: 'tags',
		schema: tagSchema,
		file: 'tags.yaml',
		fields: {
			name: 'Astana',
			kind: 'place',
			aliases: ['Nur-Sultan'],
			description: 'The capital.',
			broader: 'china',
			sameAs: url,
			formerly: ['akmola'],
		},
		...keyed('astana', newsroomFiles['tags.yaml']),
	},
	{
		name: 'sections',
		schema: sectionSchema,
		file: 'sections.yaml',
		fields: { name: 'Politics', description: 'Of states.' },
		...keyed('politics'),
	},
	{
		name: 'gazetteer',
		schema: gazetteerPlaceSchema,
		file: 'gazetteer.yaml',
		fields: { name: 'Almaty', at: [76.92, 43.25], country: 'KZ', source: 'GeoNames', isArea: false },
		...keyed('almaty'),
	},
	...figures.flatMap(([kind, fields]): Example[] => [
		{
			name: `lead: ${kind}`,
			schema: articleSchema,
			file: kind === 'picture' ? withPictures : withoutPictures,
			prefix: [],
			fields: { ...article, lead: { [kind]: fields } },
			under: 'lead',
			isSlow: kind === 'map',
			wrap: markdown,
		},
		{
			name: `block: ${kind}`,
			schema: figureSchemas[kind],
			file: kind === 'picture' ? withPictures : withoutPictures,
			prefix: [kind],
			fields,
			isSlow: kind === 'map',
			wrap: inBlock(kind),
		},
	]),
];

/** A newsroom in which each of the examples can stand. */
export const filesAroundExamples: Readonly<Record<string, string>> = {
	...newsroomFiles,
	'gazetteer.yaml': 'almaty: { name: Almaty, at: [76.92, 43.25], country: KZ, source: GeoNames }\n',
	'front.yaml': '',
	'moderation.yaml': '',
	'articles/2025/06/x.md': articleFile(),
	'articles/2025/06/y.md': articleFile({ lang: 'kk' }),
	'comments/2025/06/x/one.yaml': 'name: A\nwrittenAt: 2025-06-16\napprovedAt: 2025-06-16\ntext: Yes.\n',
};

/** The name of the picture that the examples show, which lies beside each that may show it. */
export const pictureName = picture.file;
