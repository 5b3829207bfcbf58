import { scryptSync } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { Hono } from 'hono';
import { JSDOM } from 'jsdom';
import { type Commenting, openCommenting } from './commenting.ts';

export const password = 'correct horse battery';

/** The password as it could be kept, but cheap to look at: tests sign in very often. */
const kept = `scrypt$1024$8$1$c2FsdA$${scryptSync(password, 'salt', 32, { N: 1024, r: 8, p: 1 }).toString('base64url')}`;

/** An answer as a browser has it. */
interface Answer {
	status: number;
	headers: Headers;
	/** Where it leads on; empty where it does not. */
	location: string;
	document: Document;
	text: string;
}

/** A browser at the desk: it keeps cookies, says where forms come from, and follows nothing by itself. */
interface DeskBrowser {
	/** What its cookie holds; empty where there is none. */
	token: string;
	/** What it keeps of having signed in before. */
	known: string;
	open(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
	/** Sends fields as a form of the page that was opened last, with its token. */
	send(path: string, fields?: Fields, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

type Fields = Record<string, string> | [string, string][];

export interface DeskTest extends Commenting {
	/** How often an edition was asked for. */
	builds(): number;
	/** Opens a browser. */
	browser(app?: Pick<Hono, 'request'>): DeskBrowser;
	/** Opens a browser in which an editor has signed in. */
	signedIn(name?: string): Promise<DeskBrowser>;
}

/** Opens the service with the editors Ann and Bob; it is closed when the test has ended. */
export async function openDesk(): Promise<DeskTest> {
	const commenting = await openCommenting();
	onTestFinished(() => commenting.close());
	const { service, app } = commenting;
	let builds = 0;
	service.builder = { ...service.builder, changed: () => void builds++ };
	const editor = { password: kept, created_at: 0, failures: 0, locked_until: null };
	const editors = ['Ann', 'Bob'].map((name) => ({ name, ...editor }));
	await service.database.insertInto('editors').values(editors).execute();
	const browser: DeskTest['browser'] = (site = app) => openBrowser(site);
	return {
		...commenting,
		builds: () => builds,
		browser,
		async signedIn(name = 'Ann') {
			const opened = browser();
			const { status } = await opened.send('/desk/sign-in', { name, password });
			if (status !== 303) throw new Error(`${name} could not sign in: ${status}.`);
			await opened.open('/desk/');
			return opened;
		},
	};
}

function openBrowser(site: Pick<Hono, 'request'>): DeskBrowser {
	let csrf = '';
	const browser: DeskBrowser = {
		token: '',
		known: '',
		async open(path, headers = {}) {
			const answer = await toAnswer(await site.request(path, { headers: { ...cookies(), ...headers } }));
			csrf = answer.document.querySelector('input[name=csrf]')?.getAttribute('value') ?? csrf;
			return answer;
		},
		async send(path, fields = {}, headers = {}) {
			const body = new URLSearchParams(fields);
			if (!body.has('csrf')) body.set('csrf', csrf);
			const response = await site.request(path, {
				method: 'POST',
				body: body.toString(),
				headers: {
					'Content-Type': 'application/x-www-form-urlencoded',
					'Sec-Fetch-Site': 'same-origin',
					...cookies(),
					...headers,
				},
			});
			const [, token] = /^desk=([^;]*)/.exec(response.headers.get('Set-Cookie') ?? '') ?? [];
			if (token !== undefined) browser.token = token;
			const [, known] = /desk-known=([^;]*)/.exec(response.headers.get('Set-Cookie') ?? '') ?? [];
			if (known !== undefined) browser.known = known;
			return toAnswer(response);
		},
	};
	const cookies = (): Record<string, string> => (browser.token === '' ? {} : { Cookie: `desk=${browser.token}` });
	return browser;
}

async function toAnswer(response: Response): Promise<Answer> {
	const { document } = new JSDOM(await response.text()).window;
	return {
		status: response.status,
		headers: response.headers,
		location: response.headers.get('Location') ?? '',
		document,
		text: document.body.textContent.replace(/\s+/g, ' '),
	};
}
