import { describe, expect, test } from 'vitest';
import { splitFrontMatter } from '../../src/markdown/front-matter.ts';
import { type Setting, toHtml } from '../../src/markdown/html.ts';
import { readText } from '../../src/markdown/text.ts';

function render(markdown: string, setting: Partial<Setting> = {}): string {
	const { tree, findings } = readText(markdown);
	expect(findings).toEqual([]);
	return toHtml(tree, { linkTo: (path) => path, ...setting });
}

describe('a text', () => {
	test('becomes HTML', () => {
		expect(render('A *fine* **day** & `a<b`.\n\n> Said.\n\n- one\n- two')).toBe(
			'<p>A <em>fine</em> <strong>day</strong> &#x26; <code>a&#x3C;b</code>.</p>\n<blockquote>\n<p>Said.</p>\n</blockquote>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>',
		);
	});

	test('has headings with ids of their own, in any script', () => {
		expect(render('## Routes & roads\n\n## Routes – roads\n\n## Жаңа жол')).toBe(
			'<h2 id="routes-roads">Routes &#x26; roads</h2>\n<h2 id="routes-roads-2">Routes – roads</h2>\n<h2 id="жаңа-жол">Жаңа жол</h2>',
		);
	});

	test('has headings that cannot take an id from the page around it or from a footnote', () => {
		const html = render('## Tags\n\n## Main\n\n## fn 1\n\n## Comment one\n\n## Footnote label\n\nA.[^1]\n\n[^1]: B.');
		const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
		expect(ids).toEqual([
			'part-tags',
			'part-main',
			'part-fn-1',
			'part-comment-one',
			'part-footnote-label',
			'fnref-1',
			'footnote-label',
			'fn-1',
		]);
	});

	test('has tables without a style attribute', () => {
		expect(render('| a | b |\n|---|--:|\n| 1 | 2 |')).toContain('<th scope="col" class="right">b</th>');
	});

	test('has links under the base of the paper', () => {
		expect(
			render('[a](/tags/china/) [b](https://a.example/) [c](mailto:a@b.example)', { linkTo: (p) => `/news${p}` }),
		).toBe(
			'<p><a href="/news/tags/china/">a</a> <a href="https://a.example/">b</a> <a href="mailto:a@b.example">c</a></p>',
		);
	});

	test('has footnotes that work when several texts stand on one page', () => {
		const html = render('A fact.[^1]\n\n[^1]: The source.', { idPrefix: 'x-' });
		expect(html).toContain('<a href="#x-fn-1" id="x-fnref-1" data-footnote-ref aria-describedby="x-footnote-label">');
		expect(html).toContain('<h2 class="sr-only" id="x-footnote-label">Notes</h2>');
		expect(html).toContain('<li id="x-fn-1">');
		expect(html).toContain('href="#x-fnref-1"');
	});

	test('carries for feeds neither classes nor data attributes', () => {
		const html = render('| a |\n|--:|\n| 1 |\n\nA fact.[^1]\n\n[^1]: The source.', { isForFeed: true });
		expect(html).not.toMatch(/ class=| data-/);
	});

	test('is counted in words', () => {
		expect(readText('Trade was $94.82 billion, the customs’ own count.\n\nЖаңа жол.').wordCount).toBe(10);
	});

	test.each([
		'['.repeat(50_000),
		'a '.repeat(500_000),
		'*'.repeat(50_000),
		'> '.repeat(5_000) + 'x',
		'## A\n\n'.repeat(20_000),
	])('that explodes is dealt with in seconds (%#)', (markdown) => {
		const start = performance.now();
		readText(markdown);
		expect(performance.now() - start).toBeLessThan(5_000);
	});
});

test('front matter ends at the second line of three hyphens, and lines are counted', () => {
	expect(splitFrontMatter('---\na: 1\n---\nText\n---\n')).toEqual({
		frontMatter: 'a: 1\n',
		body: 'Text\n---\n',
		bodyOffset: 3,
	});
	expect(splitFrontMatter('Text\n---\na\n---\n')).toBeUndefined();
});
