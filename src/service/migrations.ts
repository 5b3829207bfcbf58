import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * The steps from an empty database to the present one, by names that sort in their order. What has once been released is
 * never changed: another step follows it. They know no tables' types, since those are of the present.
 */
export const migrations: Readonly<Record<string, Migration>> = {
	'1-inbox': {
		async up(database: Kysely<unknown>) {
			const { schema } = database;
			await schema
				.createTable('comments')
				.addColumn('id', 'text', (column) => column.primaryKey())
				.addColumn('article', 'text', (column) => column.notNull())
				.addColumn('reply_to', 'text')
				.addColumn('name', 'text', (column) => column.notNull())
				.addColumn('text', 'text', (column) => column.notNull())
				.addColumn('email', 'text')
				.addColumn('status', 'text', (column) => column.notNull())
				.addColumn('reasons', 'text', (column) => column.notNull())
				.addColumn('received_at', 'bigint', (column) => column.notNull())
				.addColumn('decided_at', 'bigint')
				.addColumn('decided_by', 'text')
				.addColumn('is_edited', 'integer', (column) => column.notNull())
				.addColumn('is_desk', 'integer', (column) => column.notNull())
				.addColumn('address', 'text')
				.addColumn('digest', 'text', (column) => column.notNull())
				.addColumn('receipt', 'text', (column) => column.notNull().unique())
				.execute();
			const index = (name: string, ...columns: string[]) =>
				schema.createIndex(name).on('comments').columns(columns).execute();
			await index('comments_by_status', 'status', 'received_at');
			await index('comments_by_article', 'article', 'received_at');
			await index('comments_by_address', 'address', 'received_at');
			await index('comments_by_digest', 'digest');
			await index('comments_by_email', 'email');
			await schema
				.createTable('salts')
				.addColumn('day', 'text', (column) => column.primaryKey())
				.addColumn('salt', 'text', (column) => column.notNull())
				.execute();
			await schema
				.createTable('settings')
				.addColumn('name', 'text', (column) => column.primaryKey())
				.addColumn('value', 'text', (column) => column.notNull())
				.execute();
		},
	},
	'2-desk': {
		async up(database: Kysely<unknown>) {
			const { schema } = database;
			await schema
				.createTable('editors')
				.addColumn('name', 'text', (column) => column.primaryKey())
				.addColumn('password', 'text', (column) => column.notNull())
				.addColumn('created_at', 'bigint', (column) => column.notNull())
				.addColumn('failures', 'integer', (column) => column.notNull())
				.addColumn('locked_until', 'bigint')
				.execute();
			await schema
				.createTable('sessions')
				.addColumn('id', 'text', (column) => column.primaryKey())
				.addColumn('editor', 'text', (column) => column.notNull().references('editors.name').onDelete('cascade'))
				.addColumn('csrf', 'text', (column) => column.notNull())
				.addColumn('created_at', 'bigint', (column) => column.notNull())
				.addColumn('expires_at', 'bigint', (column) => column.notNull())
				.execute();
			await schema
				.createTable('audit')
				.addColumn('id', 'text', (column) => column.primaryKey())
				.addColumn('at', 'bigint', (column) => column.notNull())
				.addColumn('editor', 'text', (column) => column.notNull())
				.addColumn('action', 'text', (column) => column.notNull())
				.addColumn('comment', 'text')
				.addColumn('detail', 'text', (column) => column.notNull())
				.execute();
			await schema.createIndex('audit_by_time').on('audit').column('at').execute();
			await schema.createIndex('audit_by_comment').on('audit').column('comment').execute();
			await schema
				.createTable('blocks')
				.addColumn('kind', 'text', (column) => column.notNull())
				.addColumn('value', 'text', (column) => column.notNull())
				.addColumn('created_at', 'bigint', (column) => column.notNull())
				.addColumn('editor', 'text', (column) => column.notNull())
				.addPrimaryKeyConstraint('blocks_key', ['kind', 'value'])
				.execute();
		},
	},
};
