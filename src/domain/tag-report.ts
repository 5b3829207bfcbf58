import { byNewest } from './articles.ts';
import type { Newsroom } from './newsroom.ts';
import { findLikenesses } from './tag-likeness.ts';
import { toLabelKey } from './labels.ts';
import type { Tag } from './tags.ts';

/** A tag and how many articles have it, published or not. */
interface TagCount {
	id: string;
	name: string;
	articles: number;
}

/** What an article gives as a tag, and the vocabulary does not have. */
export interface UnknownTag {
	label: string;
	/** The article's file. */
	file: string;
	/** What to do, as sentences. */
	advice: string;
}

/** What an editor may want to mend in the vocabulary and in how articles use it; its shape is promised to programs. */
export interface TagReport {
	/** How many tags the vocabulary has. */
	tags: number;
	/** How many articles the newsroom has, published or not. */
	articles: number;
	/** Tags of articles that are not in the vocabulary, and keep the paper from being published. */
	unknown: { label: string; advice: string; files: string[] }[];
	/** Tags that no article has. */
	unused: TagCount[];
	/** Tags that only articles have which readers cannot see, yet or any more. */
	unpublished: TagCount[];
	/** Tags that one article has, with its file. */
	once: (TagCount & { file: string })[];
	/** Pairs that may be one subject, with the reason and the command that merges the less used into the other. */
	duplicates: { from: TagCount; into: TagCount; reason: string; command: string }[];
	/** Articles with fewer than three tags, newest first. */
	fewTags: { file: string; tags: number }[];
	/** Tags without a description. */
	undescribed: TagCount[];
}

const fewest = 3;

/**
 * Returns what an editor may want to mend. Tags are ordered by their id, duplicates by how many articles they have.
 * @param unknown tags of the articles beside those of the vocabulary
 */
export function toTagReport({ tags, articles, retracted }: Newsroom, unknown: readonly UnknownTag[] = []): TagReport {
	const articlesOf = new Map(tags.map((tag) => [tag.id, articles.slice(0, 0)]));
	for (const article of articles) for (const { id } of article.tags) articlesOf.get(id)?.push(article);
	const hidden = new Set(retracted.flatMap(({ stoodIn }) => stoodIn.tags));
	const using = ({ id }: Tag) => articlesOf.get(id) ?? [];
	const toCount = (tag: Tag): TagCount => ({ id: tag.id, name: tag.name, articles: using(tag).length });
	const ordered = tags.toSorted((a, b) => (a.id < b.id ? -1 : 1));
	const tagsThat = (isMeant: (tag: Tag) => boolean) => ordered.filter(isMeant).map(toCount);
	const byUse = ordered.toSorted((a, b) => using(b).length - using(a).length);
	return {
		tags: tags.length,
		articles: articles.length,
		unknown: toUnknown(unknown),
		unused: tagsThat((tag) => using(tag).length === 0 && !hidden.has(tag.id)),
		unpublished: tagsThat(
			(tag) =>
				(using(tag).length > 0 || hidden.has(tag.id)) && using(tag).every(({ status }) => status !== 'published'),
		),
		once: ordered.flatMap((tag) => {
			const [article, ...others] = using(tag);
			return article && others.length === 0 ? [{ ...toCount(tag), file: article.file }] : [];
		}),
		duplicates: findLikenesses(byUse).map(({ first, second, reason }) => ({
			from: toCount(second),
			into: toCount(first),
			reason: first.kind === second.kind ? reason : `${reason}, of the kinds ${first.kind} and ${second.kind}`,
			command: `npm run tags -- merge ${second.id} ${first.id}`,
		})),
		fewTags: articles
			.filter((article) => article.tags.length < fewest)
			.sort(byNewest)
			.map(({ file, tags }) => ({ file, tags: tags.length })),
		undescribed: tagsThat(({ description }) => description === undefined),
	};
}

/** Joins what differs in writing alone, as {@link toLabelKey} says. */
function toUnknown(tags: readonly UnknownTag[]): TagReport['unknown'] {
	const byKey = new Map<string, TagReport['unknown'][number]>();
	for (const { label, file, advice } of tags) {
		const key = toLabelKey(label);
		const known = byKey.get(key);
		if (!known) byKey.set(key, { label, advice, files: [file] });
		else if (!known.files.includes(file)) known.files.push(file);
	}
	return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tag]) => tag);
}
