import { expect, test } from 'vitest';
import { formatProblem } from '../../src/domain/problems.ts';
import { readContent } from '../../src/loaders/newsroom.ts';
import { newsroomFiles, writeFiles } from '../support/content.ts';
import { circumstances } from '../support/problems.ts';

test('public files where the build writes its own, or where the service answers, are refused, and no others', async () => {
	const publicFolder = await writeFiles({
		...{ _headers: '', 'edition.json': '', 'sitemap-0.xml': '', '_astro/x.css': '', 'search/pagefind/x.js': '' },
		'comments/x.html': '',
		...{ 'icon.svg': '', 'files/edition.json': '', 'files/search/x.txt': '' },
	});
	const { problems } = await readContent(await writeFiles(newsroomFiles), { ...circumstances, publicFolder });
	const rest = 'stands where the build writes something of its own. Give it another name, or remove it.';
	expect(problems.map(formatProblem).sort()).toEqual([
		`public/_astro: ${rest}`,
		'public/comments: stands where the comment service answers. Give it another name, or remove it.',
		...['edition.json', 'search', 'sitemap-0.xml'].map((name) => `public/${name}: ${rest}`),
	]);
});

test('public files that are named as compressed forms are refused, since servers have those beside files', async () => {
	const publicFolder = await writeFiles({ 'data/notes.json': '', 'data/notes.json.gz': '', 'x.br': '', 'y.tgz': '' });
	const { problems } = await readContent(await writeFiles(newsroomFiles), { ...circumstances, publicFolder });
	expect(problems.map(({ file }) => file).sort()).toEqual(['public/data/notes.json.gz', 'public/x.br']);
});

test('headers of the newsroom’s own that no server can be told are named by their lines', async () => {
	const publicFolder = await writeFiles({ _headers: '  X-A: 1\n/a\n  X-A 1\n  Content-Type: text/csv\n  X-B: 1\n' });
	const { problems } = await readContent(await writeFiles(newsroomFiles), { ...circumstances, publicFolder });
	expect(problems.map(formatProblem)).toEqual([
		'public/_headers:1: "X-A: 1" stands below no path. Write one before, without space at its beginning.',
		'public/_headers:3: "X-A 1" is no header. Write it as Name: value, in ASCII.',
		'public/_headers:4: "Content-Type: text/csv" is for servers to say, which know what they send. Remove it.',
	]);
});
