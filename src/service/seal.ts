import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Database } from './database.ts';

/** What proves that a form was made here, and when. */
interface Seal {
	/** When the form was made, in milliseconds since 1970. */
	madeAt: number;
	/** Tells one form from another; nobody can guess it. */
	nonce: string;
}

export interface Seals {
	/** Returns the seal of a new form, as it stands in one of its fields. @param purpose what the form is for */
	make: (purpose: string, now: number) => string;
	/** Returns what a seal says; nothing where it was not made here for that purpose. */
	read: (text: string, purpose: string) => Seal | undefined;
	/** Returns what only we can have made of texts: equal texts, equal sign. */
	sign: (...texts: readonly string[]) => string;
}

/** Returns the seals of all services that share a database. */
export async function openSeals(database: Database): Promise<Seals> {
	const secret = await readSetting(database, 'secret', () => randomBytes(32).toString('base64url'));
	const sign = (...texts: readonly string[]) =>
		createHmac('sha256', secret).update(JSON.stringify(texts)).digest('base64url').slice(0, 22);
	return {
		sign,
		make(purpose, now) {
			const nonce = randomBytes(16).toString('base64url');
			const madeAt = now.toString(36);
			return [madeAt, nonce, sign(purpose, madeAt, nonce)].join('.');
		},
		read(text, purpose) {
			const [madeAt = '', nonce = '', given = ''] = text.split('.');
			const due = Buffer.from(sign(purpose, madeAt, nonce));
			const isOurs = due.length === Buffer.byteLength(given) && timingSafeEqual(due, Buffer.from(given));
			return isOurs ? { madeAt: parseInt(madeAt, 36), nonce } : undefined;
		},
	};
}

/** Returns what the service remembers under a name; where that is nothing yet, `first` becomes it, for all services. */
export async function readSetting(database: Database, name: string, first: () => string): Promise<string> {
	await database
		.insertInto('settings')
		.values({ name, value: first() })
		.onConflict((conflict) => conflict.doNothing())
		.execute();
	const { value } = await database
		.selectFrom('settings')
		.select('value')
		.where('name', '=', name)
		.executeTakeFirstOrThrow();
	return value;
}
