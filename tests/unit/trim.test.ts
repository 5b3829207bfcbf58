import { readFile } from 'node:fs/promises';
import { JSDOM, VirtualConsole } from 'jsdom';
import { parse } from 'postcss';
import { expect, test } from 'vitest';
import { trimPage } from '../../src/styles/trim.ts';

const page = (css: string, body: string) =>
	`<!doctype html><html lang="en"><head><style>${css}</style></head><body>${body}</body></html>`;
const trimmed = (css: string, body: string) => trimPage(page(css, body)).css;

test('rules without an element go, and layers and conditions that are left empty with them', () => {
	expect(
		trimmed(
			'@layer a,b;@layer a{.x{color:red}h2{color:red}p,h3{color:red}}@media print{.y{color:red}}@layer b{.y .z{color:red}}',
			'<p class="x">Text</p>',
		),
	).toBe('@layer a,b;@layer a{.x{color:red}p{color:red}}');
});

test('rules stay whose elements are told by states, attributes or what they hold', () => {
	const css =
		'a:hover{color:red}a:not(.gone,p:hover>*){color:red}p:has(.gone)::after{content:" (" attr(href) ")"}[scope=row]{color:red}:root{color:red}*,:before{margin:0}a:not([href^=\\#]):after{content:"}"}';
	expect(trimmed(css, '<p><a href="#x">Text</a></p>')).toBe(css);
});

test('view transitions and other rules without a selector stay', () => {
	expect(trimmed('@media (hover:hover){@view-transition{navigation:auto}}', '')).toBe(
		'@media (hover:hover){@view-transition{navigation:auto}}',
	);
});

test.each([
	'@keyframes fade{from{opacity:0}50%{opacity:.5}to{opacity:1}}',
	'@page{margin:2cm;@top-left{content:"x"}}',
	'@property --a{syntax:"<length>";inherits:false;initial-value:0}',
	'@counter-style dash{system:cyclic;symbols:"–"}',
	'@media print{@page :first{margin:0}}',
	'@starting-style{p{opacity:0}}',
	'p{color:red;&:hover{color:blue}& b{color:green}}',
	'p{@media print{color:black}}',
	'.gone{.x &{color:red}}',
	'@layer a{@scope (.x) to (.y){p{color:red}}}',
])('%s is left as it is', (css) => {
	expect(trimmed(css, '<p class="x">Text</p>')).toBe(css);
});

test('faces of type stay where the page has one of their letters, and name them only where they differ', () => {
	const face = (name: string, range: string) => `@font-face{font-family:${name};unicode-range:${range};src:x}`;
	const css = face('Latin', 'U+20-7E') + face('Kazakh', 'U+49A-49B,U+4D8') + '@font-face{font-family:Fallback}';
	expect(trimmed(css, 'Text')).toBe('@font-face{font-family:Latin;src:x}@font-face{font-family:Fallback}');
	const comments = '<section id="comments" class="x"><p class="y">Әке</p></section>';
	expect(trimmed(css, `Text${comments}`)).toBe(trimmed(css, 'Text'));
	expect(trimmed(css, `Text${comments}<p class="y">Әке</p>`)).toBe(css);
	expect(trimmed(css, 'Қазақстан')).toBe(css);
	expect(trimmed(css, 'Ә')).toBe(css);
});

test('families of type that Astro named become short, and its style sheets one', () => {
	const name = '"A Serif-1639f9a14f886984"';
	const family = (name: string) => `@font-face{font-family:${name}}`;
	const other = '"A Serif-1639f9a14f886984 fallback: Times New Roman"';
	const html = page(`@layer a,b;</style><style>${family(name)}${family(other)}`, '<p>Text</p>');
	const rule = `p{font-family:${name},${other},"Segoe UI"}`;
	expect(trimPage(html.replace('</head>', `<style>${rule}</style></head>`)).html).toBe(
		page(`@layer a,b;${family('f0')}${family('f1')}p{font-family:f0,f1,"Segoe UI"}`, '<p>Text</p>'),
	);
});

