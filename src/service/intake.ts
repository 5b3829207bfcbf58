import { randomInt } from 'node:crypto';
import type { Database } from './database.ts';
import type { Typed } from './fields.ts';
import { openInbox } from './inbox.ts';
import { type Arrival, digestOfWords, patience, reasonsToHold } from './moderation.ts';
import { recognise } from './people.ts';
import type { Seals } from './seal.ts';
import type { Service } from './service.ts';
import type { CommentRow } from './tables.ts';

/** A comment as it has come in, with everything in its fields sound. */
export interface Letter {
	typed: Typed;
	/** The article's id, and that of the comment under it which is answered. */
	article: string;
	replyTo: string | null;
	/** What stands in the field that people do not see. */
	honeypot: string;
	/** Tells the form from all others, and when it was made, in milliseconds since 1970. */
	nonce: string;
	formMadeAt: number;
	/** The network address from which it came. */
	from: string;
}

const hour = 60 * 60 * 1000;

/**
 * Returns what takes letters in: it gives back the receipt once the comment is on the disk, or nothing where too many
 * have come from one network address.
 * @param onComment is told of each comment that is kept
 */
export function openIntake(service: Service, seals: Seals, onComment: (comment: CommentRow) => void) {
	const { database, now } = service;
	const inbox = openInbox(database);
	const underWay = openTally();
	return async function take(letter: Letter): Promise<string | undefined> {
		const receivedAt = now();
		const { name, text, email } = letter.typed;
		// The same form sent twice is one comment, but for one whose words were changed before.
		const receipt = seals.sign(letter.nonce, name, text, email);
		const sender = await recognise(database, letter.from, receivedAt);
		const digest = digestOfWords(text);
		const row = { article: letter.article, address: sender.digest, digest, receipt };
		const meanwhile = underWay.enter(row);
		try {
			const others = await findOthers(service, row, sender.digests, receivedAt);
			const arrival = {
				...{ name, text, honeypot: letter.honeypot },
				seconds: (receivedAt - letter.formMadeAt) / 1000,
				ofAddress: others.ofAddress + meanwhile.ofAddress,
				ofArticle: others.ofArticle + meanwhile.ofArticle,
				isRepeated: others.isRepeated || meanwhile.ofWords > 0,
				isBlocked: await findBlock(database, sender.digests, email),
			};
			if (arrival.ofAddress >= patience * service.rules.perAddress) return undefined;
			return await keep(letter, row, arrival, receivedAt);
		} finally {
			underWay.leave(row);
		}
	};

	async function keep(
		{ typed: { name, text, email }, replyTo }: Letter,
		row: Row,
		arrival: Arrival,
		receivedAt: number,
	): Promise<string> {
		const reasons = reasonsToHold(arrival, service.rules);
		const comment: CommentRow = {
			id: newId(receivedAt),
			...row,
			reply_to: replyTo,
			name,
			text,
			email: email === '' ? null : email,
			status: arrival.isBlocked ? 'rejected' : reasons.length > 0 ? 'held' : 'waiting',
			reasons: reasons.join('\n'),
			received_at: receivedAt,
			decided_at: null,
			decided_by: null,
			is_edited: 0,
			is_desk: 0,
		};
		const isNew = await inbox.receive(comment);
		if (isNew && !arrival.isBlocked) onComment(comment);
		return row.receipt;
	}
}

/** What tells comments that belong together. */
type Row = Pick<CommentRow, 'article' | 'digest' | 'receipt'> & { address: string };

/** Returns what counts comments that have come and cannot be found in the database yet. */
function openTally() {
	const counts = new Map<string, number>();
	const keysOf = ({ article, address, digest }: Row) => [`from ${address}`, `on ${article}`, `says ${digest}`] as const;
	return {
		/** Tells how many others there are, and counts one more. */
		enter(row: Row) {
			const [ofAddress, ofArticle, ofWords] = keysOf(row).map((key) => {
				const count = counts.get(key) ?? 0;
				counts.set(key, count + 1);
				return count;
			});
			return { ofAddress: ofAddress ?? 0, ofArticle: ofArticle ?? 0, ofWords: ofWords ?? 0 };
		},
		leave(row: Row) {
			for (const key of keysOf(row)) {
				const count = counts.get(key) ?? 0;
				if (count > 1) counts.set(key, count - 1);
				else counts.delete(key);
			}
		},
	};
}

/** Counts what has come from the same network address and on the same article in the last hour, and looks for the same words. */
async function findOthers(
	{ database, rules }: Pick<Service, 'database' | 'rules'>,
	{ article, digest, receipt }: Row,
	addresses: readonly string[],
	now: number,
) {
	/** Counts no further than the rules ask, however many there are. */
	const count = async (column: 'address' | 'article', values: readonly string[], most: number) => {
		const newest = database
			.selectFrom('comments')
			.select('id')
			.where(column, 'in', values)
			.where('received_at', '>', now - hour)
			// A clock that was set back has later ones behind it.
			.where('received_at', '<=', now)
			.limit(most);
		const { found } = await database
			.selectFrom(newest.as('newest'))
			.select((select) => select.fn.countAll<number | string>().as('found'))
			.executeTakeFirstOrThrow();
		return Number(found);
	};
	const [ofAddress, ofArticle, same] = await Promise.all([
		count('address', addresses, patience * rules.perAddress),
		count('article', [article], rules.perArticle),
		database
			.selectFrom('comments')
			.select('id')
			.where('digest', '=', digest)
			.where('receipt', '!=', receipt)
			.limit(1)
			.executeTakeFirst(),
	]);
	return { ofAddress, ofArticle, isRepeated: same !== undefined };
}

async function findBlock(database: Database, addresses: readonly string[], email: string): Promise<boolean> {
	const found = await database
		.selectFrom('blocks')
		.select('value')
		.where((where) =>
			where.or([
				where.and([where('kind', '=', 'address'), where('value', 'in', addresses)]),
				where.and([where('kind', '=', 'email'), where('value', '=', email.toLowerCase())]),
			]),
		)
		.executeTakeFirst();
	return found !== undefined;
}

const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Returns an id for a comment that came at a moment: its day, and letters by chance. */
export function newId(instant: number): string {
	const day = new Date(instant).toISOString().slice(0, 10).replaceAll('-', '');
	return `${day}-${Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join('')}`;
}
