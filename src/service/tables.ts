/** Milliseconds since 1970. */
type Instant = number;

/** Where a comment stands: new, new and set aside for a reason, shown to readers, or refused. */
export type CommentStatus = 'waiting' | 'held' | 'approved' | 'rejected';

/** A comment as a reader has sent it, or the desk as an answer. */
export interface CommentRow {
	/** Also the name of its file once it is approved. */
	id: string;
	/** The article's id, `2025/06/<slug>`. */
	article: string;
	/** The id of the comment that it answers, under the same article. */
	reply_to: string | null;
	name: string;
	text: string;
	/** For the newsroom alone. */
	email: string | null;
	status: CommentStatus;
	/** Why it was held, one reason a line; empty where there is none. */
	reasons: string;
	received_at: Instant;
	/** When it was last approved or rejected, and the name of the editor who did. */
	decided_at: Instant | null;
	decided_by: string | null;
	/** 1 where an editor has changed its words. */
	is_edited: 0 | 1;
	/** 1 where it is an answer of the newsroom. */
	is_desk: 0 | 1;
	/** The sender's network address under the salt of the day, see `people.ts`; removed after a while. */
	address: string | null;
	/** Digest of its words, equal for equal ones. */
	digest: string;
	/** Names it to its sender; nobody can guess it, and the same form sent twice has it once. */
	receipt: string;
}

export interface EditorRow {
	name: string;
	/** See `passwords.ts`. */
	password: string;
	created_at: Instant;
	/** Wrong passwords since the last right one. */
	failures: number;
	/** Until then no password is looked at. */
	locked_until: Instant | null;
}

export interface SessionRow {
	/** Digest of what the cookie holds. */
	id: string;
	editor: string;
	/** Every form of the session carries it. */
	csrf: string;
	created_at: Instant;
	expires_at: Instant;
}

/** Something that an editor did. */
export interface AuditRow {
	id: string;
	at: Instant;
	editor: string;
	/** `approve`, `reject`, `sign in` … */
	action: string;
	comment: string | null;
	/** What it was before, or another particular. */
	detail: string;
}

/** Whose comments are rejected. */
export interface BlockRow {
	kind: 'address' | 'email';
	/** An address under one of the salts, or an e-mail address in lower case. */
	value: string;
	created_at: Instant;
	editor: string;
}

/** What network addresses are digested with on one day. */
export interface SaltRow {
	/** `2026-11-26`, in UTC. */
	day: string;
	salt: string;
}

/** What the service has to remember of itself. */
export interface SettingRow {
	name: string;
	value: string;
}

export interface Tables {
	comments: CommentRow;
	editors: EditorRow;
	sessions: SessionRow;
	audit: AuditRow;
	blocks: BlockRow;
	salts: SaltRow;
	settings: SettingRow;
}
