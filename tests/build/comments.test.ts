import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seeded } from '../bench/corpus.ts';
import { mustBuild, openWorkshop, type Workshop } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFiles, writeFilesTo } from '../support/content.ts';
import { attributesOf, type Edition, only, readEdition, textsOf } from '../support/edition.ts';
import { faultsOfRss } from '../support/feed-rules.ts';
import { brokenLinksOf, faultsOf } from '../support/page-rules.ts';

const origin = 'https://meridian.example.org';
const hostile = '</script><script>alert(1)</script> & "quotes" <b>';

interface WrittenComment {
	/** Minutes after ten o’clock. */
	minute?: number;
	name?: string;
	text?: string;
	replyTo?: string;
	isEdited?: boolean;
	isDesk?: boolean;
}

function commentFile({ minute = 0, name = 'Reader', text = 'A comment.', ...more }: WrittenComment): string {
	const at = new Date(Date.UTC(2025, 5, 20, 10, minute)).toISOString().replace('.000', '');
	return JSON.stringify({ name, writtenAt: at, approvedAt: at, text, ...more });
}

const random = seeded(7);
const vocabulary = Array.from({ length: 2000 }, () => {
	const length = 2 + Math.floor(random() * 9);
	return Array.from({ length }, () => 'eetaoinshrdlucmfwyp'[Math.floor(random() * 19)]).join('');
});

/** Returns a text of words by chance, with exactly so many characters. */
function prose(length: number): string {
	let text = '';
	while (text.length < length) text += `${vocabulary[Math.floor(random() ** 2 * vocabulary.length)] ?? ''} `;
	return `${text.slice(0, length - 1).trim()}.`.padStart(length, 'A');
}

/** Returns so many comments on an article, every third of which answers the one before. */
function many(articleId: string, count: number, textOf: () => string): Record<string, string> {
	const entries = Array.from({ length: count }, (_, i): [string, string] => [
		`comments/${articleId}/c${i}.yaml`,
		commentFile({ minute: i, text: textOf(), ...(i % 3 === 1 && { replyTo: `c${i - 1}` }) }),
	]);
	return Object.fromEntries(entries);
}

const few = '2025/06/few';
const ofFew: Readonly<Record<string, WrittenComment>> = {
	old: { minute: 0, name: hostile, text: `First: https://a.example/?a=1&b=2.\n\n${hostile}` },
	answer: { minute: 9, name: 'Sophia', text: 'Line one.\nLine two.', replyTo: 'old', isDesk: true },
	again: { minute: 10, name: 'Айгүл', text: 'Рақмет!', replyTo: 'answer' },
	newest: { minute: 5, name: 'محمد', text: 'شكرا https://a.example/سلام.', isEdited: true },
	elsewhere: { minute: 4, text: `${origin}/gone/ and ${origin}/${few}/#gone` },
};

const files = {
	...newsroomFiles,
	[`articles/${few}.md`]: articleFile({ formerPaths: '[2025/05/old]' }),
	...Object.fromEntries(
		Object.entries(ofFew).map(([id, comment]) => [`comments/${few}/${id}.yaml`, commentFile(comment)]),
	),
	'articles/2025/06/none.md': articleFile({ title: 'None' }),
	'articles/2025/06/tiny.md': articleFile({ title: 'Tiny' }, `${prose(4000)}\n`),
	...many('2025/06/tiny', 300, () => prose(12)),
	'articles/2025/06/crowded.md': articleFile({ title: 'Crowded' }),
	...many('2025/06/crowded', 5000, () => prose(5000)),
	'articles/2025/06/gone.md': articleFile({ title: 'Gone', retracted: '{ at: 2025-06-21, reason: Untrue. }' }),
	...many('2025/06/gone', 2, () => 'Gone.'),
};

let workshop: Workshop;
let edition: Edition;
let output: string;

beforeAll(async () => {
	workshop = await openWorkshop();
	await writeFilesTo(join(workshop.folder, 'content'), files);
	const built = await workshop.build();
	output = built.output;
	if (built.status !== 0) throw new Error(output);
	edition = await readEdition(workshop.dist);
});
afterAll(() => workshop.remove());

const idsOn = (path: string) => attributesOf(edition.page(path).document, '[id^=comment-]', 'id');

