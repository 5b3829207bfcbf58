import type { Context } from 'hono';
import { html } from 'hono/html';
import { toParagraphs } from '../../domain/comments.ts';
import * as paths from '../../domain/paths.ts';
import { site } from '../../site.ts';
import { serviceWords } from '../../words/service-words.ts';
import { words as allWords } from '../../words/words.ts';
import { findTitle } from '../article-page.ts';
import type { Faults, Typed } from '../fields.ts';
import { type Html, toProse } from '../page.ts';
import type { Service } from '../service.ts';
import type { AuditRow, BlockRow, CommentRow } from '../tables.ts';
import { isShownBelow, toSeen } from './decisions.ts';
import { answerDesk, type DeskEnv, formatTime, toToken } from './frame.ts';
import { type ArticleCounts, pageSize, statuses, toQuery, type View } from './lists.ts';

const words = serviceWords.desk;

/** Comments with those that they answer, by their ids. */
interface Correspondence {
	comments: readonly CommentRow[];
	answered: ReadonlyMap<string, CommentRow>;
}

/** Answers with a list: one form, in which each comment has its buttons, and all that are chosen can be decided together. */
export async function answerList(
	context: Context<DeskEnv>,
	service: Service,
	view: View,
	{ comments, answered }: Correspondence,
) {
	const all = paths.deskPage(`?${toQuery({ ...view, article: undefined, page: 1 }).toString()}`);
	const narrowed =
		view.article === undefined
			? ''
			: html`<p>
					${words.onArticle(await findTitle(service.edition, view.article))} <a href="${all}">${words.allArticles}</a>
				</p>`;
	const items = comments.map((comment) => toItem(service, comment, answered, view));
	const bulk = (['approve', 'reject'] as const)
		.filter((deed) => isPossible(deed, view.list))
		.map((deed) => html`<button class="second" name="chosen" value="${deed}">${words[deed]}</button>`);
	const form = html`<form
		class="wide stack"
		method="post"
		action="${paths.deskPage(`decide?${toQuery(view).toString()}`)}"
	>
		${toToken(context.get('session'))} ${items}
		<p class="row chosen"><span class="label">${words.chosen}</span> ${bulk}</p>
	</form>`;
	const body = html`${narrowed} ${comments.length === 0 ? html`<p>${words.nothing}</p>` : form}
	${toPages(view.page, comments.length, (page) => `?${toQuery({ ...view, page }).toString()}`)}`;
	return answerDesk(context, service, 200, { title: words.lists[view.list], body, here: view });
}

function isPossible(deed: 'approve' | 'reject', status: CommentRow['status']): boolean {
	return status !== (deed === 'approve' ? 'approved' : 'rejected');
}

function toItem(service: Service, comment: CommentRow, answered: Correspondence['answered'], view: View): Html {
	const isAlone = comment.reply_to !== null && !isShownBelow(service.comments, comment);
	const seen = toSeen(comment);
	const onArticle = paths.deskPage(`?${toQuery({ ...view, article: comment.article, page: 1 }).toString()}`);
	const approve = html`<button class="approve" name="approve" value="${seen}">
		${isAlone ? words.approveAlone : words.approve}
	</button>`;
	const reject = html`<button class="reject second" name="reject" value="${seen}">${words.reject}</button>`;
	return html`<article class="comment stack" tabindex="-1" aria-labelledby="name-${comment.id}">
		<p class="row label">
			<input type="checkbox" name="comment" value="${seen}" aria-label="${words.choose(comment.name)}" />
			${toHead(service, comment)}
			${view.article === undefined ? html`<a href="${onArticle}">${words.onlyThisArticle}</a>` : ''}
		</p>
		${toContent(comment, answered, isAlone)}
		<p class="row">
			${isPossible('approve', comment.status) ? approve : ''} ${isPossible('reject', comment.status) ? reject : ''}
			<a class="more target" href="${paths.deskPage(`comments/${comment.id}`)}">${words.more}</a>
		</p>
	</article>`;
}

