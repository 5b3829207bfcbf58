import { expect, test } from 'vitest';
import { toParagraphs, toThreads } from '../../src/domain/comments.ts';
import { makeNewsroom } from '../support/newsroom.ts';

const { comments } = makeNewsroom(
	{ '2025/06/x': {} },
	{
		'2025/06/x/late': { writtenAt: '2025-06-20T12:00Z' },
		'2025/06/x/first': { writtenAt: '2025-06-18T10:00Z' },
		'2025/06/x/answer': { writtenAt: '2025-06-18T12:00Z', replyTo: 'first' },
		'2025/06/x/again': { writtenAt: '2025-06-18T13:00Z', replyTo: 'answer' },
		'2025/06/x/orphan': { writtenAt: '2025-06-19T10:00Z', replyTo: 'unapproved' },
	},
);

test('threads are two deep and oldest first; an answer to what is not there begins its own', () => {
	expect(toThreads(comments).map(({ comment, replies }) => [comment.id, replies.map(({ id }) => id)])).toEqual([
		['first', ['answer', 'again']],
		['orphan', []],
		['late', []],
	]);
});

test('a comment falls into paragraphs at its empty lines', () => {
	expect(toParagraphs('One\nline.\n \n\nTwo.')).toEqual(['One\nline.', 'Two.']);
});
