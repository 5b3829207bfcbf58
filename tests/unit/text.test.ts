import { describe, expect, test } from 'vitest';
import { splitFrontMatter } from '../../src/markdown/front-matter.ts';
import { type Setting, toHtml } from '../../src/markdown/html.ts';
import { countWords, readText } from '../../src/markdown/text.ts';

function render(markdown: string, setting: Partial<Setting> = {}): string {
	const { tree, findings } = readText(markdown);
	expect(findings).toEqual([]);
	return toHtml(tree, { linkTo: (path) => path, ...setting });
}

/** Every id of the HTML, in order. */
const idsIn = (html: string) => [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);

describe('a text', () => {
	test('becomes HTML', () => {
		expect(render('A *fine* **day** & `a<b`.\n\n> Said.\n\n- one\n- two', { isForFeed: true })).toBe(
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
		expect(idsIn(html)).toEqual([
			'part-tags',
			'part-main',
			'part-fn-1',
			'part-comment-one',
			'part-footnote-label',
			'a',
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
			render('[a](/tags/china/) [b](https://a.example/) [c](mailto:a@b.example)', {
				linkTo: (p) => `/news${p}`,
				isForFeed: true,
			}),
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

	test('carries for feeds neither classes nor data attributes nor ids but those of footnotes, whose links stay in it', () => {
		const html = render('## A\n\n| a |\n|--:|\n| 1 |\n\nA fact.[^1]\n\n[^1]: The source.', {
			isForFeed: true,
			idPrefix: 'x-',
			page: 'https://a.example/x/',
		});
		expect(html).not.toMatch(/ class=| data-| aria-/);
		expect(idsIn(html)).toEqual(['x-fnref-1', 'x-fn-1']);
		expect(html).toContain('<a id="x-fnref-1" href="#x-fn-1">1</a>');
		expect(html).toContain('<a title="Back to reference 1" href="#x-fnref-1">');
	});

	test('has tables that keys can scroll where they are wide, and in feeds nothing of it', () => {
		const table = (columns: number) => ['a', '-', '1'].map((cell) => `|${`${cell}|`.repeat(columns)}`).join('\n');
		expect(render(table(4))).toMatch(/^<table class="scrolls" tabindex="0">/);
		expect(render(table(3))).toMatch(/^<table>/);
		expect(render(table(4), { isForFeed: true })).toMatch(/^<table>/);
	});

	test('is counted in words', () => {
		const { tree } = readText('Trade was $94.82 billion, the customs’ own count.\n\nЖаңа жол.');
		expect(countWords(tree)).toBe(10);
	});
});

describe('a paragraph', () => {
	const idsOf = (markdown: string) => idsIn(render(markdown));

	test('has an address of its first eight words, and a link that shows it', () => {
		expect(render('In 2024, *trade* grew by $95 billion – a **record** for all.')).toBe(
			'<p id="in-2024-trade-grew-by-95-billion">In 2024, <em>trade</em> grew by $95 billion – a <strong>record</strong> for all.<a class="anchor" href="#in-2024-trade-grew-by-95-billion" aria-label="Link to this paragraph"></a></p>',
		);
	});

	test('keeps letters of all scripts in its address', () => {
		expect(idsOf('Жаңа жол «Қорғас» арқылы!\n\nمی‌خواهم')).toEqual(['жаңа-жол-қорғас-арқылы', 'می-خواهم']);
	});

	test('keeps its address when others, its ninth word or its footnotes change', () => {
		const before = idsOf('One.\n\nA b c[^1] d e f g h i j.\n\n[^1]: N.');
		const after = idsOf('New.\n\nOne, but longer.\n\nA b c[^2] d e f g h z.[^1]\n\n[^1]: N.\n\n[^2]: N.');
		expect(before[1]).toBe('a-b-c-d-e-f-g-h');
		expect(after).toContain(before[1]);
	});

	test('shares no address with another, a heading, the page around it or a footnote', () => {
		expect(
			idsOf('Routes.\n\nRoutes!\n\nRelated\n\nfn 1.[^1]\n\n…\n\n## Routes\n\n## Set\n\nBy hand {#set}\n\n[^1]: N.'),
		).toEqual([
			'routes-2',
			'routes-3',
			'part-related',
			'part-fn-1',
			'fnref-1',
			'part',
			'routes',
			'set-2',
			'set',
			'footnote-label',
			'fn-1',
		]);
	});

	test('has none inside quotations, lists, tables and footnotes', () => {
		const html = render('> Said.\n\n- one\n\n  two\n\n| a |\n|---|\n| 1 |\n\n## A\n\nA.[^1]\n\n[^1]: N.\n\n    More.');
		expect(html.match(/class="anchor"/g)).toHaveLength(1);
		expect(idsIn(html)).toEqual(['a', 'a-2', 'fnref-1', 'footnote-label', 'fn-1']);
	});

	test('takes the id that an editor sets at its end, and a heading too', () => {
		const markdown = 'Some *words*. {#the-railway}\n\n## A part {#first} ##\n\nSoft\nbreak {#ж-2} <!-- a remark -->';
		expect(render(markdown, { isForFeed: true })).toBe(
			'<p>Some <em>words</em>.</p>\n<h2>A part</h2>\n<p>Soft\nbreak</p>',
		);
		expect(idsOf(markdown)).toEqual(['the-railway', 'first', 'ж-2']);
		expect(countWords(readText(markdown).tree)).toBe(6);
	});

	test('keeps the signs of an id as text where they are escaped or stand in code', () => {
		const html = render('Write \\{#x}\n\nWrite `{#x}`\n\n```\n{#x}\n```', { isForFeed: true });
		expect(html).toBe('<p>Write {#x}</p>\n<p>Write <code>{#x}</code></p>\n<pre><code>{#x}\n</code></pre>');
	});

	test('can be linked to within the text; in feeds, where no part has an id, the link leads to it on the page', () => {
		const markdown = '[See](#b).\n\nB.';
		expect(render(markdown, { idPrefix: 'x-' })).toContain('<a href="#x-b">See</a>');
		expect(render(markdown, { isForFeed: true, idPrefix: 'x-', page: 'https://a.example/x/' })).toBe(
			'<p><a href="https://a.example/x/#b">See</a>.</p>\n<p>B.</p>',
		);
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
