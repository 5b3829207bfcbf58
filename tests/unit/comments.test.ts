import { describe, expect, test } from 'vitest';
import { toCommentItems } from '../../src/domain/comment-feed.ts';
import { commentsIn, newestThatFit, signatureOf, toParagraphs, toThreads } from '../../src/domain/comments.ts';
import { describeComments, serialise } from '../../src/domain/structured-data.ts';
import { linkAddresses } from '../../src/markdown/comment.ts';
import { makeNewsroom, type Written } from '../support/newsroom.ts';

/** Makes the comments on one article. */
const commentsOf = (comments: Readonly<Record<string, Written>>, id = '2025/06/x') =>
	makeNewsroom(
		{ [id]: {} },
		Object.fromEntries(Object.entries(comments).map(([name, fields]) => [`${id}/${name}`, fields])),
	).comments;

const day = (number: number) => `2025-06-${String(number).padStart(2, '0')}T10:00Z`;

describe('threads', () => {
	test('are two deep, the newest first; an answer to what is not there begins its own', () => {
		const comments = commentsOf({
			late: { writtenAt: '2025-06-20T12:00Z' },
			first: { writtenAt: '2025-06-18T10:00Z' },
			answer: { writtenAt: '2025-06-18T12:00Z', replyTo: 'first' },
			again: { writtenAt: '2025-06-18T13:00Z', replyTo: 'answer' },
			orphan: { writtenAt: '2025-06-19T10:00Z', replyTo: 'unapproved' },
		});
		expect(toThreads(comments).map(({ comment, replies }) => [comment.id, replies.map(({ id }) => id)])).toEqual([
			['late', []],
			['orphan', []],
			['first', ['answer', 'again']],
		]);
	});

	test('of 20,000 answers, each to the one before, are sorted at once', () => {
		const [first] = commentsOf({ c0: {} });
		if (!first) throw new Error('No comment was made.');
		const chain = Array.from({ length: 20_000 }, (_, i) => ({ ...first, id: `c${i}`, replyTo: `c${i - 1}` }));
		const start = performance.now();
		const [thread, ...others] = toThreads(chain.reverse());
		expect([thread?.comment.id, thread?.replies.length, others.length]).toEqual(['c0', 19_999, 0]);
		expect(performance.now() - start).toBeLessThan(1000);
	});
});

describe('of an article’s comments, its page shows', () => {
	const four = toThreads(
		commentsOf({
			old: { writtenAt: day(16) },
			middle: { writtenAt: day(17) },
			answer: { writtenAt: day(19), replyTo: 'middle', text: 'An answer.' },
			newest: { writtenAt: day(18) },
		}),
	);
	const shown = (room: number) => commentsIn(newestThatFit(four, room)).map(({ id }) => id);

	test('none where there is no room', () => {
		expect(shown(0)).toEqual([]);
		expect(shown(-2000)).toEqual([]);
	});

	test('the newest threads that fit, in one piece as far as there is room', () => {
		const counts = Array.from({ length: 80 }, (_, i) => shown(i * 10));
		expect([...new Set(counts.map((ids) => ids.join()))]).toEqual([
			'',
			'newest',
			'newest,middle',
			'newest,middle,answer',
			'newest,middle,answer,old',
		]);
	});

	test('nothing older than a thread that does not fit whole', () => {
		const threads = toThreads(
			commentsOf({
				old: { writtenAt: day(16) },
				long: { writtenAt: day(17) },
				answer: { writtenAt: day(18), replyTo: 'long', text: 'a'.repeat(5000) },
			}),
		);
		expect(commentsIn(newestThatFit(threads, 1000)).map(({ id }) => id)).toEqual(['long']);
	});

	test('fewer where each letter is one of thousands', () => {
		const written = (text: string) =>
			toThreads(commentsOf(Object.fromEntries(['a', 'b', 'c', 'd'].map((id) => [id, { text }]))));
		const count = (text: string) => newestThatFit(written(text), 800).length;
		expect([count('a'.repeat(100)), count('қ'.repeat(100)), count('早'.repeat(100))]).toEqual([4, 4, 1]);
	});
});

test('a comment falls into paragraphs at its empty lines', () => {
	expect(toParagraphs('One\nline.\n \n\nTwo.')).toEqual(['One\nline.', 'Two.']);
});

test('the desk signs with its name, once', () => {
	expect(signatureOf({ name: 'Sophia', isDesk: true })).toBe('Sophia, Meridian’s desk');
	expect(signatureOf({ name: 'Meridian’s desk', isDesk: true })).toBe('Meridian’s desk');
	expect(signatureOf({ name: 'Sophia' })).toBe('Sophia');
});