test('classes that keep styles apart become short, the same in style and page', () => {
	const { html } = trimPage(
		page(
			'.astro-abcd1234{color:red}p.astro-efgh5678{color:red}',
			'<p class="x astro-efgh5678">A</p><b class="astro-abcd1234">B</b>',
		),
	);
	expect(html).toBe(page('._0{color:red}p._1{color:red}', '<p class="x _1">A</p><b class="_0">B</b>'));
});

test('classes are found behind other attributes, and in elements with names of several words', () => {
	const css = (name: string) => `.${name}{color:red}`;
	const body = (name: string) =>
		`<x-panel hidden id=a title='"' class="${name}"></x-panel><svg><linearGradient id="b" class="${name}"/></svg>`;
	const { html } = trimPage(page(css('astro-abcd1234'), body('astro-abcd1234')));
	expect(html).toBe(page(css('_0'), body('_0')));
});

test('values that are used get short names, and those that nothing uses go', () => {
	const css =
		':root{--ink:red;--unused:var(--x);--rule:1px}p{color:var(--ink);border:var(--rule) solid var(--y,var(--ink))}';
	expect(trimmed(css, '<p class="a--ink">--ink</p>')).toBe(
		':root{--1:red;--2:1px}p{color:var(--1);border:var(--2) solid var(--3,var(--1))}',
	);
});

test('words and addresses that look like such classes stay as they are', () => {
	const body = '<p id="astro-dynamics"><a href="/tags/astro-dynamics/">astro-sciences</a></p>';
	expect(trimPage(page('p{color:red}', body)).html).toBe(page('p{color:red}', body));
});

test('no rule of the paper’s own style sheets that matches an element is lost', async () => {
	const sheets = ['reset', 'tokens', 'base', 'compositions', 'prose', 'map', 'utilities', 'print'];
	const css = (await Promise.all(sheets.map((name) => readFile(`src/styles/${name}.css`, 'utf8')))).join('');
	const html = page(
		css,
		'<main class="page"><div class="prose"><h2>A</h2><p id="x">B<a class="anchor" href="#x"></a></p><blockquote>C</blockquote><table><tbody><tr><td class="right">1</td></tr></tbody></table><hr></div><svg class="map"><path class="sea"/><g class="wide"><text class="area">D</text></g></svg><aside><a class="target label" href="https://a.example/">E</a></aside></main>',
	);
	const { document } = new JSDOM(html, { virtualConsole: new VirtualConsole() }).window;
	const states = /::?(?:before|after|hover|focus-visible|focus|target|active)\b|:not\((?:[^()]|\([^()]*\))*\)/g;
	const matching = new Set<string>();
	parse(css).walkRules(({ selectors }) => {
		for (const selector of selectors)
			if (document.querySelector(selector.replace(states, '') || '*')) matching.add(selector);
	});
	const kept = new Set<string>();
	parse(trimPage(html).css).walkRules(({ selectors }) => selectors.forEach((selector) => kept.add(selector)));
	expect(matching.size).toBeGreaterThan(30);
	expect([...matching].filter((selector) => !kept.has(selector))).toEqual([]);
	expect(kept).not.toContain('.prose pre');
	expect(kept).not.toContain('.prose .footnotes');
});

test('what readers’ words and attributes say of style sheets, tags and classes stays as it is, and is no style', () => {
	const words = 'class="astro-abcd1234" &lt;style>p{color:red}&lt;/style>';
	const body = `<p data-x="a class=" title="A <style>main{display:none}</style> <b class='astro-abcd1234'> > ' tag" class="astro-abcd1234">${words}</p><!-- <style>b{} -->`;
	const { html, css } = trimPage(page('p.astro-abcd1234{color:red}main,b,style{color:red}', body));
	expect(css).toBe('p._0{color:red}');
	expect(html).toBe(page(css, body.replace(/class="astro-abcd1234"(?=>)/, 'class="_0"')));
});
