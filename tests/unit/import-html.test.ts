import { describe, expect, test } from 'vitest';
import { toMarkdown } from '../../src/import/html.ts';
import type { LinkTo } from '../../src/import/post.ts';
import { toPlainParagraphs } from '../../src/import/html-text.ts';
import { readText } from '../../src/markdown/text.ts';
import { site } from '../../src/site.ts';

const linkTo: LinkTo = (href) => (/^https?:/.test(href) ? { href } : { fault: 'is no link that a text can have' });
const pictureOf = (img: Element) => ({ address: img.getAttribute('src') ?? '' });
const convert = (html: string, footnotes?: ReadonlyMap<string, string>) =>
	toMarkdown(html, { linkTo, pictureOf, ...(footnotes && { footnotes }) });

/** Every text that HTML becomes must be one that the paper can have. */
const markdownOf = (html: string) => {
	const { markdown } = convert(html);
	expect(readText(markdown).findings).toEqual([]);
	return markdown;
};

describe('HTML becomes markdown', () => {
	test.each([
		['a paragraph', '<p>One &amp; two.</p>', 'One & two.'],
		['line ends', '<p>One<br>two</p>', 'One\\\ntwo'],
		['line ends that end nothing', '<p><br>One<br></p><ul><li>a<br></li></ul>', 'One\n\n-   a'],
		['a line end within emphasis', '<p><b>One<br></b>two <i><br>three</i></p>', '**One**\\\ntwo\\\n*three*'],
		['a small picture that stands for a sign', '<p>a <img class="emoji" alt="🙂" src="x.png"></p>', 'a 🙂'],
		['a heading far below', '<h5>A</h5><p>b</p><h6>C</h6>', '## A\n\nb\n\n### C'],
		['a first heading', '<h1>A</h1><p>b</p>', '## A\n\nb'],
		['a heading over two lines', '<h2>A<br>b</h2>', '## A b'],
		['emphasis', '<p><em>a</em> <b>b</b> <s>c</s></p>', '*a* **b** ~~c~~'],
		['emphasis that ends with a stop before a letter', '<p><b>Note:</b>words</p>', '**Note**:words'],
		['emphasis of nothing', '<p>a<b> </b>b</p>', 'a b'],
		['a link', '<p><a href="https://example.org/a_(b)">a</a></p>', '[a](https://example.org/a_%28b%29)'],
		['a link without words', '<p>a<a href="https://example.org/"></a></p>', 'a'],
		['an address in words', '<p>See https://example.org/a_b_c.</p>', 'See https://example.org/a_b_c.'],
		['an address of the paper', `<p>See ${site.origin}/x.</p>`, `See \`${site.origin}/x.\``],
		[
			'an address that is its own words',
			'<p><a href="https://a.example/_b_">https://a.example/_b_</a></p>',
			'[https://a.example/_b_](https://a.example/_b_)',
		],
		['code', '<pre><code class="language-js">a &lt; b\n</code></pre>', '```\na < b\n```'],
		['code with fences', '<pre>```\na\n```</pre>', '````\n```\na\n```\n````'],
		['code in a line', '<p><code>a*b</code></p>', '`a*b`'],
		['lists', '<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>', '1.  a\n2.  b\n    -   c'],
		['a quotation', '<blockquote><p>a</p><p>b</p></blockquote>', '> a\n>\n> b'],
		[
			'a table',
			'<table><tr><th>a</th><th>b</th></tr><tr><td>1<br>2</td><td>x | y</td></tr></table>',
			'| a   | b   |\n| --- | --- |\n| 1 2 | x \\| y |',
		],
		['raised digits', '<p>10<sup>6</sup> H<sub>2</sub>O</p>', '10⁶ H₂O'],
		[
			'signs that mean something',
			'<p>*a* _b_ [c](d) &lt;e&gt; {#f} ~~g~~ `h` &amp;lt;</p>',
			'\\*a\\* \\_b\\_ \\[c\\](d) \\<e> \\{#f} \\~\\~g\\~\\~ \\`h\\` \\&lt;',
		],
		[
			'beginnings that mean something',
			'<p># a</p><p>- b</p><p>1. c</p><p>2) d</p><p>&gt; e</p>',
			'\\# a\n\n\\- b\n\n1\\. c\n\n2\\) d\n\n\\> e',
		],
		['what people do not see', '<style>a{}</style><p>a</p><!-- b --><noscript>c</noscript>', 'a'],
	])('%s', (_, html, markdown) => expect(markdownOf(html)).toBe(markdown));

	test.each([
		['scripts', '<p>a</p><script>alert(1)</script>'],
		['handlers', '<p onclick="alert(1)">a</p><svg onload="alert(1)"></svg>'],
		['addresses that act', '<a href="javascript:alert(1)">a</a><a href="data:text/html,alert(1)">b</a>'],
		['forms', '<p>a</p><form action="javascript:alert(1)"><input value="alert(1)"></form>'],
	])('%s are left out', (_, html) => {
		const { markdown } = convert(html);
		const published = markdown.replace(/<!--.*?-->/g, '');
		expect(published).not.toMatch(/alert|javascript|data:|<[a-z]/);
		expect(readText(markdown).findings).toEqual([]);
	});

	test('what shows something from elsewhere becomes a link, and is noted', () => {
		const { markdown, notes } = convert('<p>a</p><iframe src="//video.example/1"></iframe>');
		expect(markdown).toContain('[video.example](https://video.example/1)');
		expect(notes).toEqual(['a <iframe> was left out, which showed //video.example/1']);
	});

	test('a remark cannot end early', () => {
		const { markdown } = convert('<p>a</p><iframe src="x--><script>alert(1)</script>"></iframe>');
		expect(readText(markdown).findings).toEqual([]);
		expect(markdown.match(/-->/g)).toHaveLength(1);
	});

	test('pictures stand alone behind the paragraph or list that had them', () => {
		const html =
			'<p>a <img src="1.jpg"> b</p><ul><li>c <img src="2.jpg"></li><li>d</li></ul><p><a href="https://x.example/"><img src="3.jpg"></a></p><p>e</p>';
		const { markdown, pictures } = convert(html);
		expect(markdown).toBe('a  b\n\n\uE0000\uE001\n\n-   c\n-   d\n\n\uE0001\uE001\n\n\uE0002\uE001\n\ne');
		expect(pictures.map(({ address }) => address)).toEqual(['1.jpg', '2.jpg', '3.jpg']);
	});

	test('the words below a picture are its caption', () => {
		const { markdown, pictures } = convert('<figure><img src="1.jpg"><figcaption>A <b>mill</b></figcaption></figure>');
		expect(markdown).toBe('\uE0000\uE001');
		expect(pictures).toEqual([{ address: '1.jpg', caption: 'A mill' }]);
	});

	test('notes stand at the foot, in the order of their references', () => {
		const notes = new Map([
			['x', 'Of <em>x</em>.'],
			['y', 'Of y.'],
		]);
		const { markdown } = convert(
			'<p>a<sup data-fn="y">1</sup> b<sup data-fn="x">2</sup> c<sup data-fn="y">1</sup></p>',
			notes,
		);
		expect(markdown).toBe('a[^1] b[^2] c[^1]\n\n[^1]: Of y.\n\n[^2]: Of *x*.');
		expect(readText(markdown).findings).toEqual([]);
	});

	test('a table that holds lists becomes paragraphs, and is noted', () => {
		const { markdown, notes } = convert('<table><tr><td><ul><li>a</li></ul></td><td>b</td></tr></table>');
		expect(markdown).toBe('-   a\n\nb');
		expect(notes).toEqual(['a table that held lists, code or headings has become paragraphs']);
	});

	const distinct = (count: number, from = 0) =>
		Array.from({ length: count }, (_, i) => `<b id="${from + i}">`).join('');

	test.each([
		['nested too deeply', '<div>'.repeat(100_000)],
		['nested too deeply in words', '<b>'.repeat(100_000)],
		[
			'whose formats are opened anew in every block',
			Array.from({ length: 100 }, (_, i) => `<div>${distinct(99, i * 99)}x</div>`).join(''),
		],
		['whose formats would fill the memory', distinct(90) + '<p>x'.repeat(100_000)],
		['whose quotations hide their depth', '<svg><style>' + '<div>'.repeat(500) + 'x'],
	])('HTML %s is left as it was', (_, html) => {
		const { fault, markdown } = convert(html);
		expect(fault).toContain('nested too deeply');
		expect(markdown).toBe(html);
	});

	test('formats that are not closed are no fault where they are few', () => {
		expect(convert(`<p>${'<b>a<p>'.repeat(20)}</p>`).fault).toBeUndefined();
	});

	test('a text that is longer than a text can be is left as it was', () => {
		expect(convert(`<p>${'word '.repeat(70_000)}</p>`).fault).toBe(
			'its text has 349999 characters, of which 300000 are allowed',
		);
	});

	test.each([
		['stops', `<p><b>a${'.'.repeat(100_000)}a</b>b</p>`],
		['cells of a row', `<table><tr>${'<td>a</td>'.repeat(10_000)}</tr></table>`],
		['rows', `<table>${'<tr><td>a</td><td>b</td></tr>'.repeat(5000)}</table>`],
		['pictures of a figure', `<figure>${'<img src="a.png">'.repeat(20_000)}<figcaption>A</figcaption></figure>`],
	])('%s by the thousand take no time', { timeout: 300_000 }, (_, html) => {
		const begun = performance.now();
		expect(convert(html).fault).toBeUndefined();
		expect(performance.now() - begun).toBeLessThan(10_000);
	});

	test.each([
		['whose cells span a million columns', '<table><tr><td colspan="1000000">a</td></tr><tr><td>b</td></tr></table>'],
		[
			'of a wide row and many narrow ones',
			`<table><tr>${'<td>a</td>'.repeat(1000)}</tr>${'<tr><td>b</td></tr>'.repeat(1000)}</table>`,
		],
	])('a table %s is left as it was', (_, html) => {
		expect(convert(html)).toMatchObject({ markdown: html, fault: 'its tables have more than 50000 cells' });
	});
});

test('comments keep their paragraphs, and the addresses of their links', () => {
	expect(toPlainParagraphs('<p>a &amp; b</p><p>c <a href="https://x.example/">d</a><br>e</p><script>f</script>')).toBe(
		'a & b\n\nc d (https://x.example/)\ne',
	);
});
