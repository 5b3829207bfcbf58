import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { caddyFiles } from '../../src/delivery/caddy.ts';
import { changesBetween } from '../../src/delivery/changes.ts';
import { parseHeadersFile, toExpression } from '../../src/domain/headers-file.ts';
import { readMoved } from '../../src/delivery/moved.ts';
import { nginxFiles } from '../../src/delivery/nginx.ts';
import { quote, redirectsOf } from '../../src/delivery/paper.ts';
import { formatProblem } from '../../src/domain/problems.ts';
import type { Manifest } from '../../src/edition/check/manifest.ts';
import { toServerMap } from '../../src/import/redirects.ts';
import { writeFiles } from '../support/content.ts';

const manifest = (files: Record<string, string>, retracted: string[] = []): Manifest => ({
	articles: 0,
	pages: 0,
	feeds: 0,
	bytes: 0,
	digest: '',
	retracted,
	redirects: {},
	files,
});

describe('a file _headers', () => {
	test('tells the values of each header in their order, behind those that are preset', () => {
		const text = '# Ours\n/*\n  x-a: 1\n\n/about/\n\tX-A: 2: 3 \n  ! Cache-Control\n';
		const { headers } = parseHeadersFile(text, '_headers', { 'Cache-Control': { pattern: '/*', value: 'no-cache' } });
		expect([...headers]).toEqual([
			[
				'Cache-Control',
				[
					{ pattern: '/*', value: 'no-cache' },
					{ pattern: '/about/', value: '' },
				],
			],
			[
				'x-a',
				[
					{ pattern: '/*', value: '1' },
					{ pattern: '/about/', value: '2: 3' },
				],
			],
		]);
	});

	test.each([
		['  X-A: 1\n', '_headers:1: "X-A: 1" stands below no path.'],
		['/*\n  X-A 1\n', '_headers:2: "X-A 1" is no header.'],
		['/*\n  X-A: “1”\n', '_headers:2: "X-A: “1”" is no header.'],
		['\n\nhttps://x.example/*\n', '_headers:3: "https://x.example/*" is no path.'],
		['/a"b\n', '_headers:1: "/a"b" is no path.'],
		['/a;}b{\n', '_headers:1: "/a;}b{" is no path.'],
		['/*\n  X-A: $host\n', '_headers:2: "X-A: $host" has a "`" or "$", which'],
		['/*\n  X-A: {$HOME}\n', '_headers:2: "X-A: {$HOME}" has a'],
		['/*\n  X-A: `\n', '_headers:2: "X-A: `" has a'],
		['/*\n  content-type: text/csv\n', '_headers:2: "content-type: text/csv" is for servers to say'],
		['/*\n  ! Content-Length\n', '_headers:2: "! Content-Length" is for servers'],
	])('is refused where it says what no server can be told: %j', (text, message) => {
		expect(parseHeadersFile(text, '_headers').problems.map(formatProblem)).toEqual([expect.stringContaining(message)]);
	});

	test.each([
		['/*', '/a/b', true],
		['/_astro/*', '/_astro/a.png', true],
		['/_astro/*', '/x/_astro/a.png', false],
		['/*.png', '/a/b.png', true],
		['/*.png', '/a/b.pngx', false],
		['/a.b', '/aXb', false],
		['/:year/:month/', '/2025/06/', true],
		['/:year/:month/', '/2025/06/x/', false],
		['/about/', '/about/index.html', true],
		['/about/', '/about/x', false],
		['/', '/index.html', true],
	])('names by "%s" the address %s: %s', (pattern, path, isNamed) => {
		expect(new RegExp(toExpression(pattern)).test(path)).toBe(isNamed);
	});
});

test('addresses lead on with and without their last stroke, and stand as they are sent', () => {
	const source = { ...manifest({}), redirects: { 'tags/prc/': 'tags/a b$c/' } };
	expect([...redirectsOf({ manifest: source, moved: new Map() }).own]).toEqual([
		['/tags/prc/', '/tags/a%20b%24c/'],
		['/tags/prc', '/tags/a%20b%24c/'],
	]);
});

