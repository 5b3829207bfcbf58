import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import { headersOf } from '../domain/headers.ts';
import * as paths from '../domain/paths.ts';
import { site } from '../site.ts';
import { colourTokens } from '../styles/colours.ts';
import { serviceWords } from '../words/service-words.ts';
import { words } from '../words/words.ts';
import { pageDirection } from '../words/writing.ts';

/** A piece of HTML in which everything that came from outside is escaped. */
export type Html = ReturnType<typeof html>;

interface Page {
	/** The heading, and what the window is called. */
	title: string;
	body: Html;
	/** Where one can go from here, above the heading. */
	navigation?: Html;
	/** Stands before the title where something must be mended first. */
	isFaulty?: boolean;
	/** A script of ours that makes the page easier to use; it must work without. */
	script?: string;
}

const styles = ['reset', 'tokens', 'base', 'compositions', 'utilities'].map((name) => `../styles/${name}.css`);
const style = [
	'@layer reset, tokens, base, compositions, components, utilities; :root { --font-serif: Georgia, serif; }',
	colourTokens,
	...[...styles, 'service.css'].map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')),
].join('\n');

/** Answers with a page of the service: never kept by anyone, never shown inside another, and loading nothing from elsewhere. */
export async function answerPage(
	context: Context,
	status: 200 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503,
	page: Page,
) {
	const script = page.script ?? '';
	const policy = [
		"default-src 'none'",
		`style-src '${hashOf(style)}'`,
		...(script === '' ? [] : [`script-src '${hashOf(script)}'`]),
		"img-src 'self'",
		"form-action 'self'",
		"base-uri 'none'",
		"frame-ancestors 'none'",
	].join(';');
	return context.html(await toDocument(page), status, {
		...headersOf(context.req.path),
		// Nobody waits for the rest of what is too large; on a connection that has some of it, a next request would fail.
		...(status === 413 && { Connection: 'close' }),
		'Cache-Control': 'no-store',
		'Content-Security-Policy': policy,
		'Referrer-Policy': 'same-origin',
		'X-Robots-Tag': 'noindex',
	});
}

function hashOf(text: string): string {
	return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function toDocument({ title, body, navigation, isFaulty = false, script = '' }: Page): Html {
	return html`<!doctype html>
		<html lang="${site.language}" dir="${pageDirection ?? 'ltr'}">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<title>${isFaulty ? `${serviceWords.service.fault}: ` : ''}${title} – ${site.title}</title>
				<meta name="robots" content="noindex" />
				<meta name="color-scheme" content="light dark" />
				<link rel="icon" href="${paths.file('icon.svg')}" type="image/svg+xml" />
				${raw(`<style>${style}</style>`)}
			</head>
			<body>
				<a class="sr-only" href="#main">${words.skipToContent}</a>
				<header class="page service-header">
					<p class="masthead"><a href="${paths.home()}">${site.title}</a></p>
					${navigation}
				</header>
				<main id="main" class="page stack" tabindex="-1">
					<h1>${title}</h1>
					${body}
				</main>
				<footer class="page label soft">
					<p>${site.title}. ${site.tagline}. <a href="mailto:${site.editorEmail}">${site.editorEmail}</a></p>
				</footer>
				${script === '' ? '' : raw(`<script>${script}</script>`)}
			</body>
		</html>`;
}

/** Returns the paragraphs of a plain text; lines within them are kept. */
export function toProse(paragraphs: readonly string[]): Html {
	return html`${paragraphs.map((paragraph) => html`<p class="prose">${paragraph}</p>`)}`;
}
