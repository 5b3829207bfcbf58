import type { Server } from 'node:net';
import type { CommentRow } from '../../src/service/tables.ts';

/** Returns a comment that waits, but for what is given. */
export function toComment(given: Partial<CommentRow> = {}): CommentRow {
	const { id = 'c1' } = given;
	return {
		id,
		article: '2025/06/a-story',
		reply_to: null,
		name: 'Aigerim',
		text: 'A remark.',
		email: null,
		status: 'waiting',
		reasons: '',
		received_at: Date.UTC(2025, 5, 16, 12),
		decided_at: null,
		decided_by: null,
		is_edited: 0,
		is_desk: 0,
		address: null,
		digest: `digest of ${id}`,
		receipt: `receipt of ${id}`,
		...given,
	};
}

/** Returns where a server listens: `127.0.0.1:1234`. */
export function toAddress(server: Server): string {
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The server does not listen.');
	return `127.0.0.1:${address.port}`;
}
