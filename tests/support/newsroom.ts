import { type Entries, type Newsroom, toNewsroom } from '../../src/domain/newsroom.ts';
import type { Article } from '../../src/domain/articles.ts';
import type { Tag } from '../../src/domain/tags.ts';
import { articleSchema } from '../../src/schemas/article.ts';
import { authorSchema } from '../../src/schemas/author.ts';
import { commentSchema } from '../../src/schemas/comment.ts';
import { frontSchema } from '../../src/schemas/front.ts';
import { sectionSchema, tagSchema } from '../../src/schemas/vocabulary.ts';

/** A clock after everything that the makers below publish unless told otherwise. */
export const now = Date.parse('2025-07-01T00:00:00Z');

/** Front matter as editors write it; what is left out has a usual value. */
export type Written = Readonly<Record<string, unknown>>;

const sections = ['politics', 'trade'].map((id) => ({
	id,
	file: 'content/sections.yaml',
	data: sectionSchema.parse({ name: id === 'politics' ? 'Politics' : 'Trade' }),
}));
const tags = [
	{ id: 'china', name: 'China', kind: 'place' },
	{ id: 'xi-jinping', name: 'Xi Jinping', kind: 'person', aliases: ['XI', 'Си'] },
	{ id: 'afp', name: 'AFP', kind: 'organisation', formerly: ['agency'] },
	{ id: 'treaty', name: 'Treaty', kind: 'topic' },
].map(({ id, ...tag }) => ({ id, file: 'content/tags.yaml', data: tagSchema.parse(tag) }));
const authors = [
	{ id: 'a', name: 'Anna Author', description: 'Writes.' },
	{ id: 'b', name: 'Bela Byline', description: 'Writes too.' },
].map(({ id, ...author }) => ({ id, file: `content/authors/${id}.yaml`, data: authorSchema.parse(author) }));

/**
 * Makes checked content through the real schemas.
 * @param comments by article id and comment id: `2025/06/x/one`
 * @param front the editor's choice for the home page
 */
export function makeEntries(
	articles: Readonly<Record<string, Written>>,
	comments: Readonly<Record<string, Written>> = {},
	front: Written = {},
): Entries {
	return {
		articles: Object.entries(articles).map(([id, fields]) => ({
			id,
			file: `content/articles/${id}.md`,
			data: {
				...articleSchema.parse({
					title: `Headline of ${id}`,
					standfirst: 'A standfirst.',
					publishedAt: `${id.slice(0, 7).replace('/', '-')}-16`,
					section: 'politics',
					authors: ['a'],
					tags: ['china'],
					...fields,
				}),
				lead: undefined,
				figures: [],
				version: '',
			},
		})),
		authors,
		comments: Object.entries(comments).map(([id, fields]) => ({
			id,
			file: `content/comments/${id}.yaml`,
			data: commentSchema.parse({
				name: 'Reader',
				writtenAt: '2025-06-20',
				approvedAt: '2025-06-21',
				text: 'A comment.',
				...fields,
			}),
		})),
		front: [{ id: 'front', file: 'content/front.yaml', data: frontSchema.parse(front) }],
		sections,
		tags,
	};
}

/** Makes a newsroom of what {@link makeEntries} makes. */
export function makeNewsroom(
	articles: Readonly<Record<string, Written>>,
	comments: Readonly<Record<string, Written>> = {},
	clock = now,
	front: Written = {},
): Newsroom {
	return toNewsroom(makeEntries(articles, comments, front), clock);
}

/** Makes tags through the real schema, by their ids; what is left out has a usual value. */
export function makeTags(tags: Readonly<Record<string, Written>>): Tag[] {
	return Object.entries(tags).map(([id, fields]) => ({
		id,
		...tagSchema.parse({ name: id, kind: 'topic', ...fields }),
	}));
}

/** Makes one article through the real schemas. */
export function makeArticle(fields: Written = {}, id = '2025/06/x'): Article {
	const [article] = makeNewsroom({ [id]: fields }).articles;
	if (!article) throw new Error('No article was made.');
	return article;
}