describe('addresses in a comment', () => {
	const link = (address: string) => `<a href="${address}" rel="nofollow ugc noopener">${address}</a>`;

	test.each([
		['See https://a.example/b.', `See ${link('https://a.example/b')}.`],
		['HTTP://a.example', link('HTTP://a.example')],
		['https://a.example/?b=1&c=2!', `${link('https://a.example/?b=1&#38;c=2')}!`],
		['(https://a.example/b_(c))', `(${link('https://a.example/b_(c)')})`],
		['(https://a.example/b).', `(${link('https://a.example/b')}).`],
		['«https://a.example/b»,', `«${link('https://a.example/b')}»,`],
		['[https://a.example/]', `[${link('https://a.example/')}]`],
		['“https://a.example/”…', `“${link('https://a.example/')}”…`],
		['https://a.example/\nhttps://b.example/', `${link('https://a.example/')}\n${link('https://b.example/')}`],
		['Қараңыз: https://кз.example/жол', `Қараңыз: ${link('https://кз.example/жол')}`],
		['انظر https://a.example/سلام، شكرا', `انظر ${link('https://a.example/سلام')}، شكرا`],
		['https://a.example,https://b.example', link('https://a.example,https://b.example')],
	])('%s', (text, html) => {
		expect(linkAddresses(text)).toBe(html);
	});

	test.each([
		'javascript:alert(1)',
		'data:text/html,x',
		'//a.example/',
		'www.a.example',
		'https://',
		'https:// a.example',
		'https://user@bank.example/',
		'https://user:word@bank.example/',
		'xhttps://a.example/',
		'https://a.example/%E2%80%AEgnp.exe',
		'https://[a.example/',
		`https://a.example/${'a'.repeat(2000)}`,
	])('%s stays words', (text) => {
		expect(linkAddresses(text)).toBe(text);
	});

	test('end at signs that could break out of them, and at those that nobody sees', () => {
		expect(linkAddresses('https://a.example/"onclick="alert(1)')).toBe(
			`${link('https://a.example/')}&#34;onclick=&#34;alert(1)`,
		);
		expect(linkAddresses('https://a.example/<script>alert(1)</script>')).toBe(
			`${link('https://a.example/')}&#60;script&#62;alert(1)&#60;/script&#62;`,
		);
		expect(linkAddresses("https://a.example/'onclick='alert(1)")).toBe(
			link('https://a.example/&#39;onclick=&#39;alert(1)'),
		);
		for (const sign of ['\u200F', '\u061C', '\u2067', '\u202E', '\u200D', '\u00AD'])
			expect(linkAddresses(`https://a.example/${sign}b`)).toBe(`${link('https://a.example/')}${sign}b`);
	});

	test('take no longer than others where they are hostile', () => {
		const start = performance.now();
		for (const piece of ['https://', '(', ')', '.', 'https://a', 'https://a.example/ ', '(((https://a.example/)))'])
			linkAddresses(piece.repeat(5000));
		for (const end of [')', '.', '(', ').']) linkAddresses(`https://a.example/${end.repeat(5000)}`);
		expect(performance.now() - start).toBeLessThan(500);
	});
});

describe('the feed of comments', () => {
	const article = { id: '2025/06/x', formerPaths: ['2025/05/old'] };
	const comments = commentsOf({
		first: { writtenAt: day(16), approvedAt: day(21), name: 'Anna', text: 'One\nline: https://a.example/.\n\nTwo.' },
		answer: { writtenAt: day(20), approvedAt: day(20), name: 'B', replyTo: 'first', isDesk: true, isEdited: true },
	});
	const items = toCommentItems(article, comments);

	test('has the comments that were approved last first, by names that stay when the article moves', () => {
		expect(items.map(({ id, path, title }) => [id, path, title])).toEqual([
			[
				'tag:meridian.example.org,2025:2025/05/old/comment-first',
				'/2025/06/x/comments/#comment-first',
				'Comment by Anna',
			],
			[
				'tag:meridian.example.org,2025:2025/05/old/comment-answer',
				'/2025/06/x/comments/#comment-answer',
				'B, Meridian’s desk answers Anna',
			],
		]);
	});

	test('has their paragraphs, lines and links, and says what the desk has edited', () => {
		expect(items.map(({ html }) => html)).toEqual([
			'<p>One<br>line: <a href="https://a.example/" rel="nofollow ugc noopener">https://a.example/</a>.</p><p>Two.</p>',
			'<p>A comment.</p><p>Edited by the desk</p>',
		]);
	});

	test('has the newest fifty', () => {
		const many = Object.fromEntries(
			Array.from({ length: 60 }, (_, i) => [
				`c${i}`,
				{ writtenAt: day(1), approvedAt: `2025-06-20T10:${String(i).padStart(2, '0')}Z` },
			]),
		);
		const ids = toCommentItems(article, commentsOf(many)).map(({ path }) => path.replace(/.*#/, ''));
		expect([ids.length, ids[0], ids.at(-1)]).toEqual([50, 'comment-c59', 'comment-c10']);
	});
});

test('the comments that a page shows are part of its article in structured data', () => {
	const text = '</script><script>alert(1)</script>';
	const comments = commentsOf({ one: { text }, two: { isDesk: true } });
	const data = describeComments({ id: '2025/06/x' }, comments);
	expect(data['@graph']).toEqual([
		{
			'@type': 'NewsArticle',
			'@id': 'https://meridian.example.org/2025/06/x/#article',
			comment: [
				{ '@type': 'Comment', author: { '@type': 'Person', name: 'Reader' }, dateCreated: '2025-06-20', text },
				{
					'@type': 'Comment',
					author: { '@id': 'https://meridian.example.org/#organisation' },
					dateCreated: '2025-06-20',
					text: 'A comment.',
				},
			],
		},
	]);
	expect(serialise(data)).not.toContain('</script>');
});
