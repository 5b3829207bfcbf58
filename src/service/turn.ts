import type { Database } from './database.ts';

/**
 * Does something to comments and their files in a transaction. Of all such works, of all services on the database, one is
 * done at a time: whether the file of an answer may name another comment depends on that one's file.
 */
export function inTurn<T>(database: Database, work: (transaction: Database) => Promise<T>): Promise<T> {
	return database.transaction().execute(async (transaction) => {
		await transaction
			.insertInto('settings')
			.values({ name: 'turn', value: '' })
			.onConflict((conflict) => conflict.column('name').doUpdateSet({ value: '' }))
			.execute();
		return work(transaction);
	});
}