/** Returns by whom, when and on what a comment was written, and who has decided on it. */
function toHead({ edition }: Service, comment: CommentRow): Html {
	const { id, name, email, article, received_at: receivedAt, decided_at: decidedAt, decided_by: editor } = comment;
	return html`<strong id="name-${id}"><bdi>${name}</bdi></strong>
		${email === null ? '' : html`<a href="mailto:${encodeURIComponent(email).replace('%40', '@')}">${email}</a>`}
		<span>${words.received} ${formatTime(receivedAt)}</span>
		${
			decidedAt === null
				? ''
				: html`<span>${words.decided(words.states[comment.status], editor)}, ${formatTime(decidedAt)}</span>`
		}
		${comment.is_desk === 1 ? html`<span>${words.isDesk}</span>` : ''}
		${comment.is_edited === 1 ? html`<span>${words.isEdited}</span>` : ''}
		<a href="${paths.article(article)}">${findTitle(edition, article)}</a>`;
}

/** Returns what a comment says, what it answers, and why it was held. */
function toContent(comment: CommentRow, answered: Correspondence['answered'], isAlone: boolean): Html {
	const parent = answered.get(comment.reply_to ?? '');
	const context = parent
		? html`<details>
				<summary class="label">${words.answers(parent.name, words.states[parent.status])}</summary>
				<blockquote>${toProse(toParagraphs(parent.text))}</blockquote>
			</details>`
		: html`<p class="label">${words.answersUnknown}</p>`;
	const reasons = comment.reasons.split('\n').map((reason) => html`<li>${reason}</li>`);
	return html`${comment.reply_to === null ? '' : context}
		${isAlone ? html`<p class="hint">${words.standsAlone}</p>` : ''}
		${
			comment.reasons === ''
				? ''
				: html`<div class="label soft">
						<p>${words.reasons}</p>
						<ul class="reasons">
							${reasons}
						</ul>
					</div>`
		}
		<div class="words">${toProse(toParagraphs(comment.text))}</div>`;
}

/** What an editor has typed into the forms of a comment's page, and what is wrong with it. */
export interface Draft {
	edit?: Pick<Typed, 'name' | 'text'>;
	answer?: string;
	faults: Faults;
}

/** Answers with all that is known of a comment, and the forms to edit it, to answer it and to block its sender. */
export function answerComment(
	context: Context<DeskEnv>,
	service: Service,
	comment: CommentRow,
	{
		answered,
		history,
		receipt,
		draft = { faults: {} },
	}: {
		answered: Correspondence['answered'];
		history: readonly AuditRow[];
		/** Names an answer that is sent from this page. */
		receipt: string;
		draft?: Draft;
	},
) {
	const isAlone = comment.reply_to !== null && !isShownBelow(service.comments, comment);
	const isFaulty = Object.keys(draft.faults).length > 0;
	const toForm = (place: string, content: Html) =>
		html`<form class="stack" method="post" action="${paths.deskPage(`comments/${comment.id}/${place}`)}">
			${toToken(context.get('session'))} <input type="hidden" name="seen" value="${toSeen(comment)}" /> ${content}
		</form>`;
	const body = html`${
			isFaulty
				? html`<div class="notice" role="alert">
						<p>${words.notSaved}</p>
						<ul>
							${Object.values(draft.faults).map((fault) => html`<li class="fault">${fault}</li>`)}
						</ul>
					</div>`
				: ''
		}
		<article class="comment stack">
			<p class="row label">${toHead(service, comment)}</p>
			${toContent(comment, answered, isAlone)}
		</article>
		${toDecisions(comment, isAlone, toForm)}
		${comment.status === 'approved' ? toForm('answer', toAnswer(draft, receipt)) : ''}
		${toForm('edit', toEdit(draft.edit ?? comment, draft))}
		${comment.email === null && comment.address === null ? '' : toForm('block', toBlock(comment))}
		<section class="part stack">
			<h2>${words.history}</h2>
			${toAudit(history, false)}
		</section>`;
	return answerDesk(context, service, isFaulty ? 422 : 200, {
		title: `${words.comment}: ${comment.name}`,
		body,
		isFaulty,
	});
}

function toDecisions({ status }: CommentRow, isAlone: boolean, toForm: (place: string, content: Html) => Html): Html {
	const approve = html`<button>${isAlone ? words.approveAlone : words.approve}</button>`;
	const reject = html`<button class="second">${words.reject}</button>`;
	return html`<div class="row">
		${isPossible('approve', status) ? toForm('approve', approve) : ''}
		${isPossible('reject', status) ? toForm('reject', reject) : ''}
	</div>`;
}

