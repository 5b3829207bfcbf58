import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { serviceWords } from '../../words/service-words.ts';
import type { Connections } from '../connection.ts';
import { mostBytes } from '../fields.ts';
import type { Service } from '../service.ts';
import { note, readAudit } from './audit.ts';
import { commentRoutes } from './comment.ts';
import { decide, readSeen, type Seen, unblock } from './decisions.ts';
import { type DeskEnv, goTo } from './frame.ts';
import { readAnswered, readArticles, readBlocks, readComments, readPage, readView, toQuery } from './lists.ts';
import { answerArticles, answerBlocked, answerList, answerLog, answerMeanwhile } from './pages.ts';
import { answerRefusal, refuseForeign, requireSession, signInRoutes, signOutRoutes } from './sign-in.ts';

const words = serviceWords.desk;

/** Returns what answers at the addresses of the desk, which only editors see who are signed in. */
export function deskRoutes(service: Service, connections: Connections): Hono<DeskEnv> {
	const routes = new Hono<DeskEnv>();
	const limit = bodyLimit({
		maxSize: mostBytes,
		onError: (context: Context<DeskEnv>) => answerRefusal(context, 413, words.formTooLarge),
	});
	routes.use(limit, refuseForeign);
	routes.route('/', signInRoutes(service, connections));
	routes.use(requireSession(service));
	routes.route('/', signOutRoutes(service, connections));
	const inside = readingRoutes(service).route('/', decidingRoutes(service)).route('/comments', commentRoutes(service));
	inside.onError((error, context) => {
		console.error(`${context.req.method} ${context.req.path} failed: ${error.message}`);
		// Editors may know what is wrong with the server.
		return answerRefusal(context, 503, words.failed, `${words.failedText} ${error.message}`);
	});
	routes.route('/', inside);
	routes.all('*', (context) => answerRefusal(context, 404, words.notThere));
	return routes;
}

/** What editors read: lists of comments and of articles, who is blocked, what was done. */
function readingRoutes(service: Service): Hono<DeskEnv> {
	const { database } = service;
	const routes = new Hono<DeskEnv>();
	routes.get('/', async (context) => {
		const view = readView(queryOf(context.req.url));
		const comments = await readComments(database, view);
		return answerList(context, service, view, { comments, answered: await readAnswered(database, comments) });
	});
	routes.get('/articles', async (context) => {
		const page = readPage(queryOf(context.req.url));
		return answerArticles(context, service, await readArticles(database, page), page);
	});
	routes.get('/blocked', async (context) => {
		const page = readPage(queryOf(context.req.url));
		return answerBlocked(context, service, await readBlocks(database, page), page);
	});
	routes.get('/log', async (context) => {
		const page = readPage(queryOf(context.req.url));
		return answerLog(context, service, await readAudit(database, page), page);
	});
	return routes;
}

/** What editors do from lists. */
function decidingRoutes(service: Service): Hono<DeskEnv> {
	const routes = new Hono<DeskEnv>();
	routes.post('/decide', async (context) => {
		const view = readView(queryOf(context.req.url));
		const { editor } = context.get('session');
		const { status, chosen } = readDecision(context.get('form'));
		const stale = [];
		for (const seen of chosen) {
			const outcome = await decide(service, editor, seen, status);
			if (outcome.kind === 'stale') stale.push(outcome.comment);
		}
		if (stale.length > 0) return answerMeanwhile(context, service, stale, `?${toQuery(view).toString()}`);
		return goTo(context, toQuery(view), chosen.length === 0 ? 'none-chosen' : status);
	});
	routes.post('/unblock', async (context) => {
		const form = context.get('form');
		const kind = form.get('kind') === 'email' ? 'email' : 'address';
		await unblock(service, context.get('session').editor, { kind, value: form.get('value') ?? '' });
		return goTo(context, new URLSearchParams(), 'unblocked', 'blocked');
	});
	routes.post('/build', async (context) => {
		const { editor } = context.get('session');
		await note(service.database, service.now(), { editor, action: 'build' });
		service.builder.changed();
		return goTo(context, new URLSearchParams(), 'building');
	});
	return routes;
}

/** Reads what is to be decided: on one comment, by a button of its own, or on all that are chosen. */
function readDecision(form: URLSearchParams): { status: 'approved' | 'rejected'; chosen: Seen[] } {
	const [approved, rejected] = [form.get('approve'), form.get('reject')];
	const one = approved ?? rejected;
	return {
		status: approved !== null || (one === null && form.get('chosen') === 'approve') ? 'approved' : 'rejected',
		chosen: (one === null ? form.getAll('comment') : [one]).map(readSeen),
	};
}

function queryOf(url: string): URLSearchParams {
	return new URL(url).searchParams;
}
