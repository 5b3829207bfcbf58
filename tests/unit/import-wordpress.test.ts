import { createServer } from 'node:http';
import { readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bringPicture, type Media, mostFetched } from '../../src/import/media.ts';
import { moveIn } from '../../src/import/move-in.ts';
import type { LinkTo } from '../../src/import/post.ts';
import { openWordPress } from '../../src/import/wordpress/wordpress.ts';
import { site } from '../../src/site.ts';
import { articleFile, newsroomFiles, writeFiles } from '../support/content.ts';
import { now } from '../support/newsroom.ts';
import { makePhotograph } from '../support/photographs.ts';
import { problemsOf } from '../support/problems.ts';

const fixture = 'tests/fixtures/wordpress.xml';

interface Options {
	media?: Media;
	/** The text of an export; without it, it is that of the fixture. */
	xml?: string;
	now?: number;
}

/** Makes a newsroom in a folder of its own. @param files beside the usual ones, by their paths in the content folder */
async function openHome(files: Readonly<Record<string, string>> = {}) {
	const all = Object.entries({ ...newsroomFiles, ...files }).map(([path, text]): [string, string] => [
		`content/${path}`,
		text,
	]);
	const root = await writeFiles(Object.fromEntries(all));
	const content = join(root, 'content');
	return {
		root,
		content,
		read: (path: string) => readFile(join(root, path), 'utf8'),
		/** Replaces a part of a file, as an editor does. */
		async edit(path: string, part: string, other: string) {
			const text = await readFile(join(root, path), 'utf8');
			expect(text).toContain(part);
			await writeFile(join(root, path), text.replace(part, other));
		},
		/** Returns all files with their contents and times of change, but for the notes of the import. */
		async look(): Promise<Map<string, string>> {
			const entries = await readdir(root, { recursive: true, withFileTypes: true });
			const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
			const seen = paths
				.filter((path) => !/import\/[^/]+$/.test(path))
				.sort()
				.map(async (path): Promise<[string, string]> => {
					const { mtimeMs } = await stat(path);
					return [path.slice(root.length + 1), `${mtimeMs} ${await readFile(path, 'latin1')}`];
				});
			return new Map(await Promise.all(seen));
		},
		async import({ media, xml, now: clock = now }: Options = {}) {
			const file = xml === undefined ? fixture : join(root, 'export.xml');
			if (xml !== undefined) await writeFile(file, xml);
			const comments = join(content, 'comments');
			const report = await moveIn(await openWordPress([file]), { content, comments, now: clock, media });
			if (xml !== undefined) await rm(file);
			return report;
		},
	};
}

type Home = Awaited<ReturnType<typeof openHome>>;

const imported = async (options?: Options): Promise<Home> => {
	const home = await openHome();
	await home.import(options);
	return home;
};

/** Writes a copy of the former paper's uploads, and returns its folder. */
async function writeUploads(): Promise<string> {
	const green = sharp({ create: { width: 6, height: 6, channels: 3, background: 'green' } });
	return writeFiles({
		'2015/03/harbour.jpg': await makePhotograph(40, 30),
		'2015/03/mill.png': await green.clone().png().toBuffer(),
		'2015/03/old.gif': await green.clone().gif().toBuffer(),
	});
}

const fieldsOf = (text: string): Record<string, string> =>
	Object.fromEntries(
		[...text.matchAll(/^(\w+): (.*)$/gm)].map(([, name = '', value = '']): [string, string] => [name, value]),
	);
const bodyOf = (text: string) => text.replace(/^---.*?^---\n\n/ms, '');

