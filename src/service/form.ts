import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { isId } from '../schemas/text.ts';
import { serviceWords } from '../words/service-words.ts';
import * as paths from '../domain/paths.ts';
import { findArticle, type ShownArticle } from './article-page.ts';
import type { Connections } from './connection.ts';
import { type Faults, findFaults, readTyped, isForm, mostBytes } from './fields.ts';
import { answerClosed, answerForm, answerNotice, answerReceipt, notices } from './form-page.ts';
import { openIntake } from './intake.ts';
import { openSeals } from './seal.ts';
import type { Service } from './service.ts';
import type { CommentRow } from './tables.ts';

const words = serviceWords.service;
const day = 24 * 60 * 60 * 1000;

/**
 * Returns what answers at the addresses of comments: the form of each article, and to each sender what became of the
 * comment.
 * @param onComment is told of each comment that is kept
 */
export async function formRoutes(
	service: Service,
	{ addressOf }: Connections,
	onComment: (comment: CommentRow) => void = () => undefined,
): Promise<Hono> {
	const { database, now } = service;
	const seals = await openSeals(database);
	const take = openIntake(service, seals, onComment);
	const routes = new Hono();
	// Not at the desk: from the size of its pages their secrets could be guessed, beside words that strangers choose.
	routes.use(compress());
	// Also where there is no form: what nobody reads would stand in the way of a proxy's next request.
	routes.use(
		bodyLimit({
			maxSize: mostBytes,
			onError: (context) => answerNotice(context, 413, words.formUnreadable, words.formTooLarge),
		}),
	);
	const isClosed = ({ publishedAt }: ShownArticle) =>
		publishedAt + (service.rules.closeAfterDays ?? Infinity) * day < now();

	const presentNotices = () => notices.filter((page) => existsSync(join(service.edition, page, 'index.html')));

	/** Answers for the article of the address, where there is one that takes comments. */
	const forArticle =
		(answer: (context: Context, article: ShownArticle) => Promise<Response>) => async (context: Context) => {
			const { year = '', month = '', slug = '' } = context.req.param();
			const article = await findArticle(service.edition, `${year}/${month}/${slug}`);
			if (!article) return answerNotice(context, 404, words.noArticle, words.noArticleText, await readText(context));
			return isClosed(article) ? answerClosed(context, article, await readText(context)) : answer(context, article);
		};
	/** Returns the comment of an article that is to be answered; nothing where readers do not see it. */
	const findParent = async (article: ShownArticle, id: string) =>
		isId(id)
			? database
					.selectFrom('comments')
					.select(['id', 'name', 'text'])
					.where('id', '=', id)
					.where('article', '=', article.id)
					.where('status', '=', 'approved')
					.executeTakeFirst()
			: undefined;

	routes.get('/received/:receipt/', async (context) => {
		const receipt = context.req.param('receipt');
		const comment = /^[\w-]+$/.test(receipt)
			? await database.selectFrom('comments').selectAll().where('receipt', '=', receipt).executeTakeFirst()
			: undefined;
		return comment ? answerReceipt(context, comment) : answerNotice(context, 404, words.notThere, words.noReceipt);
	});

	routes.get(
		'/:year/:month/:slug/',
		forArticle(async (context, article) => {
			const reply = context.req.query('reply');
			const parent = await findParent(article, reply ?? '');
			return answerForm(context, 200, {
				article,
				parent,
				notices: presentNotices(),
				typed: { name: '', text: '', email: '' },
				seal: seals.make(article.id, now()),
				...(reply !== undefined && !parent && { obstacle: words.noReply }),
			});
		}),
	);

	routes.post(
		'/:year/:month/:slug/',
		forArticle(async (context, article) => {
			if (!isForm(context)) return answerNotice(context, 415, words.formUnreadable, words.formOfOtherKind);
			const form = new URLSearchParams(await context.req.text());
			const typed = readTyped(form);
			const seal = seals.read(form.get('seal') ?? '', article.id);
			const faults = findFaults(typed);
			let parent: Awaited<ReturnType<typeof findParent>>;
			const answerAgain = (status: 422 | 429 | 503, problem: { faults?: Faults; obstacle?: string }) =>
				answerForm(context, status, {
					article,
					parent,
					notices: presentNotices(),
					typed,
					// Whoever mends a fault has taken the time already that people take.
					seal: seals.make(article.id, Math.max(now() - service.rules.minSeconds * 1000, seal?.madeAt ?? now())),
					...problem,
				});
			try {
				parent = await findParent(article, form.get('reply') ?? '');
				if (Object.keys(faults).length > 0) return await answerAgain(422, { faults });
				if (!seal || now() - seal.madeAt > day) return await answerAgain(422, { obstacle: words.formTooOld });
				const receipt = await take({
					typed,
					article: article.id,
					replyTo: parent?.id ?? null,
					honeypot: form.get('website') ?? '',
					nonce: seal.nonce,
					formMadeAt: seal.madeAt,
					from: addressOf(context),
				});
				if (receipt === undefined) return await answerAgain(429, { obstacle: words.tooMany });
				return context.redirect(paths.receivedComment(receipt), 303);
			} catch (error) {
				console.error(`A comment could not be kept: ${error instanceof Error ? error.message : String(error)}`);
				return answerAgain(503, { obstacle: words.unavailable });
			}
		}),
	);
	return routes;
}

/** Returns the text of a comment that cannot be taken; nothing where none was sent. */
async function readText(context: Context): Promise<string> {
	return isForm(context) ? readTyped(new URLSearchParams(await context.req.text())).text : '';
}
