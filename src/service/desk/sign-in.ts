import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import * as paths from '../../domain/paths.ts';
import { serviceWords } from '../../words/service-words.ts';
import type { Connections } from '../connection.ts';
import { isForm } from '../fields.ts';
import { answerPage } from '../page.ts';
import { CrowdedError } from '../passwords.ts';
import { toPlace } from '../people.ts';
import type { Service } from '../service.ts';
import { countAttempts } from './attempts.ts';
import { type DeskEnv, goTo } from './frame.ts';
import { endSession, findSession, isOwnForm, signIn } from './sessions.ts';

const words = serviceWords.desk;
const cookie = 'desk';
/** By it a browser is known in which the editor has signed in before. */
const acquaintance = 'desk-known';
/** In seconds. */
const quarter = 90 * 24 * 60 * 60;

/** Returns what answers where editors sign in: without a session. */
export function signInRoutes(service: Service, connections: Connections): Hono<DeskEnv> {
	const routes = new Hono<DeskEnv>();
	const mayTry = countAttempts(service.now);

	routes.get('/sign-in', (context) => {
		const isSignedOut = context.req.query('notice') === 'signed-out';
		return answerSignIn(context, 200, '', isSignedOut ? words.notices['signed-out'] : undefined);
	});
	routes.post('/sign-in', async (context) => {
		const form = await readForm(context);
		const name = form.get('name') ?? '';
		if (!mayTry(toPlace(connections.addressOf(context)))) return answerSignIn(context, 429, name, words.tooManyTries);
		let opened: Awaited<ReturnType<typeof signIn>>;
		try {
			opened = await signIn(service, name, form.get('password') ?? '', getCookie(context, acquaintance));
		} catch (error) {
			if (!(error instanceof CrowdedError)) throw error;
			return answerSignIn(context, 503, name, words.busy);
		}
		if (!opened) return answerSignIn(context, 401, name, words.wrongPassword);
		const former = await sessionOf(context, service);
		if (former) await endSession(service, former);
		keepCookie(context, connections, cookie, opened.token);
		keepCookie(context, connections, acquaintance, opened.acquaintance, quarter);
		return context.redirect(paths.desk(), 303);
	});
	return routes;
}

/** Returns what answers where editors sign out: with a session. */
export function signOutRoutes(service: Service, connections: Connections): Hono<DeskEnv> {
	const routes = new Hono<DeskEnv>();
	routes.post('/sign-out', async (context) => {
		await endSession(service, context.get('session'));
		keepCookie(context, connections, cookie, '', 0);
		return goTo(context, new URLSearchParams(), 'signed-out', 'sign-in');
	});
	return routes;
}

/** Lets only those pass who are signed in, and of what is sent only the forms of their session. */
export function requireSession(service: Service): MiddlewareHandler<DeskEnv> {
	return async (context, next) => {
		const session = await sessionOf(context, service);
		const isReading = context.req.method === 'GET' || context.req.method === 'HEAD';
		if (!session) {
			if (isReading) return context.redirect(paths.deskPage('sign-in'), 303);
			return answerRefusal(context, 401, words.signedOut, words.signedOutText);
		}
		context.set('session', session);
		if (!isReading) {
			const form = await readForm(context);
			if (!isOwnForm(session, form)) return answerRefusal(context, 403, words.foreignForm, words.foreignFormText);
			context.set('form', form);
		}
		return next();
	};
}

/**
 * Refuses what the page of another site sends, also the form to sign in, where there is no session yet whose token could
 * be asked for. Browsers say where a form comes from; what says nothing is no browser that could be misled.
 */
export const refuseForeign: MiddlewareHandler<DeskEnv> = async (context, next) => {
	const { req } = context;
	const site = req.header('Sec-Fetch-Site');
	const origin = req.header('Origin');
	const host = req.header('Host') ?? new URL(req.url).host;
	const isForeign =
		site === undefined
			? origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)
			: site !== 'same-origin' && site !== 'none';
	if (isForeign && req.method !== 'GET' && req.method !== 'HEAD')
		return answerRefusal(context, 403, words.foreignForm, words.foreignFormText);
	return next();
};

/** Answers with a sentence and the way back. */
export function answerRefusal(
	context: Context<DeskEnv>,
	status: 401 | 403 | 404 | 413 | 503,
	title: string,
	text = '',
) {
	const body = html`${text === '' ? '' : html`<p>${text}</p>`}
		<p><a href="${paths.desk()}">${words.backToDesk}</a></p>`;
	return answerPage(context, status, { title, body });
}

function answerSignIn(context: Context, status: 200 | 401 | 429 | 503, name: string, said: string | undefined) {
	const isFaulty = status !== 200;
	const body = html`${said === undefined ? '' : html`<p class="notice" role="${isFaulty ? 'alert' : 'status'}">${said}</p>`}
		<form class="stack" method="post" action="${paths.deskPage('sign-in')}">
			<div>
				<label for="name">${words.name}</label>
				<input id="name" name="name" value="${name}" autocomplete="username" required />
			</div>
			<div>
				<label for="password">${words.password}</label>
				<input id="password" name="password" type="password" autocomplete="current-password" required />
			</div>
			<p><button>${words.signIn}</button></p>
		</form>`;
	return answerPage(context, status, { title: words.title, body, isFaulty });
}

/**
 * Reads a form as browsers send it; of anything else there is nothing in it. NUL, which PostgreSQL does not take, becomes
 * the sign for a lost letter, which nothing of ours may hold.
 */
async function readForm(context: Context): Promise<URLSearchParams> {
	return new URLSearchParams(isForm(context) ? (await context.req.text()).replace(/%00|\0/g, '%EF%BF%BD') : '');
}

async function sessionOf(context: Context, service: Service) {
	const token = getCookie(context, cookie);
	return token === undefined ? undefined : findSession(service, token);
}

/** @param maxAge in seconds; without it the cookie ends with the browser's session */
function keepCookie(context: Context, { isSecure }: Connections, name: string, value: string, maxAge?: number): void {
	setCookie(context, name, value, {
		path: paths.desk(),
		httpOnly: true,
		sameSite: 'Strict',
		secure: isSecure(context),
		...(maxAge !== undefined && { maxAge }),
	});
}
