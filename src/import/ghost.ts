import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'astro/zod';
import { toDate } from './files/dates.ts';
import { toPlainLine } from './html-text.ts';
import { type LeftOut, savingsOf } from './post.ts';
import type { RawPaper, RawPost } from './raw.ts';

const text = z.string().nullish();
const id = z.union([z.string(), z.number()]).transform(String);
const ordered = { sort_order: z.number().default(0) };

const postSchema = z.object({
	id,
	title: text,
	slug: text,
	html: text,
	plaintext: text,
	feature_image: text,
	type: z.string().optional(),
	page: z.union([z.boolean(), z.number()]).optional(),
	status: z.string().default('draft'),
	visibility: z.string().default('public'),
	custom_excerpt: text,
	locale: text,
	created_at: text,
	published_at: text,
});

const dataSchema = z.object({
	posts: z.array(postSchema),
	posts_meta: z.array(z.object({ post_id: id, feature_image_alt: text, feature_image_caption: text })).default([]),
	tags: z.array(z.object({ id, name: z.string(), slug: text, visibility: z.string().default('public') })).default([]),
	posts_tags: z.array(z.object({ post_id: id, tag_id: id, ...ordered })).default([]),
	users: z.array(z.object({ id, name: z.string(), slug: text })).default([]),
	posts_authors: z.array(z.object({ post_id: id, author_id: id, ...ordered })).default([]),
	settings: z.array(z.object({ key: z.string(), value: z.unknown() })).default([]),
});
type Data = z.infer<typeof dataSchema>;

/** Newer exports wrap the data, older ones do not. */
const exportSchema = z.union([
	z.object({ db: z.array(z.object({ data: dataSchema })).min(1) }).transform(({ db: [first] }) => first?.data),
	z.object({ data: dataSchema }).transform(({ data }) => data),
]);

/** Stands before a part of a text that only some readers saw. */
const gate = '<!--kg-gated-block:begin';

/** Stands in exports of Ghost for the address of the paper. */
const ghostUrl = /__GHOST_URL__/g;

/** Reads an export of Ghost. @throws Error where the file is none */
export async function readGhost(file: string): Promise<RawPaper> {
	const data = parse(await readFile(file, 'utf8'));
	if (!data) throw new Error(`${file} is no export of Ghost: it has no posts. Export it there under Settings, Labs.`);
	const setting = (key: string) => {
		const value = data.settings.find((one) => one.key === key)?.value;
		return typeof value === 'string' && value !== '' ? value : undefined;
	};
	const leftOut: LeftOut[] = [];
	const posts = data.posts.flatMap((post): RawPost[] => {
		if ((post.html ?? '').trim() !== '') return [toPost(post, data, setting('lang') ?? setting('locale'))];
		leftOut.push({ what: `/${post.slug ?? post.id}/ has no text as HTML`, count: 1 });
		return [];
	});
	return {
		title: setting('title') ?? basename(file, '.json'),
		address: setting('url'),
		posts,
		leftOut: () => [...leftOut, savingsOf('Ghost')],
	};
}

function parse(json: string): Data | undefined {
	try {
		return exportSchema.safeParse(JSON.parse(json)).data;
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}

function toPost(post: Data['posts'][number], data: Data, language: string | undefined): RawPost {
	const isPage = post.type === 'page' || post.page === true || post.page === 1;
	const meta = data.posts_meta.find(({ post_id }) => post_id === post.id);
	const termsOf = <T extends { id: string }>(links: readonly { id: string; order: number }[], terms: readonly T[]) =>
		links.toSorted((a, b) => a.order - b.order).flatMap((link) => terms.find((term) => term.id === link.id) ?? []);
	const ofPost = ({ post_id }: { post_id: string }) => post_id === post.id;
	const tags = termsOf(
		data.posts_tags.filter(ofPost).map(({ tag_id, sort_order }) => ({ id: tag_id, order: sort_order })),
		data.tags,
	).filter(({ name, visibility }) => visibility !== 'internal' && !name.startsWith('#'));
	const authors = termsOf(
		data.posts_authors.filter(ofPost).map(({ author_id, sort_order }) => ({ id: author_id, order: sort_order })),
		data.users,
	);
	const [section, ...others] = tags.map(({ name, slug }) => ({
		name,
		slug: slug ?? undefined,
		oldAddresses: [`/tag/${slug ?? ''}/`],
	}));
	const isForMembers = post.visibility !== 'public';
	const isGated = post.html?.includes(gate) === true;
	// What was due at a time that is not known, or has no date here, would be seen at once.
	const isDue = post.status === 'scheduled' && !isPage && toDate(post.published_at ?? undefined) !== undefined;
	const slug = post.slug ?? '';
	return {
		key: `ghost ${post.id}`,
		kind: isPage ? 'page' : 'article',
		origin: `/${slug}/`,
		title: post.title ?? '',
		slug,
		publishedAt: toDate(post.published_at ?? post.created_at ?? undefined),
		isDraft: (post.status !== 'published' && !isDue) || isForMembers || isGated,
		oldAddresses: [`/${slug}/`],
		standfirst: post.custom_excerpt?.replace(/\s+/g, ' ').trim() ?? undefined,
		text: () => ({ html: (post.html ?? '').replace(ghostUrl, ''), footnotes: new Map() }),
		base: `/${slug}/`,
		locate: toFile,
		lead:
			post.feature_image == null || post.feature_image === ''
				? undefined
				: {
						address: post.feature_image.replace(ghostUrl, ''),
						alt: meta?.feature_image_alt ?? undefined,
						caption: toPlainLine(meta?.feature_image_caption ?? ''),
					},
		authors: authors.map(({ name, slug: own }) => ({
			name,
			slug: own ?? undefined,
			oldAddresses: [`/author/${own ?? ''}/`],
		})),
		section,
		tags: others,
		comments: [],
		language: post.locale ?? language,
		notes: [
			...(isForMembers ? [`it was for ${post.visibility} alone: it is a draft here`] : []),
			...(isGated ? ['a part of it was for some readers alone: it is a draft here'] : []),
		],
	};
}

/** Exports leave files out; people copy the folder `content/images` from the server. */
function toFile(address: string): string {
	return address.replace(/^.*?\/?content\/images\/(?:size\/\w+\/)?/, 'images/');
}
