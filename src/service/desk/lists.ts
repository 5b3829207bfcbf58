import type { Database } from '../database.ts';
import type { BlockRow, CommentRow, CommentStatus } from '../tables.ts';

/** Which comments an editor looks at. */
export interface View {
	list: CommentStatus;
	/** The article to which they are narrowed, `2025/06/<slug>`. */
	article: string | undefined;
	/** Counted from 1. */
	page: number;
}

export const pageSize = 50;

export const statuses = ['waiting', 'held', 'approved', 'rejected'] as const satisfies CommentStatus[];

/** Reads what an address asks for; what it cannot mean counts for nothing. */
export function readView(query: URLSearchParams): View {
	const [list, article] = [query.get('list'), query.get('article') ?? ''];
	return {
		list: statuses.find((status) => status === list) ?? 'waiting',
		article: /^\d{4}\/\d{2}\/[a-z\d-]{1,100}$/.test(article) ? article : undefined,
		page: readPage(query),
	};
}

/** Reads the page that an address asks for, counted from 1. */
export function readPage(query: URLSearchParams): number {
	const page = query.get('page') ?? '';
	return /^[1-9]\d{0,5}$/.test(page) ? Number(page) : 1;
}

/** Returns the query by which {@link readView} finds a view. */
export function toQuery({ list, article, page }: View): URLSearchParams {
	return new URLSearchParams({ list, ...(article !== undefined && { article }), ...(page > 1 && { page: `${page}` }) });
}

/** Returns a page of comments: those that wait the oldest first, decided ones the newest first. */
export function readComments(database: Database, { list, article, page }: View): Promise<CommentRow[]> {
	const order = list === 'waiting' || list === 'held' ? 'asc' : 'desc';
	const rows = database.selectFrom('comments').selectAll().where('status', '=', list);
	return (article === undefined ? rows : rows.where('article', '=', article))
		.orderBy('received_at', order)
		.orderBy('id', order)
		.limit(pageSize)
		.offset((page - 1) * pageSize)
		.execute();
}

/** Returns the comments that others answer, by their ids. */
export async function readAnswered(
	database: Database,
	comments: readonly CommentRow[],
): Promise<ReadonlyMap<string, CommentRow>> {
	const ids = comments.flatMap(({ reply_to: id }) => (id === null ? [] : [id]));
	if (ids.length === 0) return new Map();
	const rows = await database.selectFrom('comments').selectAll().where('id', 'in', ids).execute();
	return new Map(rows.map((row) => [row.id, row]));
}

export type Counts = Readonly<Record<CommentStatus | 'blocked', number>>;

/** Counts what is in each list. @param article the one to which comments are narrowed */
export async function countAll(database: Database, article: string | undefined): Promise<Counts> {
	const all = database
		.selectFrom('comments')
		.select(({ fn }) => ['status', fn.countAll<number | string>().as('count')]);
	const rows = await (article === undefined ? all : all.where('article', '=', article)).groupBy('status').execute();
	const blocks = await database
		.selectFrom('blocks')
		.select(({ fn }) => fn.countAll<number | string>().as('count'))
		.executeTakeFirst();
	const count = (list: CommentStatus) => Number(rows.find(({ status }) => status === list)?.count ?? 0);
	return {
		waiting: count('waiting'),
		held: count('held'),
		approved: count('approved'),
		rejected: count('rejected'),
		blocked: Number(blocks?.count ?? 0),
	};
}

/** What there is on an article. */
export type ArticleCounts = Readonly<Record<CommentStatus, number> & { article: string }>;

/** Returns a page of the articles that have comments: those about which was written last come first. */
export async function readArticles(database: Database, page: number): Promise<ArticleCounts[]> {
	const rows = await database
		.selectFrom('comments')
		.select((row) => {
			const count = (status: CommentStatus) =>
				row.fn.sum<number | string>(row.case().when('status', '=', status).then(1).else(0).end()).as(status);
			return ['article', count('waiting'), count('held'), count('approved'), count('rejected')];
		})
		.groupBy('article')
		.orderBy(({ fn }) => fn.max('received_at'), 'desc')
		.orderBy('article')
		.limit(pageSize)
		.offset((page - 1) * pageSize)
		.execute();
	return rows.map(({ article, waiting, held, approved, rejected }) => ({
		article,
		waiting: Number(waiting),
		held: Number(held),
		approved: Number(approved),
		rejected: Number(rejected),
	}));
}

/** Returns a page of those whose comments are rejected, the last first. */
export function readBlocks(database: Database, page: number): Promise<BlockRow[]> {
	const rows = database.selectFrom('blocks').selectAll().orderBy('created_at', 'desc').orderBy('value');
	return rows
		.limit(pageSize)
		.offset((page - 1) * pageSize)
		.execute();
}
