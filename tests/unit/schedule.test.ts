import { expect, test } from 'vitest';
import { toNewsSitemap } from '../../src/domain/news-sitemap.ts';
import { toNewsroom } from '../../src/domain/newsroom.ts';
import { toPaper } from '../../src/domain/paper.ts';
import { changesAfter, holdsUntil } from '../../src/domain/schedule.ts';
import { toSecurityNotice } from '../../src/domain/security-notice.ts';
import { makeEntries, now, type Written } from '../support/newsroom.ts';

/** Returns what is due after the tests' clock, as `day what file`. */
function dueAfter(
	articles: Readonly<Record<string, Written>>,
	comments: Readonly<Record<string, Written>> = {},
	front: Written = {},
	clock = now,
): string[] {
	return changesAfter(makeEntries(articles, comments, front), clock).map(
		({ at, what, file }) => `${new Date(at).toISOString().slice(5, 10)} ${what} ${file.replace('content/', '')}`,
	);
}

const at = (day: number) => `2025-07-${String(day).padStart(2, '0')}T12:00Z`;

test('everything that editors have set for a time to come is due at that time, the first first', () => {
	const articles = {
		'2025/06/x': { updatedAt: at(6), corrections: [{ at: at(4), text: 'A year.' }] },
		'2025/07/y': { publishedAt: at(5) },
	};
	const front = { lead: { article: '2025/06/x', until: at(3) }, pins: [{ article: '2025/07/y', until: at(8) }] };
	expect(dueAfter(articles, { '2025/06/x/one': { approvedAt: at(7) } }, front)).toEqual([
		'07-03 lead front.yaml',
		'07-04 correction articles/2025/06/x.md',
		'07-05 publication articles/2025/07/y.md',
		'07-06 update articles/2025/06/x.md',
		'07-07 comment comments/2025/06/x/one.yaml',
		'07-08 pin front.yaml',
	]);
});

test('what has come is due no longer, at the very moment too', () => {
	const articles = { '2025/07/y': { publishedAt: at(5) } };
	expect(dueAfter(articles, {}, {}, Date.parse(at(5)) - 1)).toHaveLength(1);
	expect(dueAfter(articles, {}, {}, Date.parse(at(5)))).toEqual([]);
	expect(dueAfter({})).toEqual([]);
});

test('drafts and what belongs to them are never due', () => {
	const draft = { draft: true, publishedAt: at(5), corrections: [{ at: at(6), text: 'A year.' }] };
	const front = { lead: { article: '2025/07/x', until: at(8) }, pins: [{ article: '2025/07/x', until: at(9) }] };
	expect(dueAfter({ '2025/07/x': draft }, { '2025/07/x/one': { approvedAt: at(7) } }, front)).toEqual([]);
});

test('what comes with the publication of an article is due with it, and not before', () => {
	const articles = { '2025/07/y': { publishedAt: at(5), updatedAt: at(5) } };
	const front = { pins: [{ article: '2025/07/y', until: at(4) }] };
	expect(dueAfter(articles, { '2025/07/y/one': { approvedAt: at(3) } }, front)).toEqual([
		'07-05 publication articles/2025/07/y.md',
	]);
});

test('what was to come after the retraction of an article is not due', () => {
	const x = { updatedAt: at(7), retracted: { at: at(6), reason: 'It was untrue.' } };
	const front = { lead: { article: '2025/06/x', until: at(8) } };
	expect(dueAfter({ '2025/06/x': x }, { '2025/06/x/one': { approvedAt: at(9) } }, front)).toEqual([
		'07-06 retraction articles/2025/06/x.md',
	]);
});

test('changes of one moment stand in one order', () => {
	const articles = { '2025/07/b': { publishedAt: at(5) }, '2025/07/a': { publishedAt: at(5) } };
	expect(dueAfter(articles).map((line) => line.slice(-4))).toEqual(['a.md', 'b.md']);
});

test('a paper holds until the next change, or until an article ceases to be news, and no moment longer', () => {
	const articles = {
		'2025/06/x': { corrections: [{ at: at(4), text: 'A year.' }] },
		'2025/07/y': { publishedAt: at(5) },
		'2025/07/z': { publishedAt: at(10), retracted: { at: at(11), reason: 'It was wrong.' } },
	};
	const entries = makeEntries(articles, { '2025/06/x/one': { approvedAt: at(8) } });
	const paperAt = (clock: number) => {
		const newsroom = toNewsroom(entries, clock);
		return JSON.stringify([newsroom, toNewsSitemap(toPaper(newsroom).articles, clock), toSecurityNotice(clock)]);
	};
	const moments: string[] = [];
	let clock = now;
	while (clock < Date.parse('2026-03-01')) {
		const until = holdsUntil(entries, clock);
		const paper = paperAt(clock);
		expect(paperAt(until - 1)).toBe(paper);
		moments.push(new Date(until).toISOString().slice(5, 10));
		clock = until;
	}
	// The seventh is the retracted article’s, which is no news any more; those behind it are the notice on security’s.
	expect(moments).toEqual(['07-04', '07-05', '07-07', '07-08', '07-10', '07-11', '07-12', '01-01', '07-01']);
});
