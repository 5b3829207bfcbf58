import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readReconstruction } from '../../src/commands/reconstruction.ts';
import { checkEdition } from '../../src/edition/check/check.ts';
import { markReconstruction } from '../../src/edition/reconstruction.ts';
import { readContent } from '../../src/loaders/newsroom.ts';
import { toMoment } from '../../src/schemas/moment.ts';
import { articleFile, newsroomFiles, writeFiles } from '../support/content.ts';
import { makeTarget } from '../support/store.ts';
import { tinyEdition } from '../support/tiny-edition.ts';

const at = toMoment('2025-06-16T12:00+05:00', 'Asia/Almaty');
const mark = 'Reconstructed: the paper as of 16 June 2025, 12:00 (UTC+5), made from its files as they are today.';

/** Marks the tiny edition, with what pages and editions have beside it. @param text what its article has more */
async function reconstruct(text = ''): Promise<string> {
	const files = tinyEdition();
	for (const [file, html] of Object.entries(files))
		if (file.endsWith('.html') && file !== '404.html')
			files[file] = String(html).replace(
				'</title>',
				'</title><meta name="description" content="What <body> means"><meta name="robots" content="max-image-preview:large">',
			);
	files['404.html'] = `${String(files['404.html'])}<body>`;
	files['2025/06/story/index.html'] = String(files['2025/06/story/index.html']).replace('A text.', text);
	files['robots.txt'] = 'User-agent: *\nAllow: /\n\nSitemap: https://meridian.example.org/sitemap-index.xml\n';
	files['news-sitemap.xml'] = '<urlset/>';
	files['feed.json'] = '{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[]}';
	const folder = await writeFiles(files);
	if (!at) throw new Error('The time of the test does not exist.');
	await markReconstruction(folder, at);
	return folder;
}

describe('a reconstruction', () => {
	test('says so on every page, and asks search engines to pass by', async () => {
		const folder = await reconstruct();
		for (const file of Object.keys(tinyEdition()).filter((name) => name.endsWith('.html'))) {
			const html = await readFile(join(folder, file), 'utf8');
			expect(html, file).toContain(`<body><p class="page label"><strong>${mark}</strong></p>`);
			expect(html.match(/<meta name="robots"[^>]*>/g), file).toEqual(['<meta name="robots" content="noindex">']);
		}
		expect(await readFile(join(folder, 'robots.txt'), 'utf8')).toBe('User-agent: *\nAllow: /\n\n');
		for (const file of ['sitemap-index.xml', 'sitemap-0.xml', 'news-sitemap.xml'])
			expect(existsSync(join(folder, file)), file).toBe(false);
	});

	test('says so in the titles of its feeds, and not in those of their articles', async () => {
		const folder = await reconstruct();
		const title = 'T (reconstructed as of 16 June 2025, 12:00 (UTC+5))';
		const rss = await readFile(join(folder, 'rss.xml'), 'utf8');
		expect(rss.match(/<title>[^<]*/g)).toEqual([`<title>${title}`]);
		expect(JSON.parse(await readFile(join(folder, 'feed.json'), 'utf8'))).toEqual({
			version: 'https://jsonfeed.org/version/1.1',
			title,
			items: [],
		});
	});

	test('is a sound edition, and links to what was not there yet are links no more', async () => {
		const links =
			'<a class="x" href="/2025/07/new/?a=1&amp;b=2">new</a> <a href="/#nowhere">part</a> <a href="/">home</a>';
		const folder = await reconstruct(links);
		expect((await checkEdition(folder)).findings).toEqual([]);
		expect(await readFile(join(folder, '2025/06/story/index.html'), 'utf8')).toContain(
			'<a class="x">new</a> <a>part</a> <a href="/">home</a>',
		);
	});

	test('may be made of texts that lead to what was not there yet; the paper itself may not', async () => {
		const folder = await writeFiles({
			...newsroomFiles,
			'articles/2025/06/x.md': articleFile({}, '[new](/2025/07/new/)\n'),
			'articles/2025/07/new.md': articleFile({ publishedAt: '2025-07-02' }),
		});
		const read = (present: number) =>
			readContent(folder, {
				now: Date.parse('2025-07-01T00:00Z'),
				present,
				rules: '',
				publicFolder: 'public',
			});
		expect((await read(Date.parse('2025-07-10T00:00Z'))).problems).toEqual([]);
		expect((await read(Date.parse('2025-07-01T00:00Z'))).problems).toHaveLength(1);
	});
});

describe('a time and a folder', () => {
	const read = (options: Readonly<Record<string, string>>, published = join(process.cwd(), 'dist')) =>
		readReconstruction(new Map(Object.entries(options)), published);

	test('are asked for together', () => {
		expect(read({})).toBeUndefined();
		expect(read({ at: '2025-06-16', out: '/tmp/as-it-was' })).toMatchObject({ folder: '/tmp/as-it-was' });
		for (const options of [{ at: '2025-06-16' }, { out: '/tmp/as-it-was' }, { at: '2025-06-16', out: '' }])
			expect(() => read(options)).toThrow(
				'--at and --out go together, with a time and a folder: npm run build -- --at',
			);
	});

	test.each([
		['soon', '--at is "soon", which is no day or time. Write 2025-06-16, or 2025-06-16T12:00+05:00.'],
		['2025-06-16T12:00', '--at is "2025-06-16T12:00", which is no day or time.'],
		['2999-01-01', '--at is 2999-01-01, which is still to come. Choose a time before now.'],
	])('the time %s is refused', (time, message) => {
		expect(() => read({ at: time, out: '/tmp/as-it-was' })).toThrow(message);
	});

	test.each(['.', 'dist', 'dist/as-it-was', '.dist-editions/7-00000000', 'content/as-it-was', 'public', 'as-it-was'])(
		'the folder %s of the project is refused',
		(out) => {
			expect(() => read({ at: '2025-06-16', out })).toThrow(/--out is .*, which is in .*\. Choose a folder outside/);
		},
	);

	test('a folder of the paper itself that lies elsewhere is refused, by whatever link it is given', async () => {
		const published = await makeTarget();
		const editions = published.replace(/dist$/, '.dist-editions');
		await mkdir(join(editions, '1-00000000'), { recursive: true });
		await symlink(join(editions, '1-00000000'), published);
		const link = join(dirname(published), 'link');
		await symlink(published, link);
		for (const out of [published, join(published, 'x'), join(editions, 'x'), link, join(link, 'x')])
			expect(() => read({ at: '2025-06-16', out }, published), out).toThrow('Choose a folder outside of the project');
		const other = join(dirname(published), 'other');
		expect(read({ at: '2025-06-16', out: other }, published)).toMatchObject({ folder: other });
		await mkdir(other);
		await writeFile(join(other, 'sitemap-index.xml'), '');
		expect(() => read({ at: '2025-06-16', out: other }, published)).toThrow('which holds the paper itself.');
	});
});