test('addresses of a former paper lead on from where nothing else stands to what is there', () => {
	const files = { 'about/index.html': '', 'x.txt': '', 'ä/index.html': '' };
	const source = { ...manifest(files), redirects: { 'tags/prc/': 'tags/china/' } };
	const moved = new Map([
		['/about/', '/ä/'],
		['/about', '/ä/'],
		['/x.txt', '/ä/'],
		['/tags/prc/', '/ä/'],
		['/?p=12', '/about/'],
		['/old/', '/ä/'],
		['/old.txt', '/x.txt'],
		['/tag/of-a-draft/', '/tags/of-a-draft/'],
		['/elsewhere/', '//elsewhere.example/about/'],
	]);
	expect([...redirectsOf({ manifest: source, moved }).former]).toEqual([
		['/?p=12', '/about/'],
		['/old/', '/%C3%A4/'],
		['/old.txt', '/x.txt'],
	]);
});

test('addresses of a former paper are read as an import has written them down', async () => {
	const written = toServerMap(
		[
			['/2015/мельница/', '/about/'],
			['/old.html', '/tags/'],
			['/?p=12', '/privacy/'],
		],
		[],
	);
	const folder = await writeFiles({ 'import/redirects': written, 'broken/import/redirects': '/old/ /new/\n' });
	expect([...(await readMoved(join(folder, 'content')))]).toEqual([
		['/2015/мельница/', '/about/'],
		['/2015/мельница', '/about/'],
		['/old.html', '/tags/'],
		['/?p=12', '/privacy/'],
	]);
	expect([...(await readMoved(join(folder, 'none/content')))]).toEqual([]);
	await expect(readMoved(join(folder, 'broken/content'))).rejects.toThrow(
		'broken/import/redirects:1: is no line of an import',
	);
});

test.each(['/a"b', '/a\\b', '/a\nb', '/a{b', '/a}b', '/a$b', '/a`b', '/a\u0085b'])(
	'%j cannot reach a configuration',
	(address) => {
		expect(() => quote(address)).toThrow('cannot stand in a server');
	},
);

describe('configurations', () => {
	const paper = (value: string) => ({
		folder: '/srv/www',
		headers: parseHeadersFile(`/a\n  X-A: ${value}\n`, '_headers').headers,
		redirects: new Map(),
		notice: '/404.html',
	});

	test('have no variables of a header’s value', () => {
		expect(caddyFiles(paper('{env.HOME}'))['caddy-paper']).toContain('X-A `\\{env.HOME\\}`');
	});

	test('hold values in quotes that no value can leave', () => {
		expect(nginxFiles(paper('a\\"; evil on; "'))['nginx-maps.conf']).toContain('"a\\\\\\"; evil on; \\"";');
	});
});

describe('what is to be sent to a copy', () => {
	test('is what is new, what has changed and what is gone', () => {
		const changes = changesBetween(
			manifest({ 'index.html': '1', 'gone.html': '1', 'same.html': '1', '_astro/a.png': '1' }),
			manifest({ 'index.html': '2', 'same.html': '1', 'new.html': '1', '_astro/b.png': '1', 'rss.xml': '1' }),
		);
		expect(changes).toEqual({
			files: ['_astro/b.png', 'rss.xml'],
			pages: ['new.html'],
			changed: ['index.html'],
			removed: ['gone.html'],
			kept: ['_astro/a.png'],
		});
	});

	test('is everything where the copy is none yet', () => {
		expect(changesBetween(undefined, manifest({ 'index.html': '1', 'a.txt': '1' }))).toEqual({
			files: ['a.txt'],
			pages: ['index.html'],
			changed: [],
			removed: [],
			kept: [],
		});
	});

	test('has what may have arrived in part before, also where it is to be as it was', () => {
		const former = manifest({ 'index.html': '1', 'same.html': '1' });
		const uncertain = new Set(['index.html', 'never.html', 'new.html']);
		expect(changesBetween(former, manifest({ ...former.files, 'new.html': '1' }), uncertain)).toEqual({
			files: [],
			pages: ['new.html'],
			changed: ['index.html'],
			removed: ['never.html'],
			kept: [],
		});
	});

	test('takes pictures away that may be of what was retracted, and leaves scripts', () => {
		const files = { '2025/06/a/index.html': '1' };
		const former = manifest({ ...files, '_astro/a.png': '1', '_astro/a.js': '1' });
		expect(changesBetween(former, manifest(files, ['2025/06/a/'])).removed).toEqual(['_astro/a.png']);
		expect(changesBetween(former, manifest(files)).removed).toEqual([]);
		const kept = new Set(['_astro/older.png', '_astro/older.js']);
		expect(changesBetween(former, manifest(files, ['2025/06/a/']), new Set(), kept)).toMatchObject({
			removed: ['_astro/a.png', '_astro/older.png'],
			kept: ['_astro/a.js', '_astro/older.js'],
		});
	});
});