describe('an article with comments', () => {
	test('shows them as threads, the newest first, answers below what they answer', () => {
		expect(idsOn(`/${few}/`)).toEqual([
			'comment-newest',
			'comment-elsewhere',
			'comment-old',
			'comment-answer',
			'comment-again',
		]);
		const { document } = edition.page(`/${few}/`);
		expect(textsOf(document, '#comments .replies .text')).toEqual(['Line one. Line two.', 'Рақмет!']);
		expect(textsOf(document, '#comments article strong')).toEqual([
			'محمد',
			'Reader',
			hostile,
			'Sophia, Meridian’s desk',
			'Айгүл',
		]);
		expect(textsOf(document, '#comment-newest .label')[0]).toMatch(/Edited by the desk$/);
		expect(textsOf(document, '#comment-old .text')).toEqual(['First: https://a.example/?a=1&b=2.', hostile]);
	});

	test('makes links of the addresses in them, and leads nobody astray where they lead nowhere', () => {
		const { document } = edition.page(`/${few}/`);
		const links = [...document.querySelectorAll('#comments .text a')];
		expect(links.map((link) => link.getAttribute('href'))).toEqual([
			'https://a.example/سلام',
			`${origin}/gone/`,
			`${origin}/${few}/#gone`,
			'https://a.example/?a=1&b=2',
		]);
		expect(new Set(links.map((link) => link.getAttribute('rel')))).toEqual(new Set(['nofollow ugc noopener']));
		expect(links.map((link) => link.textContent)).toEqual(links.map((link) => link.getAttribute('href')));
	});

	test('leads to the forms for a comment and for answers, each by its name, and lets nobody index them', async () => {
		const { document } = edition.page(`/${few}/`);
		const forms = [...document.querySelectorAll('#comments a[href^="/comments/"]')];
		expect(forms.map((link) => [link.textContent.replace(/\s+/g, ' ').trim(), link.getAttribute('href')])).toEqual([
			['Reply to محمد', `/comments/${few}/?reply=newest`],
			['Reply to Reader', `/comments/${few}/?reply=elsewhere`],
			[`Reply to ${hostile}`, `/comments/${few}/?reply=old`],
			['Reply to Sophia', `/comments/${few}/?reply=answer`],
			['Reply to Айгүл', `/comments/${few}/?reply=again`],
			['Post Comment', `/comments/${few}/`],
		]);
		expect(forms.every((link) => link.getAttribute('rel') === 'nofollow')).toBe(true);
		expect(await edition.text('robots.txt')).toMatch(/^User-agent: \*\nAllow: \/\nDisallow: \/comments\/\n\n/);
	});

	test('has those that it shows in its structured data', () => {
		const { document } = edition.page(`/${few}/`);
		const data: unknown = JSON.parse(only(document, '#comments script').textContent);
		expect(data).toMatchObject({
			'@graph': [{ '@type': 'NewsArticle', '@id': `${origin}/${few}/#article`, comment: { length: 5 } }],
		});
		expect(document.querySelector('head script')?.textContent).toContain('"commentCount":5');
	});

	test('and the page of its comments are sound, their type that of the paper’s own letters', () => {
		const pages = [`/${few}/`, `/${few}/comments/`, '/2025/06/tiny/', '/2025/06/crowded/'].map((path) =>
			edition.page(path),
		);
		expect(pages.flatMap(faultsOf)).toEqual([]);
		const links = brokenLinksOf({ ...edition, pages }, origin);
		expect(links.filter((link) => !link.includes('gone'))).toEqual([]);
		const styleOf = (path: string) => textsOf(edition.page(path).document, 'style').join();
		expect(styleOf(`/${few}/`).match(/@font-face/g)).toEqual(styleOf('/2025/06/none/').match(/@font-face/g));
	});
});

describe('the comments that an article has no room for', () => {
	test.each([
		['tiny', 300, 10],
		['crowded', 5000, 0],
	])('%s: of %i some stay away, and the article leads to all', (slug, count, least) => {
		const { document } = edition.page(`/2025/06/${slug}/`);
		const shown = document.querySelectorAll('#comments article').length;
		expect(shown).toBeGreaterThanOrEqual(least);
		expect(shown).toBeLessThan(count / 2);
		expect(textsOf(document, '#comments-title')).toEqual([`${count} Comments`]);
		expect(textsOf(document, `#comments a[href="/2025/06/${slug}/comments/"]`)).toEqual([`All ${count} comments`]);
	});

	test('are the oldest', () => {
		const shown = idsOn('/2025/06/tiny/');
		expect(idsOn('/2025/06/tiny/comments/').slice(0, shown.length)).toEqual(shown);
		expect(idsOn('/2025/06/tiny/comments/')).toHaveLength(300);
		expect(shown[0]).toBe('comment-c299');
	});

	test('leave no way to a page of their own where there are none', () => {
		expect(edition.page(`/${few}/`).document.querySelector(`#comments a[href="/${few}/comments/"]`)).toBeNull();
	});
});

