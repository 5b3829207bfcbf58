import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { JSDOM } from 'jsdom';
import { type Moderation, moderationSchema } from '../../src/schemas/moderation.ts';
import { serviceApp } from '../../src/service/app.ts';
import { openDatabase } from '../../src/service/database.ts';
import type { Service } from '../../src/service/service.ts';
import type { CommentRow } from '../../src/service/tables.ts';
import { emptyDatabase } from './databases.ts';

/** What a browser shows of an answer. */
interface Shown {
	status: number;
	headers: Headers;
	document: Document;
}

/** The comment service of a paper with one article, and readers who write to it. */
export interface Commenting {
	service: Service;
	app: Hono;
	/** The file or the address of its database. */
	file: string;
	/** Opens a page. */
	open(path: string, headers?: Readonly<Record<string, string>>): Promise<Shown>;
	/** Opens the form of the article, fills it in and sends it. */
	send(fields: Readonly<Record<string, string>>, circumstances?: Circumstances): Promise<Shown>;
	/** Sends a body to the form as it is. */
	post(body: string, headers?: Readonly<Record<string, string>>): Promise<Shown>;
	/** Every comment that is kept, oldest first. */
	rows(): Promise<CommentRow[]>;
	/** Lets the service's clock go on. */
	pass(milliseconds: number): void;
	close(): Promise<void>;
}

interface Circumstances {
	/** The reader's network address. */
	from?: string;
	/** In milliseconds. */
	timeToWrite?: number;
	/** The comment that is answered. */
	reply?: string;
}

/** The article's address of the form. */
export const formAddress = '/comments/2025/06/a-story/';

const noon = Date.parse('2025-07-01T12:00:00Z');
/** Returns the structured data of an article's page, by which the service knows it. */
export function describedBy(headline: string): string {
	const news = { '@type': 'NewsArticle', headline, datePublished: '2025-06-16' };
	return `<script type=application/ld+json>${JSON.stringify({ '@graph': [news] })}</script>`;
}

/** What of the page of an article the service reads. */
export const articlePage = `<!doctype html><title>x</title>${describedBy('A story of “Tom & Ann”')}`;

/**
 * Opens the service as of noon on 1 July 2025.
 * @param inbox a folder for the database, where it is to lie elsewhere than with the rest
 */
export async function openCommenting(rules: Partial<Moderation> = {}, inbox?: string): Promise<Commenting> {
	const folder = await mkdtemp(join(tmpdir(), 'meridian-comments-'));
	const edition = join(folder, 'dist');
	await mkdir(join(edition, '2025/06/a-story'), { recursive: true });
	await writeFile(join(edition, '2025/06/a-story/index.html'), articlePage);
	const empty = await emptyDatabase(inbox ?? folder);
	const database = await openDatabase(empty.address);
	let clock = noon;
	const service: Service = {
		database,
		edition,
		comments: join(folder, 'comments'),
		rules: { ...moderationSchema.parse({}), ...rules },
		builder: {
			changed: () => undefined,
			isAtWork: () => false,
			lastOutcome: () => undefined,
			stop: () => Promise.resolve(),
		},
		now: () => clock,
	};
	const app = await serviceApp(service, {
		addressOf: (context) => context.req.header('X-Reader') ?? '192.0.2.1',
		isSecure: () => false,
	});
	const show = async (response: Response): Promise<Shown> => ({
		status: response.status,
		headers: response.headers,
		document: new JSDOM(await response.text()).window.document,
	});
	const open: Commenting['open'] = async (path, headers = {}) => show(await app.request(path, { headers }));
	const post: Commenting['post'] = async (body, headers = {}) =>
		show(
			await app.request(formAddress, {
				method: 'POST',
				body,
				headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
			}),
		);
	return {
		service,
		app,
		file: empty.address,
		open,
		post,
		async send(fields, { from = '192.0.2.1', timeToWrite = 60_000, reply } = {}) {
			const form = await open(formAddress + (reply === undefined ? '' : `?reply=${reply}`));
			clock += timeToWrite;
			const body = new URLSearchParams();
			for (const input of form.document.querySelectorAll('input[type=hidden]'))
				body.set(input.getAttribute('name') ?? '', input.getAttribute('value') ?? '');
			for (const [name, value] of Object.entries(fields)) body.set(name, value);
			return post(body.toString(), { 'X-Reader': from });
		},
		rows: () => database.selectFrom('comments').selectAll().orderBy('received_at').orderBy('id').execute(),
		pass: (milliseconds) => void (clock += milliseconds),
		async close() {
			await database.destroy();
			await empty.remove();
			await rm(folder, { recursive: true });
		},
	};
}