function toAnswer({ answer = '', faults }: Draft, receipt: string): Html {
	const isFaulty = answer !== '' && faults.text !== undefined;
	return html`<h2 class="title">${words.answer}</h2>
		<input type="hidden" name="receipt" value="${receipt}" />
		<div>
			<label for="answer">${words.text}</label>
			<p class="hint" id="answer-hint">${words.answerHint(allWords.deskOf(site.title))}</p>
			<textarea id="answer" name="text" rows="6" required aria-describedby="answer-hint" ${toInvalid(isFaulty)}>
${answer}</textarea>
		</div>
		<p><button>${words.send}</button></p>`;
}

function toEdit({ name, text }: Pick<Typed, 'name' | 'text'>, { edit, faults }: Draft): Html {
	const isFaulty = (field: 'name' | 'text') => edit !== undefined && faults[field] !== undefined;
	return html`<h2 class="title">${words.edit}</h2>
		<p class="hint" id="edit-hint">${words.editHint}</p>
		<div>
			<label for="name">${words.name}</label>
			<input id="name" name="name" value="${name}" required autocomplete="off" ${toInvalid(isFaulty('name'))} />
		</div>
		<div>
			<label for="text">${words.text}</label>
			<textarea id="text" name="text" rows="8" required aria-describedby="edit-hint" ${toInvalid(isFaulty('text'))}>
${text}</textarea>
		</div>
		<p><button>${words.save}</button></p>`;
}

function toInvalid(isFaulty: boolean): Html {
	return isFaulty ? html`aria-invalid="true"` : html``;
}

function toBlock(comment: CommentRow): Html {
	const toKind = (kind: BlockRow['kind'], value: string) =>
		html`<li>
			<label><input type="checkbox" name="kind" value="${kind}" checked /> ${words.blockKinds[kind]} (${value})</label>
		</li>`;
	return html`<fieldset class="stack">
		<legend class="title">${words.block}</legend>
		<p class="hint">${words.blockHint}</p>
		<ul>
			${comment.email === null ? '' : toKind('email', comment.email)}
			${comment.address === null ? '' : toKind('address', words.blockAddressHint)}
		</ul>
		<p><button class="second">${words.block}</button></p>
	</fieldset>`;
}

/** Answers with the articles that have comments, and how many of each kind. */
export async function answerArticles(
	context: Context<DeskEnv>,
	service: Service,
	articles: readonly ArticleCounts[],
	page: number,
) {
	const titled = await Promise.all(
		articles.map(async (row) => ({ ...row, title: await findTitle(service.edition, row.article) })),
	);
	const rows = titled.map(
		(row) =>
			html`<tr>
				<th scope="row"><a href="${paths.article(row.article)}">${row.title}</a></th>
				${statuses.map((list) => {
					const query = toQuery({ list, article: row.article, page: 1 }).toString();
					const label = `${words.lists[list]}, ${row.title}: ${row[list]}`;
					return html`<td>
						${row[list] === 0 ? 0 : html`<a class="target" href="${paths.deskPage(`?${query}`)}" aria-label="${label}">${row[list]}</a>`}
					</td>`;
				})}
			</tr>`,
	);
	const heads = [words.article, ...statuses.map((list) => words.lists[list])];
	const body = html`${toTable(heads, rows)} ${toPages(page, articles.length, (number) => `articles?page=${number}`)}`;
	return answerDesk(context, service, 200, { title: words.articles, body, here: 'articles' });
}

