import { type Article, type Status, statusOf } from '../domain/articles.ts';
import { type Comment, commentsIn } from '../domain/comments.ts';
import { toNewsroom } from '../domain/newsroom.ts';
import { type Paper, toPaper } from '../domain/paper.ts';
import type { ArticleEntry } from '../loaders/articles.ts';
import { type Circumstances, type Content, readSoundContent } from '../loaders/newsroom.ts';

/** What an export holds beside what readers can see. */
export interface Extent {
	/** Drafts, and whatever is dated in the future. */
	drafts: boolean;
	/** The texts of articles that were retracted. */
	retracted: boolean;
}

/** An article with the entry that it was made of. */
export interface Holding {
	article: Article;
	entry: ArticleEntry;
	status: Status;
	/** As a page shows them. */
	comments: readonly Comment[];
}

/** What is to be exported. */
export interface Collection {
	/** The oldest first, so that whatever counts them goes on with the next. */
	holdings: readonly Holding[];
	pages: Content['pages'];
	paper: Paper;
	/** How many articles were left out, by why. */
	leftOut: Readonly<Record<Exclude<Status, 'published'>, number>>;
	/** Whether what is dated in the future is part of it. */
	extent: Extent;
}

/**
 * Reads what is to be exported: what the publish rule shows to readers, and what was asked for beside it.
 * @throws ContentError where the content could not be published as it is
 */
export async function collect(folder: string, circumstances: Circumstances, extent: Extent): Promise<Collection> {
	const content = await readSoundContent(folder, circumstances);
	const { now } = circumstances;
	const statuses = new Map(content.articles.map(({ id, data }) => [id, statusOf(data, now)]));
	const isWanted = ({ id }: { id: string }) => {
		const status = statuses.get(id);
		if (status === 'retracted') return extent.retracted;
		return status === 'published' || extent.drafts;
	};
	const newsroom = toNewsroom(
		{ ...content, articles: extent.retracted ? content.articles.map(withoutRetraction) : content.articles },
		extent.drafts ? Infinity : now,
		now,
	);
	const paper = toPaper({ ...newsroom, articles: newsroom.articles.filter(isWanted) }, true);
	const exported = new Set(paper.articles.map(({ id }) => id));
	const entries = new Map(content.articles.map((entry) => [entry.id, withoutOriginal(entry, exported)]));
	const holdings = paper.articles.toReversed().flatMap((article): Holding[] => {
		const [entry, status] = [entries.get(article.id), statuses.get(article.id)];
		return entry && status ? [{ article, entry, status, comments: commentsIn(paper.threadsOf(article)) }] : [];
	});
	const left = [...statuses].filter(([id]) => !isWanted({ id })).map(([, status]) => status);
	const count = (status: Status) => left.filter((other) => other === status).length;
	const leftOut = { draft: count('draft'), scheduled: count('scheduled'), retracted: count('retracted') };
	return { holdings, pages: content.pages, paper, leftOut, extent };
}

/** Returns an article that does not name its original, unless that is part of the export: it may be a draft. */
function withoutOriginal(entry: ArticleEntry, exported: ReadonlySet<string>): ArticleEntry {
	const { translationOf, ...data } = entry.data;
	return translationOf === undefined || exported.has(translationOf) ? entry : { ...entry, data };
}

function withoutRetraction(entry: ArticleEntry): ArticleEntry {
	const { retracted: _, ...data } = entry.data;
	return { ...entry, data };
}
