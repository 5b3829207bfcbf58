import { gzipSync } from 'node:zlib';
import { headers } from '../domain/budgets.ts';
import * as paths from '../domain/paths.ts';
import { escapeXml } from '../markdown/xml.ts';
import { site } from '../site.ts';
import { serviceWords } from '../words/service-words.ts';
import { finishPage } from './finish-page.ts';
import { getProblems } from './problems.ts';

const { preview: words } = serviceWords;

/** A longer list would push the page out of sight. */
const mostProblems = 20;

/** What stands at the head of a page in the preview. */
const bar = /<aside data-preview-bar>.*?<\/aside>/s;

/**
 * Answers in the editor's preview: a page says at its head which mistakes keep files from being shown, and where it
 * stands what is told of its article; where a page cannot be made, it says why, without the program's inside.
 * @param path with the base
 */
export async function previewPage(path: string, makePage: () => Promise<Response>): Promise<Response> {
	try {
		const response = await makePage();
		if (response.headers.get('Content-Type')?.startsWith('text/html') !== true) return response;
		// What fails while it is written shows here.
		const html = await response.text();
		const notes = await barOf(path);
		return new Response(
			html.replace(/<body[^>]*>/, (body) => body + notes),
			response,
		);
	} catch (error) {
		console.error(error);
		return new Response(failurePage(error, await barOf(path)), {
			status: 500,
			headers: { 'Content-Type': 'text/html; charset=utf-8' },
		});
	}
}

async function barOf(path: string): Promise<string> {
	const [, id] = /^\/(\d{4}\/\d{2}\/[^/]+)\/$/.exec(paths.withoutBase(path)) ?? [];
	const links = [
		...(id === undefined ? [] : [{ href: paths.aboutArticle(id), label: words.about }]),
		{ href: paths.guide(), label: words.guide },
	].map(({ href, label }) => `<a class="target" href="${escapeXml(href)}">${label}</a>`);
	const problems = await getProblems();
	const shown = problems.slice(0, mostProblems).map((problem) => `<li>${escapeXml(problem)}</li>`);
	const more = problems.length - shown.length;
	if (more > 0) shown.push(`<li>${escapeXml(words.moreMistakes(more))}</li>`);
	const list = shown.length === 0 ? '' : `<p><strong>${words.mistakes}</strong></p><ul>${shown.join('')}</ul>`;
	return `<aside data-preview-bar><div class="page label" style="padding-block: var(--space-2)">${list}<p class="row">${links.join(' ')}</p></div></aside>`;
}

function failurePage(error: unknown, notes: string): string {
	const message = error instanceof Error ? error.message : String(error);
	return `<!doctype html><html lang="${site.language}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${words.failed}</title><script type="module" src="/@vite/client"></script></head><body>${notes}<h1>${words.failed}</h1><p>${words.failedAdvice}</p><p>${escapeXml(message)}</p></body></html>`;
}

/**
 * Returns about how many bytes a page takes on its way, headers included, once it is published: as the preview has it,
 * without what it adds. Addresses of pictures are longer here, and a build shortens styles a little more.
 * @param html as the preview shows it
 * @param path with the base
 */
export function weigh(html: string, path: string): number {
	const plain = html
		.replace(bar, '')
		.replace(/<script type="module"[^>]*><\/script>/g, '')
		.replace(/<style[^>]*>(.*?)<\/style>/gs, (_, css: string) => `<style>${shortenStyle(css)}</style>`);
	return gzipSync(finishPage(plain, path), { level: 9 }).length + headers;
}

function shortenStyle(css: string): string {
	return css
		.replace(/\/\*.*?\*\//gs, '')
		.replace(/\s+/g, ' ')
		.replace(/ ?([{};,>]) ?|: /g, (sign, alone: string | undefined) => alone ?? sign.trim());
}
