import type { Context } from 'hono';
import { html } from 'hono/html';
import * as paths from '../../domain/paths.ts';
import { formatMoment } from '../../domain/dates.ts';
import { toMoment } from '../../schemas/moment.ts';
import { site } from '../../site.ts';
import { serviceWords } from '../../words/service-words.ts';
import { answerPage, type Html } from '../page.ts';
import type { Service } from '../service.ts';
import type { SessionRow } from '../tables.ts';
import { countAll, statuses, toQuery, type View } from './lists.ts';
import { shortcuts } from './shortcuts.ts';

const words = serviceWords.desk;

/** What the routes of the desk know of a request: who asks, and what was sent. */
export interface DeskEnv {
	Variables: { session: SessionRow; form: URLSearchParams };
}

/** A page for editors who are signed in. */
interface DeskPage {
	title: string;
	body: Html;
	/** The list that the page shows, or the place of another page of the navigation. */
	here?: View | 'articles' | 'blocked' | 'log';
	isFaulty?: boolean;
}

/** Answers with a page for a signed-in editor: with the navigation, what was done last, and how builds are going. */
export async function answerDesk(
	context: Context<DeskEnv>,
	service: Service,
	status: 200 | 404 | 409 | 422 | 503,
	{ title, body, here, isFaulty = false }: DeskPage,
) {
	const session = context.get('session');
	const notice = context.req.query('notice') ?? '';
	const view = typeof here === 'object' ? here : undefined;
	return answerPage(context, status, {
		title,
		isFaulty,
		navigation: await toNavigation(service, session, here),
		body: html`${isNotice(notice) ? html`<p class="notice" role="status">${words.notices[notice]}</p>` : ''}
		${toBuilds(service, session)} ${view ? keys : ''} ${body}`,
		...(view && { script: shortcuts }),
	});
}

/** What was done, as the next page says it. */
export type Notice = keyof typeof words.notices;

function isNotice(text: string): text is Notice {
	return Object.hasOwn(words.notices, text);
}

/** Sends the browser to a page of the desk, which says what was done. */
export function goTo(context: Context, query: URLSearchParams, notice: Notice, place = '') {
	const withNotice = new URLSearchParams([...query, ['notice', notice]]);
	return context.redirect(paths.deskPage(`${place}?${withNotice.toString()}`), 303);
}

async function toNavigation(service: Service, session: SessionRow, here: DeskPage['here']): Promise<Html> {
	const view = typeof here === 'object' ? here : undefined;
	const counts = await countAll(service.database, view?.article);
	const toLink = (place: string, label: string, isHere: boolean) =>
		html`<li>
			<a class="target" href="${paths.deskPage(place)}" ${isHere ? html`aria-current="page"` : ''}>${label}</a>
		</li>`;
	const lists = statuses.map((list) =>
		toLink(
			`?${toQuery({ list, article: view?.article, page: 1 }).toString()}`,
			`${words.lists[list]} (${counts[list]})`,
			view?.list === list,
		),
	);
	return html`<nav class="label" aria-label="${words.navigation}">
			<ul class="row">
				${lists} ${toLink('articles', words.articles, here === 'articles')}
				${toLink('blocked', `${words.blocked} (${counts.blocked})`, here === 'blocked')}
				${toLink('log', words.log, here === 'log')}
			</ul>
		</nav>
		<form class="row label" method="post" action="${paths.deskPage('sign-out')}">
			${toToken(session)}
			<span>${words.signedInAs} <bdi>${session.editor}</bdi></span>
			<button class="second small">${words.signOut}</button>
		</form>`;
}

/** Returns the field by which a form of the session is known. */
export function toToken({ csrf }: SessionRow): Html {
	return html`<input type="hidden" name="csrf" value="${csrf}" />`;
}

function toBuilds({ builder }: Service, session: SessionRow): Html {
	if (builder.isAtWork()) return html`<p class="label soft">${words.atWork}</p>`;
	const outcome = builder.lastOutcome();
	if (!outcome) return html``;
	if (!outcome.isFailure) return html`<p class="label soft">${words.lastEdition(formatTime(outcome.at))}</p>`;
	return html`<section class="notice stack" aria-labelledby="builds">
		<h2 class="label" id="builds">${words.buildFailed(formatTime(outcome.at))}</h2>
		<pre>${outcome.message}</pre>
		<form method="post" action="${paths.deskPage('build')}">
			${toToken(session)}
			<button>${words.buildAgain}</button>
		</form>
	</section>`;
}

/** Returns a moment as editors read it, in the newsroom's zone: `16 June 2025, 21:40 (UTC+5)`. @param instant milliseconds since 1970 */
export function formatTime(instant: number): string {
	const moment = toMoment(new Date(instant).toISOString().replace(/\.\d+/, ''), site.timeZone);
	return moment ? formatMoment(moment) : '';
}

/** Explains the keys, which {@link shortcuts} makes known; without script there are none. */
const keys = html`<p class="hint" id="keys-hint" hidden>${words.keys.hint}</p>
	<section class="keys label" id="keys" aria-labelledby="keys-title" tabindex="-1" hidden>
		<h2 id="keys-title">${words.keys.title}</h2>
		<dl>
			${words.keys.list.map(
				([key, meaning]) =>
					html`<div class="row">
						<dt><kbd>${key}</kbd></dt>
						<dd>${meaning}</dd>
					</div>`,
			)}
		</dl>
		<button class="second small" type="button" data-on="${words.keys.on}" data-off="${words.keys.off}">
			${words.keys.off}
		</button>
	</section>`;
