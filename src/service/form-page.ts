import type { Context } from 'hono';
import { html } from 'hono/html';
import { toParagraphs } from '../domain/comments.ts';
import * as paths from '../domain/paths.ts';
import { commentLimits } from '../schemas/comment.ts';
import { site } from '../site.ts';
import { serviceWords } from '../words/service-words.ts';
import { words as allWords } from '../words/words.ts';
import type { ShownArticle } from './article-page.ts';
import type { Faults, Typed } from './fields.ts';
import { answerPage, type Html, toProse } from './page.ts';
import type { CommentRow } from './tables.ts';

const words = serviceWords.service;

/** Pages of `content/pages/` to which the form leads where they are there. */
export const notices = ['comment-rules', 'privacy'] as const;
type Notice = (typeof notices)[number];

interface Form {
	article: ShownArticle;
	/** The comment that is to be answered. */
	parent: Pick<CommentRow, 'id' | 'name' | 'text'> | undefined;
	typed: Typed;
	seal: string;
	faults?: Faults;
	/** Pages of the paper that say what holds for comments, where it has them. */
	notices: readonly Notice[];
	/** What keeps the comment from being taken though every field is sound. */
	obstacle?: string;
}

/** Answers with the form for a comment: with everything that was typed, and each fault beside its field. */
export function answerForm(context: Context, status: 200 | 422 | 429 | 503, form: Form) {
	const { article, parent, typed, seal, faults = {}, obstacle } = form;
	const isFaulty = obstacle !== undefined || Object.keys(faults).length > 0;
	const body = html` <p>${words.about} <a href="${paths.article(article.id)}">${article.title}</a></p>
		${isFaulty ? toSummary(faults, obstacle) : ''} ${parent === undefined ? '' : toQuotation(parent)}
		<form class="stack" method="post" action="${paths.postComment(article.id)}">
			<input type="hidden" name="seal" value="${seal}" />
			${parent === undefined ? '' : html`<input type="hidden" name="reply" value="${parent.id}" />`}
			${toField(
				'name',
				words.name,
				words.nameHint(commentLimits.name),
				faults.name,
				(attributes) => html` <input type="text" value="${typed.name}" autocomplete="name" required ${attributes} />`,
			)}
			${toField(
				'text',
				words.text,
				words.textHint(commentLimits.text),
				faults.text,
				(attributes) => html` <textarea rows="10" required ${attributes}>${`\n${typed.text}`}</textarea>`,
			)}
			${toField(
				'email',
				words.email,
				words.emailHint,
				faults.email,
				(attributes) => html` <input type="email" value="${typed.email}" autocomplete="email" ${attributes} />`,
			)}
			<p hidden>
				<label for="website">${words.honeypot}</label>
				<input id="website" name="website" autocomplete="off" tabindex="-1" />
			</p>
			<p class="hint">
				${words.readFirst}
				${form.notices.map((page) => html`<a href="${paths.page(page)}">${words.notices[page]}</a>. `)}
			</p>
			<p><button>${words.send}</button></p>
		</form>`;
	return answerPage(context, status, { title: allWords.postComment, body, isFaulty });
}

/** @param toControl makes the control with the attributes that join it to its label, hint and fault */
function toField(
	name: keyof Typed,
	label: string,
	hint: string,
	fault: string | undefined,
	toControl: (attributes: Html) => Html,
): Html {
	const described = fault === undefined ? `${name}-hint` : `${name}-fault ${name}-hint`;
	const invalid = fault === undefined ? '' : html`aria-invalid="true"`;
	return html`<div>
		<label for="${name}">${label}</label>
		<p class="hint" id="${name}-hint">${hint}</p>
		${fault === undefined ? '' : html`<p class="fault" id="${name}-fault">${fault}</p>`}
		${toControl(html`id="${name}" name="${name}" aria-describedby="${described}" ${invalid}`)}
	</div>`;
}

function toSummary(faults: Faults, obstacle: string | undefined): Html {
	const list = Object.entries(faults).map(([name, fault]) => html`<li><a href="#${name}">${fault}</a></li>`);
	return html`<div class="notice" role="alert">
		<p>${obstacle ?? words.faultsFound}</p>
		${
			list.length > 0
				? html`<ul>
						${list}
					</ul>`
				: ''
		}
	</div>`;
}

function toQuotation({ name, text }: Pick<CommentRow, 'name' | 'text'>): Html {
	return html`<section aria-labelledby="parent">
		<h2 class="label" id="parent">${words.inReplyTo(name)}</h2>
		<blockquote>${toProse(toParagraphs(text))}</blockquote>
	</section>`;
}

/** Answers with what became of a comment. */
export function answerReceipt(context: Context, comment: CommentRow) {
	const body = html` <p class="notice">
			${
				comment.status === 'approved'
					? html`${words.isShown} <a href="${paths.comment(comment.article, comment.id)}">${words.readIt}</a>`
					: comment.status === 'rejected'
						? words.isRejected
						: words.waits
			}
		</p>
		<section aria-labelledby="received">
			<h2 class="label" id="received">${comment.is_edited === 1 ? words.asEdited : words.asReceived}</h2>
			<p class="label"><strong>${comment.name}</strong></p>
			<blockquote>${toProse(toParagraphs(comment.text))}</blockquote>
		</section>
		<p><a href="${paths.article(comment.article)}">${words.backToArticle}</a></p>`;
	return answerPage(context, 200, { title: words.received, body });
}

/** Returns what was typed and cannot be sent, for its writer to take along; nothing where that is nothing. */
function toTyped(text: string): Html | '' {
	if (text === '') return '';
	return html`<h2 class="label">${words.typed}</h2>
		<blockquote>${toProse(toParagraphs(text))}</blockquote>`;
}

/** Answers that an article takes no comments any more. @param text that was sent all the same */
export function answerClosed(context: Context, { id, title }: ShownArticle, text = '') {
	const body = html` <p>${words.about} <a href="${paths.article(id)}">${title}</a></p>
		<p>${words.closedText} <a href="mailto:${site.editorEmail}">${site.editorEmail}</a></p>
		${toTyped(text)}`;
	return answerPage(context, 403, { title: words.closed, body });
}

/** Answers with a sentence and nothing to fill in. */
export function answerNotice(context: Context, status: 404 | 413 | 415 | 503, title: string, text: string, typed = '') {
	return answerPage(context, status, {
		title,
		body: html`<p>${text}</p>
			${toTyped(typed)}
			<p><a href="${paths.home()}">${site.title}</a></p>`,
	});
}
