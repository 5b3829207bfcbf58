import { describe, expect, test } from 'vitest';
import { toHtml } from '../../src/markdown/html.ts';
import { readText } from '../../src/markdown/text.ts';

const setting = { linkTo: (path: string) => path, isForFeed: true };
function htmlOf(markdown: string): string {
	const { tree, findings } = readText(markdown);
	expect(findings).toEqual([]);
	return toHtml(tree, setting);
}
const findingsOf = (markdown: string) => readText(markdown).findings.map(({ message }) => message);

describe('the language of a quotation', () => {
	test('stands in braces at its end', () => {
		expect(htmlOf('> Сегодня.\n>\n> **Завтра.** Да. {lang=ru}\n')).toMatch(
			/^<blockquote lang="ru" dir="ltr">\s*<p>Сегодня\.<\/p>\s*<p><strong>Завтра\.<\/strong> Да\.<\/p>\s*<\/blockquote>$/,
		);
	});

	test('may have a paragraph of its own', () => {
		expect(htmlOf('> שלום.\n>\n> {lang=he}\n')).toMatch(
			/^<blockquote lang="he" dir="rtl">\s*<p>שלום\.<\/p>\s*<\/blockquote>$/,
		);
	});

	test('is its own for a quotation within a quotation', () => {
		expect(htmlOf('> Outside.\n>\n> > Inside. {lang=kk}\n>\n> After.\n').match(/lang="\w+"/g)).toEqual(['lang="kk"']);
	});

	test.each([
		[
			'what is no language',
			'> A. {lang=kz}',
			'a quotation in {lang=kz}, which is no language. Write its tag, such as {lang=ru}',
		],
		[
			'code',
			'> A. {lang=ru" onclick="x}',
			'a quotation in {lang=ru" onclick="x}, which is no language. Write its tag, such as {lang=ru}',
		],
		['a quotation without words', '> {lang=ru}', 'a quotation without words. Write it above its {lang=…}'],
		[
			'a paragraph',
			'A. {lang=ru}',
			'a {lang=…} where none can stand. Move it to the end of a quotation, or write \\{lang=…}',
		],
		[
			'the middle of a quotation',
			'> A {lang=ru} b.',
			'a {lang=…} where none can stand. Move it to the end of a quotation, or write \\{lang=…}',
		],
	])('is refused in %s', (_, markdown, message) => {
		expect(findingsOf(`${markdown}\n\nText.\n`)).toContain(message);
	});

	test('is plain words where its sign is escaped, or in code', () => {
		expect(htmlOf('> Write \\{lang=ru}\n\n`{lang=ru}`\n')).toContain('Write {lang=ru}');
		expect(findingsOf('> Write \\{lang=ru}\n\n`{lang=ru}`\n')).toEqual([]);
	});
});
