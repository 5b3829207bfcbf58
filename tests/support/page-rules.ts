import { createHash } from 'node:crypto';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { faultsOfPage } from '../../src/edition/check/soundness.ts';
import { scanPage } from '../../src/edition/check/scan-page.ts';
import { flight, frame, headers, isMonth, secondFlight } from '../../src/edition/check/weight.ts';
import type { Edition, Page } from './edition.ts';
import { attributesOf, textsOf } from './edition.ts';

const validator = new HtmlValidate(
	new StaticConfigLoader({
		root: true,
		extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
		rules: {
			// White space is what the templates left; no reader sees it.
			'no-trailing-whitespace': 'off',
			// A headline may have 150 characters, and the title of its page is the headline.
			'long-title': 'off',
			// What comes from our own host is as trustworthy as the page itself.
			'require-sri': ['error', { target: 'crossorigin' }],
		},
	}),
);

/** Returns what is wrong with a page on its own: sentences, none where all is well. */
export function faultsOf({ path, html, document }: Page): string[] {
	const faults: string[] = [];
	const expectOne = (selector: string) => {
		const count = document.querySelectorAll(selector).length;
		if (count !== 1) faults.push(`${count} × ${selector}`);
	};
	for (const selector of [
		'h1',
		'title',
		'main',
		'meta[name=description]',
		'html[lang]',
		'body > header, body > footer ~ header',
	])
		expectOne(selector);
	// What stands at no address of its own has no address to be known by.
	const canonicals = document.querySelectorAll('link[rel=canonical]').length;
	if (canonicals !== (path.endsWith('404.html') ? 0 : 1)) faults.push(`${canonicals} canonical addresses`);
	if (!textsOf(document, 'h1')[0]) faults.push('an empty h1');
	if (!attributesOf(document, 'meta[name=description]', 'content')[0]) faults.push('an empty description');

	const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ tagName }) => Number(tagName[1]));
	levels.forEach((level, i) => {
		if (level > (levels[i - 1] ?? 0) + 1)
			faults.push(`a heading of level ${level} after ${levels[i - 1] ?? 'nothing'}`);
	});

	const facts = scanPage(html);
	faults.push(...faultsOfPage(facts, path.endsWith('/search/')));

	faults.push(...faultsOfPolicy(document));

	const words = document.documentElement.textContent;
	for (const slip of ['undefined', '[object', 'NaN', 'Invalid Date', 'lorem', 'TODO', 'null'])
		if (words.includes(slip)) faults.push(`the word ${slip}`);
	for (const text of textsOf(document, 'p, li, h1, h2, h3, a, span, time'))
		if (/ [,.;:!?](?:\s|$)|\( | \)|[a-z][.,;:][A-Z][a-z]/.test(text)) faults.push(`spacing in "${text}"`);

	for (const block of document.querySelectorAll('style'))
		for (const [face] of block.textContent.matchAll(/@font-face\s*\{[^}]*url\([^}]*\}/g))
			if (!face.includes('font-display:optional')) faults.push('type that moves the text when it comes');
	const preloaded = attributesOf(document, 'link[rel=preload]', 'as');
	if (preloaded.join() !== 'font') faults.push(`preloaded ${preloaded.join(' and ')}`);

	for (const { messages } of validator.validateStringSync(html).results)
		for (const { ruleId, message, line, column } of messages) faults.push(`${ruleId} at ${line}:${column}: ${message}`);

	const most = isMonth(path) ? flight + secondFlight : flight;
	if (facts.weight + headers > most) faults.push(`${facts.weight} bytes gzipped`);
	if (facts.hasText && facts.frameWeight > frame) faults.push(`${facts.frameWeight} bytes gzipped beside its text`);
	return faults.map((fault) => `${path}: ${fault}`);
}

/** Returns what is wrong with the page's policy: it stands before all it applies to, and names the style that is there. */
function faultsOfPolicy(document: Document): string[] {
	const policies = document.querySelectorAll('meta[http-equiv="content-security-policy"]');
	const policy = document.querySelector('meta[charset] + meta[http-equiv="content-security-policy"]');
	if (!policy || policies.length > 1) return [`${policies.length} policies, or not at the head of the page`];
	const content = policy.getAttribute('content') ?? '';
	const faults = content.includes('unsafe-inline') ? ['a policy that lets anything run'] : [];
	const styles = [...document.querySelectorAll('style')].map(({ textContent }) => textContent);
	const hashes = styles.map((css) => `'sha256-${createHash('sha256').update(css).digest('base64')}'`);
	const allowed = /(?:^|;)style-src ([^;]*)/.exec(content)?.[1];
	if (allowed !== hashes.join(' ')) faults.push('a policy for another style');
	return faults;
}

/** Returns every link of the paper to itself that leads nowhere. */
export function brokenLinksOf(edition: Edition, origin: string, base = '/'): string[] {
	const files = new Set(edition.files.map((file) => base + file.replace(/(^|\/)index\.html$/, '$1')));
	const pages = new Map(edition.pages.map((page) => [page.path, page]));
	const broken: string[] = [];
	for (const { path, document } of edition.pages) {
		const targets = ['href', 'src', 'content'].flatMap((attribute) =>
			attributesOf(document, `[${attribute}]`, attribute).filter(
				(value) => attribute !== 'content' || value.startsWith(origin),
			),
		);
		for (const target of targets) {
			const url = URL.parse(target, origin + path);
			if (url?.origin !== origin || url.pathname.startsWith(`${base}comments/`)) continue;
			const id = decodeURIComponent(url.hash.slice(1));
			if (!files.has(url.pathname)) broken.push(`${path}: ${target}`);
			else if (id !== '' && pages.get(url.pathname)?.document.getElementById(id) === null)
				broken.push(`${path}: ${target}`);
		}
	}
	return broken;
}