describe('an export of WordPress', () => {
	test('becomes content that can be published, with its pictures and without', async () => {
		for (const media of [undefined, { folder: await writeUploads() }])
			expect(await problemsOf((await imported({ media })).content)).toEqual([]);
	});

	test('keeps what articles are listed under', async () => {
		const home = await imported();
		expect(fieldsOf(await home.read('content/articles/2015/03/harbour-opens.md'))).toEqual({
			title: 'Harbour opens – after the “flood”',
			standfirst: 'The harbour is open again.',
			publishedAt: '2015-03-10T20:20:00+06:00',
			section: 'harbour',
			authors: '[tilda-rowan]',
			tags: '[town, floods, harbour-board, kazakhstan]',
			formerPaths: '[2015/03/harbour-reopens]',
		});
		// The plug-in says which of two categories is the main one.
		expect(fieldsOf(await home.read('content/articles/2015/03/mill-closes.md'))).toMatchObject({
			section: 'town',
			tags: '[harbour, floods]',
		});
	});

	test('adds sections, authors and tags whose kinds are marked as guesses', async () => {
		const home = await imported();
		expect(await home.read('content/sections.yaml')).toBe(
			`${newsroomFiles['sections.yaml'] ?? ''}harbour:\n  name: Harbour & Ships\ntown:\n  name: Town\nuncategorized:\n  name: Uncategorized\n`,
		);
		const tags = await home.read('content/tags.yaml');
		expect(tags).toContain('kazakhstan:\n  name: Kazakhstan\n  kind: place # a guess\n');
		expect(tags).toContain('floods:\n  name: Floods\n  kind: topic # a guess\n');
		expect(tags).toContain('pavodki:\n  name: Паводки\n');
		expect(await home.read('content/authors/tilda-rowan.yaml')).toBe(
			'name: Tilda Rowan\ndescription: The Brenholt Gazette & Mail (https://gazette.example/)\n',
		);
	});

	test('uses tags that the newsroom has under another name', async () => {
		const home = await openHome({ 'tags.yaml': 'flooding: { name: Flooding, kind: topic, aliases: [floods] }\n' });
		await home.import();
		expect(fieldsOf(await home.read('content/articles/2015/03/same.md'))).toMatchObject({ tags: '[flooding]' });
		expect(await home.read('content/tags.yaml')).not.toMatch(/^floods:/m);
		expect(await home.read('import/redirects')).toContain('\n/tag/floods/ /tags/flooding/ ;\n');
	});

	test('keeps what is not published from readers', async () => {
		const home = await imported();
		for (const path of ['2015/03/locked', '2015/03/private-matters', '2015/04/an-unfinished-story'])
			expect(fieldsOf(await home.read(`content/articles/${path}.md`))).toMatchObject({ draft: 'true' });
		expect(fieldsOf(await home.read('content/articles/2031/01/future-story.md'))['publishedAt']).toBe(
			'2031-01-05T17:00:00+05:00',
		);
		expect([...(await home.look()).keys()]).not.toContain('content/pages/hidden.md');
	});

	test('takes states that it does not know for drafts', async () => {
		const xml = (await readFile(fixture, 'utf8'))
			.replaceAll('>publish<', '>archived<')
			.replaceAll('[publish]', '[archived]');
		const home = await imported({ xml });
		expect(fieldsOf(await home.read('content/articles/2015/03/same.md'))).toMatchObject({ draft: 'true' });
		expect([...(await home.look()).keys()]).not.toContain('content/pages/about-us.md');
		expect(await home.read('import/report.md')).toContain('it was archived, and is a draft here');
	});

	test('makes no page of one that was not out yet', async () => {
		const xml = (await readFile(fixture, 'utf8'))
			.replaceAll('>publish<', '>future<')
			.replaceAll('[publish]', '[future]');
		const home = await imported({ xml });
		expect([...(await home.look()).keys()]).toContain('import/aside/pages/about-us.md');
	});

	test('leaves addresses of e-mail, passwords, settings and what was in the bin behind', async () => {
		const home = await imported();
		const files = [
			...(await home.look()).values(),
			await home.read('import/redirects'),
			await home.read('import/report.md'),
		];
		for (const text of files) expect(text).not.toMatch(/secret|nils@|203\.0\.113|letmein|Buy pills|Gone\.$/m);
	});

	test('puts aside what breaks a rule, with the reasons', async () => {
		const home = await imported();
		const aside = [...(await home.look()).keys()].filter((path) => path.startsWith('import/aside/'));
		expect(aside).toEqual([
			'import/aside/articles/2015/03/empty.md',
			'import/aside/articles/2015/03/lost-sign.md',
			'import/aside/articles/2015/03/too-long.md',
			'import/aside/articles/undated/wordpress-gazette-example-6.md',
			'import/aside/comments/2015/03/harbour-opens/wp-13.yaml',
			'import/aside/pages/hidden.md',
		]);
		expect(await home.read('import/aside/articles/2015/03/too-long.md')).toMatch(
			/^---\n# title: has 151 characters; at most 150 are allowed\. Shorten it\ntitle: T/,
		);
		expect(await home.read('import/report.md')).toContain(
			'from https://gazette.example/?p=6:\n  - it has no date that exists',
		);
		const undated = await home.read('import/aside/articles/undated/wordpress-gazette-example-6.md');
		expect(undated).toMatch(/^section: \w/m);
		expect(undated).toMatch(/^authors: \[?/m);
	});

	test('finds a date where one is wrong, and a title where there is none', async () => {
		const home = await imported();
		const local = await home.read('content/articles/2015/03/local-date.md');
		expect(fieldsOf(local)['publishedAt']).toBe('2015-03-14T23:30:00+06:00');
		const untitled = fieldsOf(await home.read('content/articles/2015/03/8.md'));
		expect(untitled['title']).toBe('The first words of a story that has no title at all stand for it. More follows.');
	});

	test('gives every post an address of its own, and leads the old ones to it', async () => {
		const home = await imported();
		expect(bodyOf(await home.read('content/articles/2015/03/same-2.md'))).toBe('The second of two.\n');
		// In the newsroom's zone it was published in April.
		expect(fieldsOf(await home.read('content/articles/2015/04/late-in-march.md'))['formerPaths']).toBe(
			'[2015/03/late-in-march]',
		);
		const lines = (await home.read('import/redirects')).split('\n');
		expect(lines).toEqual(
			expect.arrayContaining([
				'/2015/03/late-in-march/ /2015/04/late-in-march/ ;',
				'"/2015/03/мельница/" /2015/03/melnitsa/ ;',
				'/?p=10 /2015/03/same-2/ ;',
				'/company/about-us/ /about-us/ ;',
				'/category/town/harbour/ /sections/harbour/ ;',
				'/tag/floods/feed/ /tags/floods/rss.xml ;',
				'/author/admin/ /authors/tilda-rowan/ ;',
				'/author/nilsgazette-example/ /authors/nils/ ;',
				'/feed/ /rss.xml ;',
			]),
		);
		const moved = lines.filter((line) => !line.startsWith('#')).join('\n');
		// Neither what readers do not see nor what stands where it stood.
		expect(moved).not.toMatch(/locked|private|unfinished|future|^\/2015\/03\/same\/ |^\/tags\//m);
	});

	test('brings over comments in their threads', async () => {
		const home = await imported();
		const folder = 'content/comments/2015/03/harbour-opens';
		expect(await home.read(`${folder}/wp-11.yaml`)).toBe(
			'name: Agnes\nwrittenAt: 2015-03-11T09:00:00Z\napprovedAt: 2015-03-11T09:00:00Z\ntext: |-\n  First!\n\n  See this (https://example.org/x) & that.\n',
		);
		expect(await home.read(`${folder}/wp-12.yaml`)).toContain('replyTo: wp-11\n');
		// It answered what was spam.
		expect(await home.read(`${folder}/wp-16.yaml`)).not.toContain('replyTo');
		expect(await home.read('import/report.md')).toContain(
			': the comment wp-16 answered one that is not here, and stands by itself',
		);
	});

	test('lets an answer stand by itself whose question an editor has deleted, and says so', async () => {
		const home = await imported();
		const folder = 'content/comments/2015/03/harbour-opens';
		await rm(join(home.root, folder, 'wp-11.yaml'));
		await home.edit('content/articles/2015/03/harbour-opens.md', 'The harbour of', 'Our harbour of');
		await home.import();
		expect(await home.read(`${folder}/wp-12.yaml`)).not.toContain('replyTo');
		expect(await home.read('import/report.md')).toContain(
			'the comment wp-12 answered one that is not here, and stands by itself',
		);
		expect(await problemsOf(home.content)).toEqual([]);
	});
});

describe('texts', () => {
	test('of old become paragraphs, with links that lead on', async () => {
		const home = await imported();
		expect(bodyOf(await home.read('content/articles/2015/03/harbour-opens.md')))
			.toBe(`The harbour of Brenholt is open again, said the Harbour Board & the town.\\
It had been closed for a week.

<!-- a picture is missing here: https://gazette.example/wp-content/uploads/2015/03/harbour.jpg | Boats | Boats at the quay, © unknown -->

Read [about the mill](/2015/03/mill-closes/), a draft, what was put aside and [elsewhere](https://elsewhere.example/page_%28one%29?a=1&b=2). **Note**:nothing is lost.

> We are glad.
>
> So are we.

It ended with \\]\\]> in brackets, 5 \\< 6, \\*no stars\\*, \\_no lines\\_ and \\{#no-id}.

-   One
-   Two
    -   Below two

\\[sic\\] stays.

H₂O and 10⁶.
`);
	});

	test('of blocks become markdown, with their notes', async () => {
		const home = await imported({ media: { folder: await writeUploads() } });
		expect(bodyOf(await home.read('content/articles/2015/03/mill-closes/index.md')))
			.toBe(`The mill closes[^1] in *spring*, ~~not~~ in autumn.

## Why it closes

-   Wheat is dear
-   Rivers are low

| Year | Tons |
| --- | ---: |
| 2013 | 1,200 |
| 2014 | 900 \\| 910 |

What was milled

\`\`\`\`
if (a < b) {
	print "\`\`\`";
}
\`\`\`\`

\`\`\`picture
file: mill.png
alt: The mill in 1990
caption: The mill in 1990
credit: not stated
\`\`\`

https://video.example/watch?v=abc_def_g

> It was a good mill.
>
> *A miller*

<!-- the block acme/poll stood here: {"poll":12} -->

---

A classic block.

With two paragraphs.

[^1]: Says *the miller*.
`);
	});

	test('lose codes of plug-ins, but no words, and the report names the codes', async () => {
		const home = await imported();
		expect(bodyOf(await home.read('content/articles/2015/03/codes.md')))
			.toBe(`A form: <!-- the short code [contact-form-7 id="5" title="Contact"] stood here --> stood here, <!-- the short code [colour name="red"] stood here -->red words too, and \\[gallery\\] is written so.

https://video.example/watch?v=2&x=1

A note[^1] at the foot.

\`\`\`
if (a < b && c) { return "[gallery]"; }

// the end
\`\`\`

[^1]: Told by **a diver**.
`);
		const report = await home.read('import/report.md');
		for (const code of ['\\[contact-form-7\\]', '\\[colour\\]', '\\[acme\\_slider\\]', '“acme/poll”'])
			expect(report).toContain(code);
	});

	test('in another language say so', async () => {
		const home = await imported();
		expect(fieldsOf(await home.read('content/articles/2015/03/melnitsa.md'))['lang']).toBe('ru');
	});
});

describe('pictures', () => {
	test('lie beside their articles, in forms that these can have', async () => {
		const home = await imported({ media: { folder: await writeUploads() } });
		const pictures = [...(await home.look()).keys()].filter((path) => /content\/.*\.(?:jpg|png|gif)$/.test(path));
		expect(pictures).toEqual([
			'content/articles/2015/03/harbour-opens/harbour.jpg',
			'content/articles/2015/03/mill-closes/mill.png',
			'content/articles/2015/03/pictures/mill.png',
			'content/articles/2015/03/pictures/old.png',
		]);
		expect(await home.read('content/articles/2015/03/harbour-opens/index.md')).toContain(
			'lead:\n  picture:\n    file: harbour.jpg\n',
		);
	});

	test('whose words are missing are named in the report, and nothing is invented', async () => {
		const home = await imported({ media: { folder: await writeUploads() } });
		expect(await home.read('content/articles/2015/03/pictures/index.md')).toContain(
			'file: mill.png\nalt: not stated\ncaption: not stated\ncredit: not stated\n',
		);
		expect(await home.read('import/report.md')).toContain(
			'the picture mill.png had no alternative text: say what it shows',
		);
	});

	test('that are not there leave a remark, and come with a later import', async () => {
		const home = await imported();
		expect(await home.read('content/articles/2015/03/mill-closes.md')).toContain(
			'<!-- a picture is missing here: https://gazette.example/',
		);
		await home.import({ media: { folder: await writeUploads() } });
		expect([...(await home.look()).keys()]).not.toContain('content/articles/2015/03/mill-closes.md');
		expect(await home.read('content/articles/2015/03/mill-closes/index.md')).toContain('file: mill.png');
		expect(await problemsOf(home.content)).toEqual([]);
	});

	test('are taken from the folder alone', async () => {
		const uploads = await writeUploads();
		const outside = await writeFiles({ 'secret.png': await sharp(join(uploads, '2015/03/mill.png')).toBuffer() });
		await symlink(join(outside, 'secret.png'), join(uploads, '2015/03/missing.jpg'));
		await symlink(outside, join(uploads, 'elsewhere'));
		const up = `..%2f..%2f${outside.split('/').slice(1).join('%2f')}%2fsecret.png`;
		const xml = (await readFile(fixture, 'utf8'))
			.replaceAll('2015/03/harbour.jpg', up)
			.replaceAll('2015/03/old.gif', 'elsewhere/secret.png');
		const home = await imported({ xml, media: { folder: uploads } });
		const pictures = [...(await home.look()).keys()].filter((path) => /content\/.*\.(?:jpg|png)$/.test(path));
		expect(pictures).toEqual([
			'content/articles/2015/03/mill-closes/mill.png',
			'content/articles/2015/03/pictures/mill.png',
		]);
	});
});

describe('fetching', () => {
	/** Serves pictures on this computer, and counts how often it is asked. */
	async function serve() {
		const picture = await makePhotograph(20, 10);
		const asked: string[] = [];
		const server = createServer((request, response) => {
			asked.push(request.url ?? '');
			if (request.url?.endsWith('mill.png')) response.writeHead(302, { Location: '/2015/03/moved.png' }).end();
			else if (request.url?.endsWith('old.gif')) response.end(Buffer.alloc(60_000_000));
			else if (request.url?.endsWith('missing.jpg')) response.writeHead(404).end();
			else response.end(picture);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		onTestFinished(() => void server.close());
		const address = server.address();
		const origin = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
		const xml = (await readFile(fixture, 'utf8')).replaceAll('https://gazette.example/wp-content/uploads', origin);
		return { xml, asked };
	}

	test('takes each picture once, follows redirects and stops at what is too large', async () => {
		const { xml, asked } = await serve();
		const home = await openHome();
		const media = { kept: join(home.root, 'import/media'), left: { ...mostFetched }, allowPrivate: true };
		await home.import({ xml, media });
		const pictures = [...(await home.look()).keys()].filter((path) => /content\/.*\.(?:jpg|png)$/.test(path));
		expect(pictures).toEqual([
			'content/articles/2015/03/harbour-opens/harbour.jpg',
			'content/articles/2015/03/mill-closes/mill.jpg',
			'content/articles/2015/03/pictures/mill.jpg',
		]);
		const report = await home.read('import/report.md');
		expect(report).toContain('/old.gif is larger than 50 MB');
		expect(report).toContain('/missing.jpg answers with status 404');
		asked.length = 0;
		await home.import({ xml, media });
		expect(asked.filter((path) => !/old|missing/.test(path))).toEqual([]);
	});

	test.each([
		['files', { files: 1, bytes: mostFetched.bytes }],
		['bytes', { files: mostFetched.files, bytes: 50_000_000 }],
	])('stops at so many %s a run, and goes on in the next', async (_, left) => {
		const { xml, asked } = await serve();
		const home = await openHome();
		const media = { kept: join(home.root, 'import/media'), allowPrivate: true };
		const text = xml.replaceAll('old.gif', 'mill.png').replaceAll('missing.jpg', 'mill.png');
		await home.import({ xml: text, media: { ...media, left } });
		expect(asked.filter((path) => !path.endsWith('moved.png'))).toHaveLength(1);
		expect(await home.read('import/report.md')).toContain('run it again for the rest');
		await home.import({ xml: text, media: { ...media, left: { ...mostFetched } } });
		expect(await home.read('import/report.md')).not.toContain('run it again for the rest');
		expect(await home.read('content/articles/2015/03/mill-closes/index.md')).toContain('file: mill.jpg');
	});

	test('tells pictures apart that only their queries tell apart, and keeps nothing that is no picture', async () => {
		const pictures = await Promise.all([makePhotograph(20, 10), makePhotograph(10, 20)]);
		const server = createServer((request, response) =>
			response.end(pictures[Number(URL.parse(request.url ?? '', 'http://x')?.searchParams.get('id'))] ?? 'No picture.'),
		);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		onTestFinished(() => void server.close());
		const address = server.address();
		const origin = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
		const kept = await writeFiles({});
		const fetched = (id: number) =>
			bringPicture(
				{ address: `${origin}/image.php?id=${id}` },
				{ kept, left: { ...mostFetched }, allowPrivate: true },
				new Set(),
			);
		const bytes = async (id: number) => {
			const found = await fetched(id);
			return 'picture' in found && typeof found.picture === 'string' ? readFile(found.picture) : undefined;
		};
		expect(await bytes(0)).toEqual(pictures[0]);
		expect(await bytes(1)).toEqual(pictures[1]);
		const before = await readdir(kept, { recursive: true });
		expect(await fetched(2)).toHaveProperty('fault');
		expect(await readdir(kept, { recursive: true })).toEqual(before);
	});

	test('never asks private networks', async () => {
		const { xml, asked } = await serve();
		const home = await openHome();
		const kept = join(home.root, 'import/media');
		const left = { ...mostFetched };
		await home.import({ xml, media: { kept, left } });
		await home.import({ xml: xml.replaceAll('127.0.0.1', 'localhost'), media: { kept, left } });
		expect(asked).toEqual([]);
		expect(await home.read('import/report.md')).toMatch(
			/leads to (?:127\.0\.0\.1|::1), an address of a private network/,
		);
	});
});

describe('another import', () => {
	test('of the same changes nothing', async () => {
		const media = { folder: await writeUploads() };
		const home = await imported({ media });
		const before = await home.look();
		await home.import({ media });
		expect(await home.look()).toEqual(before);
	});

	test('leaves alone what editors have changed, moved or deleted', async () => {
		const media = { folder: await writeUploads() };
		const home = await imported({ media });
		const articles = 'content/articles/2015/03';
		await home.edit(`${articles}/same.md`, 'The first of two.', 'An edited text.');
		await home.edit('content/tags.yaml', 'kind: topic # a guess', 'kind: organisation');
		await home.edit('content/comments/2015/03/harbour-opens/wp-11.yaml', 'First!', 'Edited!');
		await rm(join(home.root, 'content/comments/2015/03/harbour-opens/wp-12.yaml'));
		await rename(join(home.root, `${articles}/local-date.md`), join(home.root, `${articles}/noon.md`));
		await rm(join(home.root, `${articles}/codes.md`));
		await writeFile(join(home.root, `${articles}/mill-closes/mill.png`), await makePhotograph(8, 8));
		await rename(join(home.root, 'import/aside/articles/2015/03/too-long.md'), join(home.root, `${articles}/short.md`));
		const before = await home.look();
		await home.import({ media });
		expect(await home.look()).toEqual(before);
	});

	test('of an export with another post of the same name takes no address away', async () => {
		const home = await imported();
		const xml = (await readFile(fixture, 'utf8')).replace(/(<wp:post_name><!\[CDATA\[)8(\]\])/, '$1same$2');
		await rm(join(home.root, 'content/articles/2015/03/8.md'));
		await writeFile(
			join(home.root, 'import/written.tsv'),
			(await home.read('import/written.tsv')).replace(/^.*\/8\.md\t.*\n/m, ''),
		);
		await home.import({ xml });
		expect(bodyOf(await home.read('content/articles/2015/03/same.md'))).toBe('The first of two.\n');
		expect(bodyOf(await home.read('content/articles/2015/03/same-3.md'))).toContain('The first words of a story');
	});

	test('of a newer export brings what is new, and changes what nobody has touched', async () => {
		const home = await imported();
		const xml = (await readFile(fixture, 'utf8')).replaceAll('The first of two.', 'A newer text.');
		await home.import({ xml });
		expect(bodyOf(await home.read('content/articles/2015/03/same.md'))).toBe('A newer text.\n');
		expect(await problemsOf(home.content)).toEqual([]);
	});

	describe('of a newer export in which a post has another date', () => {
		const newer = async () => {
			const [before, item = '', ...after] = (await readFile(fixture, 'utf8')).split(/(?=<item>)/);
			const all = [before, item, ...after].map((part) =>
				part?.includes('[CDATA[mill-closes]]') === true ? part.replaceAll('2015-03', '2016-07') : part,
			);
			return all.join('');
		};
		const mills = async (home: Home) =>
			[...(await home.look()).keys()].filter((path) => /articles\/.*mill.*\.md$/.test(path));
		const linked = async (home: Home) =>
			/\[about the mill\]\(([^)]*)\)/.exec(await home.read('content/articles/2015/03/harbour-opens.md'))?.[1];

		test('the article moves, and its last address leads to it, now and later', async () => {
			const home = await imported();
			const xml = (await newer()).replaceAll('/2015/03/mill-closes/', '/2016/07/mill-closes/');
			await home.import({ xml });
			expect(await mills(home)).toEqual(['content/articles/2016/07/mill-closes.md']);
			expect(await linked(home)).toBe('/2016/07/mill-closes/');
			await home.import({ xml });
			const { formerPaths } = fieldsOf(await home.read('content/articles/2016/07/mill-closes.md'));
			expect(formerPaths).toBe('[2015/03/mill-closes]');
			expect(await problemsOf(home.content)).toEqual([]);
		});

		test('an edited article stays where it is, and links lead to it', async () => {
			const home = await imported();
			await home.edit('content/articles/2015/03/mill-closes.md', 'Wheat is dear', 'Wheat was dear');
			await home.import({ xml: await newer() });
			expect(await mills(home)).toEqual(['content/articles/2015/03/mill-closes.md']);
			expect(await linked(home)).toBe('/2015/03/mill-closes/');
			expect(await problemsOf(home.content)).toEqual([]);
		});

		test('an article that an editor has moved comes no second time, and links lead to it', async () => {
			const home = await imported();
			await home.edit(
				'content/articles/2015/03/mill-closes.md',
				'\n---\n\n',
				'\nformerPaths: [2015/03/mill-closes]\n---\n\n',
			);
			await rename(
				join(home.root, 'content/articles/2015/03/mill-closes.md'),
				join(home.root, 'content/articles/2015/03/end-of-the-mill.md'),
			);
			await home.import({ xml: await newer() });
			expect(await mills(home)).toEqual(['content/articles/2015/03/end-of-the-mill.md']);
			expect(await linked(home)).toBe('/2015/03/end-of-the-mill/');
			expect(await problemsOf(home.content)).toEqual([]);
		});
	});

	test('brings back an author whom articles name, and whose file an editor has renamed', async () => {
		const home = await imported();
		await home.edit('content/authors/tilda-rowan.yaml', 'Tilda Rowan', 'Another Name');
		await rename(join(home.content, 'authors/tilda-rowan.yaml'), join(home.content, 'authors/another.yaml'));
		await home.import();
		expect(await home.read('content/authors/tilda-rowan.yaml')).toContain('name: Tilda Rowan');
		expect(await problemsOf(home.content)).toEqual([]);
	});

	test('after one that was cut off brings in the rest', async () => {
		const home = await openHome();
		const source = await openWordPress([fixture]);
		const cut = (breakOff: () => void) => ({
			...source,
			async *posts(linkTo: LinkTo) {
				let count = 0;
				for await (const post of source.posts(linkTo)) {
					if (++count === 6) breakOff();
					yield post;
				}
			},
		});
		const newsroom = { content: home.content, comments: join(home.content, 'comments'), now, media: undefined };
		await expect(
			moveIn(
				cut(() => process.emit('SIGINT')),
				newsroom,
			),
		).rejects.toThrow('The import was stopped');
		const sections = await home.read('content/sections.yaml');
		expect(sections).toContain('\nharbour:\n');
		const noted = (await home.read('import/written.tsv')).split('\n');
		expect(noted.filter((line) => line.includes('content/articles/')).length).toBeGreaterThan(2);
		await expect(
			moveIn(
				cut(() => {
					throw new Error('Cut off');
				}),
				newsroom,
			),
		).rejects.toThrow('Cut off');
		await home.import();
		expect([...(await home.look()).keys()]).toEqual([...(await (await imported()).look()).keys()]);
		expect(await problemsOf(home.content)).toEqual([]);
	});

	test('after its notes were lost knows former paths for those of its own posts', async () => {
		const home = await imported();
		await rm(join(home.root, 'import'), { recursive: true });
		await home.import();
		expect([...(await home.look()).keys()]).not.toContain('import/aside/articles/2015/04/late-in-march.md');
		expect(await home.read('import/written.tsv')).toContain('content/articles/2015/04/late-in-march.md');
	});

	test('after its notes were lost takes back what is as it was, and puts the rest aside', async () => {
		const home = await imported();
		await home.edit('content/articles/2015/03/same.md', 'The first of two.', 'An edited text.');
		await rm(join(home.root, 'import'), { recursive: true });
		const before = [...(await home.look()).keys()];
		await home.import();
		const after = await home.look();
		expect([...after.keys()].filter((path) => path.startsWith('content/'))).toEqual(before);
		expect(after.get('content/articles/2015/03/same.md')).toContain('An edited text.');
		expect(await home.read('import/aside/articles/2015/03/same.md')).toContain(
			'is there already, and no import has written it',
		);
	});
});

test('nothing is overwritten that no import has written', async () => {
	const own = articleFile({ publishedAt: '2015-03-10' }, 'Our own.\n');
	const home = await openHome({
		'articles/2015/03/same.md': own,
		'articles/2015/03/codes/index.md': own,
		'pages/about-us.md': 'ours',
	});
	await home.import();
	expect(await home.read('content/articles/2015/03/same.md')).toBe(own);
	expect(await home.read('content/articles/2015/03/codes/index.md')).toBe(own);
	expect(await home.read('content/pages/about-us.md')).toBe('ours');
	const aside = [...(await home.look()).keys()].filter((path) => path.startsWith('import/aside/'));
	expect(aside).toEqual(
		expect.arrayContaining([
			'import/aside/articles/2015/03/codes.md',
			'import/aside/articles/2015/03/same.md',
			'import/aside/pages/about-us.md',
		]),
	);
});

test('nothing is written where nothing can be added to the sections or the tags', async () => {
	const home = await openHome({ 'tags.yaml': '{ asia: { name: Asia, kind: place } }\n' });
	const before = await home.look();
	await expect(home.import()).rejects.toThrow('tags.yaml is not written as one entry below another');
	expect(await home.look()).toEqual(before);
});

test('names of an export cannot lead out of the newsroom', async () => {
	const xml = (await readFile(fixture, 'utf8'))
		.replaceAll('[CDATA[same]]', '[CDATA[../../../../escaped]]')
		.replaceAll('nicename="floods"', 'nicename="../../escaped"');
	const home = await openHome();
	await home.import({ xml });
	const paths = [...(await home.look()).keys()];
	expect(paths.filter((path) => path.includes('escaped'))).toEqual([
		'content/articles/2015/03/escaped-2.md',
		'content/articles/2015/03/escaped.md',
	]);
	expect(await readdir(dirname(home.root))).not.toContain('escaped.md');
	expect(await problemsOf(home.content)).toEqual([]);
});

test('an export that ends early brings in what it has, and the report says so', async () => {
	const xml = await readFile(fixture, 'utf8');
	const home = await imported({ xml: xml.slice(0, xml.indexOf('Twice the same')) });
	expect(await problemsOf(home.content)).toEqual([]);
	expect(await home.read('import/report.md')).toMatch(/unclosed tag|unexpected end/i);
});

test('an export of the paper at its own address keeps no link to what it has not', async () => {
	const xml = (await readFile(fixture, 'utf8')).replaceAll('https://gazette.example', site.origin);
	const home = await imported({ xml, media: { folder: await writeUploads() } });
	expect(await problemsOf(home.content)).toEqual([]);
});
