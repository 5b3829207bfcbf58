import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { toParagraphs } from '../domain/comments.ts';
import { headersOf } from '../domain/headers.ts';
import { type FeedItem, toItem } from '../domain/feed-items.ts';
import { feedSize, type RssDocument, toRss } from '../domain/feeds.ts';
import * as paths from '../domain/paths.ts';
import { escapeXml } from '../markdown/xml.ts';
import { toMoment } from '../schemas/moment.ts';
import { site } from '../site.ts';
import { serviceWords } from '../words/service-words.ts';
import type { Database } from './database.ts';
import { readSetting } from './seal.ts';
import type { Service } from './service.ts';
import type { CommentRow } from './tables.ts';

const setting = 'news secret';

/** Returns the path of the feed of new comments, with the base; the secret in it is made when it is first asked for. */
export async function newsPath(database: Database): Promise<string> {
	return paths.deskNews(await readSetting(database, setting, makeSecret));
}

/** Gives the feed of new comments another address: nothing answers at the old one any more. @returns the new path */
export async function renewNewsPath(database: Database): Promise<string> {
	const value = makeSecret();
	await database
		.insertInto('settings')
		.values({ name: setting, value })
		.onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
		.execute();
	return paths.deskNews(value);
}

function makeSecret(): string {
	return randomBytes(16).toString('base64url');
}

/** Answers for the feed of new comments: to whoever knows its address, since feed readers cannot sign in. */
export function newsRoutes({ database }: Pick<Service, 'database'>): Hono {
	const app = new Hono();
	app.get(paths.withBase('/desk/news/*'), async (context) => {
		const path = await newsPath(database);
		if (!isSame(context.req.path, path)) return context.notFound();
		return context.body(await toNews(database, path), 200, {
			...headersOf(path),
			'Content-Type': 'application/rss+xml; charset=utf-8',
			'Cache-Control': 'no-store',
			'Referrer-Policy': 'no-referrer',
			'X-Robots-Tag': 'noindex',
		});
	});
	return app;
}

/** Compares in a time that does not tell how much of both is the same. */
function isSame(a: string, b: string): boolean {
	return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
}

async function toNews(database: Database, ownPath: string): Promise<string> {
	const comments = await database
		.selectFrom('comments')
		.selectAll()
		.where('status', 'in', ['waiting', 'held'])
		.orderBy('received_at', 'desc')
		.orderBy('id', 'desc')
		.limit(feedSize)
		.execute();
	const document: RssDocument = {
		title: serviceWords.news.feed(site.title),
		description: serviceWords.news.feedDescription,
		path: paths.desk(),
		ownPath,
		isSecret: true,
	};
	return toRss(document, comments.map(toNewsItem));
}

function toNewsItem(comment: CommentRow): FeedItem {
	const { id, article } = comment;
	const [name, text, reasons] = [toXmlText(comment.name), toXmlText(comment.text), toXmlText(comment.reasons)];
	const note = reasons === '' ? [] : [serviceWords.news.held(reasons.replaceAll('\n', '; '))];
	const paragraphs = [...note, ...toParagraphs(text)].map((paragraph) => escapeXml(paragraph).replaceAll('\n', '<br>'));
	const receivedAt = toMomentOf(comment.received_at);
	return toItem({
		id: `tag:${site.feedAuthority}:comments/${id}`,
		path: paths.desk(),
		title: serviceWords.news.item(name, article),
		summary: [...note, text].join('\n\n'),
		html: paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join(''),
		publishedAt: receivedAt,
		changedAt: receivedAt,
		creator: name,
	});
}

/** Puts a box in the place of controls, of which some would make the whole feed unreadable, and of what was lost before. */
function toXmlText(text: string): string {
	return text.replace(/[[\p{Cc}--[\t\n]]\p{Cs}\p{Noncharacter_Code_Point}\uFFFD]/gv, '\u25A1');
}

function toMomentOf(instant: number) {
	const moment = toMoment(
		Temporal.Instant.fromEpochMilliseconds(instant).toString({ smallestUnit: 'second' }),
		site.timeZone,
	);
	if (moment) return moment;
	throw new RangeError(`${instant} is no time of a comment.`);
}
