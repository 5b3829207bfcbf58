import { z } from 'astro/zod';
import type { AuditRow, BlockRow, CommentRow, EditorRow, SaltRow, SettingRow, Tables } from './tables.ts';

/** Tables that a backup holds. Sessions are not among them: whoever has signed out stays so. */
export type KeptTable = Exclude<keyof Tables, 'sessions'>;

/** A row with its columns by their names. */
export type Row = Readonly<Record<string, string | number | null>>;

const instant = z.int();
const flag = z.union([z.literal(0), z.literal(1)]);

const comment: z.ZodType<CommentRow> = z.strictObject({
	id: z.string(),
	article: z.string(),
	reply_to: z.string().nullable(),
	name: z.string(),
	text: z.string(),
	email: z.string().nullable(),
	status: z.enum(['waiting', 'held', 'approved', 'rejected']),
	reasons: z.string(),
	received_at: instant,
	decided_at: instant.nullable(),
	decided_by: z.string().nullable(),
	is_edited: flag,
	is_desk: flag,
	address: z.string().nullable(),
	digest: z.string(),
	receipt: z.string(),
});
const editor: z.ZodType<EditorRow> = z.strictObject({
	name: z.string(),
	password: z.string(),
	created_at: instant,
	failures: z.int(),
	locked_until: instant.nullable(),
});
const audit: z.ZodType<AuditRow> = z.strictObject({
	id: z.string(),
	at: instant,
	editor: z.string(),
	action: z.string(),
	comment: z.string().nullable(),
	detail: z.string(),
});
const block: z.ZodType<BlockRow> = z.strictObject({
	kind: z.enum(['address', 'email']),
	value: z.string(),
	created_at: instant,
	editor: z.string(),
});
const salt: z.ZodType<SaltRow> = z.strictObject({ day: z.string(), salt: z.string() });
const setting: z.ZodType<SettingRow> = z.strictObject({ name: z.string(), value: z.string() });

/** Of each table what a row is, and by which columns rows sort. */
export const keptTables: Readonly<Record<KeptTable, { row: z.ZodType; key: readonly [string, ...string[]] }>> = {
	comments: { row: comment, key: ['id'] },
	editors: { row: editor, key: ['name'] },
	audit: { row: audit, key: ['id'] },
	blocks: { row: block, key: ['kind', 'value'] },
	salts: { row: salt, key: ['day'] },
	settings: { row: setting, key: ['name'] },
};

const tableName = z.enum([
	'comments',
	'editors',
	'audit',
	'blocks',
	'salts',
	'settings',
]) satisfies z.ZodType<KeptTable>;
export const tableNames: readonly KeptTable[] = tableName.options;

/** A line of a backup between its head and its end: a row, or a comment's file, its bytes in base64. */
export const entrySchema = z.union([
	z
		.strictObject({
			table: tableName,
			row: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
		})
		.refine(({ table, row }) => keptTables[table].row.safeParse(row).success),
	z.strictObject({ file: z.string(), bytes: z.base64() }),
]);

export type Entry = z.infer<typeof entrySchema>;