describe('the page of all comments', () => {
	test('names the article, leads to it and to its feed, and is in no search engine', async () => {
		const { document } = edition.page(`/${few}/comments/`);
		expect(textsOf(document, 'h1')).toEqual(['Comments on “A headline”']);
		expect(textsOf(document, 'nav ol a')).toEqual(['Home', '2025', 'June 2025', 'A headline']);
		expect(attributesOf(document, 'link[rel=alternate]', 'href')[0]).toBe(`/${few}/comments/rss.xml`);
		expect(attributesOf(document, 'main a[type]', 'href')).toEqual([`/${few}/comments/rss.xml`]);
		expect(attributesOf(document, 'meta[name=robots]', 'content')).toEqual(['noindex']);
		expect(await edition.text('sitemap-0.xml')).not.toContain('/comments/');
	});

	test('is told to editors where it is beyond reason, and no other page is', () => {
		expect(output.match(/^Warning: .*/gm)).toEqual([
			expect.stringMatching(/^Warning: 2025\/06\/crowded\/comments\/index\.html: is a long list/),
		]);
	});

	test('is there for articles with comments alone', () => {
		const pages = edition.files.filter((file) => file.includes('comments/'));
		expect(pages).toEqual(
			['2025/05/old', '2025/06/crowded', few, '2025/06/tiny'].flatMap((id) => [
				`${id}/comments/index.html`,
				`${id}/comments/rss.xml`,
			]),
		);
	});
});

describe('the feed of comments', () => {
	test('is sound, holds the newest fifty and leads to each where it stays', async () => {
		const now = Date.parse('2025-07-01T00:00:00Z');
		for (const [id, count] of [
			[few, 5],
			['2025/06/tiny', 50],
		] as const) {
			const address = `${origin}/${id}/comments/rss.xml`;
			const xml = await edition.text(`${id}/comments/rss.xml`);
			expect(faultsOfRss(xml, address, now)).toEqual([]);
			expect(xml.match(/<item>/g)).toHaveLength(count);
		}
		const feed = await edition.xml(`${few}/comments/rss.xml`);
		expect(textsOf(feed, 'item > link')[0]).toBe(`${origin}/${few}/comments/#comment-again`);
		expect(textsOf(feed, 'item > guid')[0]).toBe('tag:meridian.example.org,2025:2025/05/old/comment-again');
	});

	test('goes on, and its page leads on, where the article stood before', async () => {
		const former = edition.page('/2025/05/old/comments/').document;
		expect(attributesOf(former, 'meta[http-equiv=refresh]', 'content')).toEqual([`0; url=/${few}/comments/`]);
		expect(await edition.text('2025/05/old/comments/rss.xml')).toBe(await edition.text(`${few}/comments/rss.xml`));
	});

	test('is in no list of feeds', async () => {
		expect(await edition.text('feeds.opml')).not.toContain('/comments/');
		expect(edition.page('/feeds/').html).not.toContain('/comments/rss.xml');
	});
});

describe('a paper', () => {
	test('whose comments are letters leads to the editor alone', async () => {
		const other = await openWorkshop(undefined, (site) =>
			site.replace("choose<'service' | 'letters'>('service')", "choose<'service' | 'letters'>('letters')"),
		);
		try {
			const mail = articleFile({}, '[Here](/comments/2025/06/few/).\n');
			const own = Object.entries(files).filter(([path]) => !/crowded|tiny|gone/.test(path));
			await writeFilesTo(join(other.folder, 'content'), Object.fromEntries(own));
			await mustBuild(other);
			const letters = await readEdition(other.dist);
			for (const path of [`/${few}/`, `/${few}/comments/`]) {
				const { document } = letters.page(path);
				expect(faultsOf(letters.page(path))).toEqual([]);
				expect(document.querySelector('a[href^="/comments/"]')).toBeNull();
				expect(attributesOf(document, 'main a[href^=mailto]', 'href')).toEqual(['mailto:editor@meridian.example.org']);
			}
			expect(await letters.text('robots.txt')).not.toContain('Disallow');
			await writeFile(join(other.folder, 'content/articles/2025/06/none.md'), mail);
			expect((await other.build()).output).toContain('links to /comments/2025/06/few/, which is not there.');
		} finally {
			await other.remove();
		}
	});

	test('whose comments lie elsewhere follows them there', async () => {
		const elsewhere = await writeFiles({ '2025/06/none/one.yaml': commentFile({ name: 'Zora' }) });
		const other = await openWorkshop();
		try {
			const own = Object.entries(files).filter(([path]) => !path.startsWith('comments/'));
			await writeFilesTo(join(other.folder, 'content'), Object.fromEntries(own));
			await mustBuild(other, { COMMENTS_DIR: elsewhere });
			const read = async () => (await readEdition(other.dist)).page('/2025/06/none/').html;
			expect(await read()).toContain('Zora');
			await writeFilesTo(elsewhere, { '2025/06/none/one.yaml': commentFile({ name: 'Yana' }) });
			await mustBuild(other, { COMMENTS_DIR: elsewhere });
			expect(await read()).toContain('Yana');
			const next = { COMMENTS_DIR: elsewhere, CLOCK: '2025-06-19T00:00:00Z' };
			expect((await other.run('next', [], next)).output).toMatch(/20 June 2025.*2025\/06\/none\/one\.yaml appears\./);
		} finally {
			await other.remove();
		}
	});
});