/** Answers with whose comments are rejected. */
export function answerBlocked(context: Context<DeskEnv>, service: Service, blocks: readonly BlockRow[], page: number) {
	const rows = blocks.map(
		({ kind, value, created_at: at, editor }) =>
			html`<tr>
				<th scope="row">${words.blockKinds[kind]}: ${kind === 'email' ? value : `${value.slice(0, 8)}…`}</th>
				<td>
					<form method="post" action="${paths.deskPage('unblock')}">
						${toToken(context.get('session'))}
						<input type="hidden" name="kind" value="${kind}" />
						<input type="hidden" name="value" value="${value}" />
						<button class="second small">${words.unblock}</button>
					</form>
				</td>
				<td>${formatTime(at)}</td>
				<td><bdi>${editor}</bdi></td>
			</tr>`,
	);
	const body = html`${toTable([words.blocked, words.unblock, words.time, words.editor], rows)}
	${toPages(page, blocks.length, (number) => `blocked?page=${number}`)}`;
	return answerDesk(context, service, 200, { title: words.blocked, body, here: 'blocked' });
}

/** Answers with what editors have done. */
export function answerLog(context: Context<DeskEnv>, service: Service, rows: readonly AuditRow[], page: number) {
	const body = html`${toAudit(rows, true)} ${toPages(page, rows.length, (number) => `log?page=${number}`)}`;
	return answerDesk(context, service, 200, { title: words.log, body, here: 'log' });
}

function toAudit(rows: readonly AuditRow[], hasComments: boolean): Html {
	const heads = [words.time, words.editor, words.action, ...(hasComments ? [words.comment] : []), words.detail];
	const body = rows.map(
		({ at, editor, action, comment, detail }) =>
			html`<tr>
				<td>${formatTime(at)}</td>
				<td><bdi>${editor}</bdi></td>
				<td>${isAction(action) ? words.actions[action] : action}</td>
				${
					hasComments
						? html`<td>
								${comment === null ? '' : html`<a href="${paths.deskPage(`comments/${comment}`)}">${comment}</a>`}
							</td>`
						: ''
				}
				<td class="prose">${isState(detail) ? words.states[detail] : detail}</td>
			</tr>`,
	);
	return toTable(heads, body);
}

function isAction(text: string): text is keyof typeof words.actions {
	return Object.hasOwn(words.actions, text);
}

function isState(text: string): text is CommentRow['status'] {
	return Object.hasOwn(words.states, text);
}

function toTable(heads: readonly string[], rows: readonly Html[]): Html {
	if (rows.length === 0) return html`<p>${words.nothing}</p>`;
	return html`<div class="wide scroller" role="region" aria-label="${heads.join(', ')}" tabindex="0">
		<table class="label">
			<thead>
				<tr>
					${heads.map((head) => html`<th scope="col">${head}</th>`)}
				</tr>
			</thead>
			<tbody>
				${rows}
			</tbody>
		</table>
	</div>`;
}

/** @param length how many the page has: where it is full, there may be another */
function toPages(page: number, length: number, toPlace: (page: number) => string): Html {
	const toLink = (number: number, label: string) =>
		html`<li><a class="target" href="${paths.deskPage(toPlace(number))}">${label}</a></li>`;
	if (page === 1 && length < pageSize) return html``;
	return html`<nav aria-label="${words.pages}">
		<ul class="row label">
			${page > 1 ? toLink(page - 1, words.previous) : ''}
			<li>${words.page(page)}</li>
			${length === pageSize ? toLink(page + 1, words.next) : ''}
		</ul>
	</nav>`;
}

/** Answers that comments have changed since the editor saw them. @param back where the editor came from */
export function answerMeanwhile(
	context: Context<DeskEnv>,
	service: Service,
	comments: readonly (CommentRow | undefined)[],
	back = '',
) {
	const items = comments.map((comment) => html`<li>${comment ? toPresent(comment) : words.meanwhileGone}</li>`);
	const body = html`<p class="notice" role="alert">${words.meanwhileText}</p>
		<ul class="stack">
			${items}
		</ul>
		<p><a href="${paths.deskPage(back)}">${words.backToDesk}</a></p>`;
	return answerDesk(context, service, 409, { title: words.meanwhile, body });
}

function toPresent(comment: CommentRow): Html {
	const { id, name, status, decided_by: editor, decided_at: at } = comment;
	const who = editor === null || at === null ? '' : ` ${words.meanwhileBy(editor, formatTime(at))}`;
	const edited = comment.is_edited === 1 ? `; ${words.meanwhileEdited}` : '';
	return html`<a href="${paths.deskPage(`comments/${id}`)}">${words.meanwhileState(name, words.states[status])}</a
		>${who}${edited}.`;
}
