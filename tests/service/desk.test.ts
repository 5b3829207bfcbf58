import { scryptSync } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type CommentEntry, commentSchema } from '../../src/schemas/comment.ts';
import { addEditor, changePassword, removeEditor } from '../../src/service/desk/editors.ts';
import { deskRoutes } from '../../src/service/desk/routes.ts';
import { CrowdedError, isPassword, keepPassword } from '../../src/service/passwords.ts';
import type { CommentRow } from '../../src/service/tables.ts';
import { type DeskTest, openDesk, password } from '../support/desk.ts';

const minute = 60_000;
const hour = 60 * minute;
const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>`;

/** Has readers send comments, and returns their rows. */
async function receive(desk: DeskTest, ...comments: Record<string, string>[]): Promise<CommentRow[]> {
	for (const [i, fields] of comments.entries())
		await desk.send({ name: `Reader ${i}`, text: `Comment number ${i}.`, ...fields }, { from: `192.0.2.${i + 1}` });
	return (await desk.rows()).slice(-comments.length);
}

/** Changes a row past the desk. */
function put(desk: DeskTest, id: string, values: Partial<CommentRow>) {
	return desk.service.database.updateTable('comments').set(values).where('id', '=', id).execute();
}

async function mustFind(desk: DeskTest, id: string): Promise<CommentRow> {
	const row = (await desk.rows()).find((comment) => comment.id === id);
	if (!row) throw new Error(`There is no comment ${id}.`);
	return row;
}

/** Returns the values of the buttons and fields of a page by their names, the first of each. */
function valuesIn(document: Document, name: string): string[] {
	return [...document.querySelectorAll(`[name="${name}"]`)].map((field) => field.getAttribute('value') ?? '');
}

const folderOf = (desk: DeskTest) => join(desk.service.comments, '2025/06/a-story');

/** Returns the files of comments as the paper reads them, by their ids. */
async function recordsOf(desk: DeskTest): Promise<Record<string, CommentEntry>> {
	const names = await readdir(folderOf(desk)).catch((): string[] => []);
	const entries = names.map(async (name): Promise<[string, CommentEntry]> => [
		name.replace('.yaml', ''),
		commentSchema.parse(parse(await readFile(join(folderOf(desk), name), 'utf8'))),
	]);
	return Object.fromEntries(await Promise.all(entries));
}

async function auditOf(desk: DeskTest): Promise<string[]> {
	const rows = await desk.service.database.selectFrom('audit').selectAll().orderBy('at').orderBy('id').execute();
	return rows.map(({ editor, action, detail }) => `${editor}: ${action}${detail === '' ? '' : ` (${detail})`}`);
}

/** Every address of the desk that changes something, with what a form would send there. */
function deedsOn({ id }: CommentRow, seen: string): [path: string, fields: Record<string, string>][] {
	return [
		['/desk/decide', { approve: seen }],
		['/desk/decide', { chosen: 'reject', comment: seen }],
		[`/desk/comments/${id}/approve`, { seen }],
		[`/desk/comments/${id}/reject`, { seen }],
		[`/desk/comments/${id}/edit`, { seen, name: 'Another', text: 'Other words.' }],
		[`/desk/comments/${id}/answer`, { seen, receipt: 'one', text: 'An answer.' }],
		[`/desk/comments/${id}/block`, { seen, kind: 'address' }],
		['/desk/unblock', { kind: 'email', value: 'a@b.example' }],
		['/desk/build', {}],
		['/desk/sign-out', {}],
	];
}

/** Returns everything that a deed could change. */
async function stateOf(desk: DeskTest): Promise<unknown> {
	const { database } = desk.service;
	const [comments, sessions, blocks, records] = await Promise.all([
		desk.rows(),
		database.selectFrom('sessions').select('id').execute(),
		database.selectFrom('blocks').selectAll().execute(),
		recordsOf(desk),
	]);
	return { comments, sessions, blocks, records, builds: desk.builds(), audit: await auditOf(desk) };
}

/** Returns how the desk's form for a comment names it as it is now. */
async function seenOf(desk: DeskTest, id: string): Promise<string> {
	const editor = await desk.signedIn();
	const [seen = ''] = valuesIn((await editor.open(`/desk/comments/${id}`)).document, 'seen');
	return seen;
}

describe('signed out', () => {
	test('every page leads to where one signs in', async () => {
		const desk = await openDesk();
		const [comment] = await receive(desk, { name: 'Secret name' });
		for (const path of ['', '?list=held', 'articles', 'blocked', 'log', `comments/${comment?.id}`, 'unknown']) {
			const answer = await desk.browser().open(`/desk/${path}`);
			expect([path, answer.status, answer.location]).toEqual([path, 303, '/desk/sign-in']);
			expect(answer.text).not.toContain('Secret name');
		}
	});

	test('nothing that is sent does anything', async () => {
		const desk = await openDesk();
		const [comment] = await receive(desk, {});
		if (!comment) throw new Error('No comment was kept.');
		await put(desk, comment.id, { email: 'a@b.example' });
		const seen = await seenOf(desk, comment.id);
		await desk.service.database
			.insertInto('blocks')
			.values({ kind: 'email', value: 'a@b.example', created_at: 0, editor: 'Ann' })
			.execute();
		const before = await stateOf(desk);
		const deeds = deedsOn(comment, seen);
		for (const [path, fields] of deeds) {
			const answer = await desk.browser().send(path, fields);
			expect([path, answer.status]).toEqual([path, 401]);
		}
		expect(await stateOf(desk)).toEqual(before);
	});
});

describe('signing in', () => {
	test('an editor signs in and out, and the cookie is good for nothing afterwards', async () => {
		const desk = await openDesk();
		const editor = await desk.signedIn();
		expect((await editor.open('/desk/')).status).toBe(200);
		const { token } = editor;
		const answer = await editor.send('/desk/sign-out');
		expect([answer.status, answer.location]).toEqual([303, '/desk/sign-in?notice=signed-out']);
		expect(editor.token).toBe('');
		editor.token = token;
		expect((await editor.open('/desk/')).status).toBe(303);
		expect(await auditOf(desk)).toEqual(expect.arrayContaining(['Ann: sign in', 'Ann: sign out']));
	});

	test('the cookie is kept from scripts, other sites, other paths and, behind TLS, plain connections', async () => {
		const desk = await openDesk();
		const secure = new Hono();
		secure.route('/desk/', deskRoutes(desk.service, { addressOf: () => '192.0.2.1', isSecure: () => true }));
		const fields = new URLSearchParams({ name: 'Ann', password }).toString();
		const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
		const cookieOf = async (app: Hono) =>
			(await app.request('/desk/sign-in', { method: 'POST', body: fields, headers })).headers.get('Set-Cookie');
		const [one, two] = ['desk=[\\w-]{43}', 'desk-known=[\\w-]{22}; Max-Age=7776000'];
		const rest = (secure: string) => `; Path=/desk/; HttpOnly;${secure} SameSite=Strict`;
		const form = (secure: string) => new RegExp(`^${one}${rest(secure)}, ${two}${rest(secure)}$`);
		expect(await cookieOf(secure)).toMatch(form(' Secure;'));
		expect(await cookieOf(desk.app)).toMatch(form(''));
	});

	test('a session has a new id that nobody chose, and ends the one before', async () => {
		const desk = await openDesk();
		const editor = desk.browser();
		editor.token = 'chosen-by-somebody-else';
		await editor.send('/desk/sign-in', { name: 'Ann', password });
		expect(editor.token).not.toBe('chosen-by-somebody-else');
		const former = editor.token;
		await editor.send('/desk/sign-in', { name: 'Ann', password });
		expect(editor.token).not.toBe(former);
		const thief = desk.browser();
		for (const token of [former, 'chosen-by-somebody-else']) {
			thief.token = token;
			expect((await thief.open('/desk/')).status).toBe(303);
		}
	});

	test('the database holds neither passwords nor cookies', async () => {
		const desk = await openDesk();
		const editor = await desk.signedIn();
		const { database } = desk.service;
		const kept = JSON.stringify([
			await database.selectFrom('sessions').selectAll().execute(),
			await database.selectFrom('editors').selectAll().execute(),
		]);
		expect(kept).not.toContain(editor.token);
		expect(kept).not.toContain(password);
	});

	test('a session ends after twelve idle hours, and after seven days at most', async () => {
		const desk = await openDesk();
		const idle = await desk.signedIn();
		desk.pass(12 * hour);
		expect((await idle.open('/desk/')).status).toBe(303);
		const busy = await desk.signedIn();
		const statuses: number[] = [];
		for (let hours = 0; hours <= 7 * 24; hours += 11) {
			statuses.push((await busy.open('/desk/')).status);
			desk.pass(11 * hour);
		}
		expect(new Set(statuses)).toEqual(new Set([200]));
		expect((await busy.open('/desk/')).status).toBe(303);
	});

	test('a wrong password, an unknown name and a locked name are answered alike', async () => {
		const desk = await openDesk();
		const answerTo = async (name: string, tried: string) => {
			const answer = await desk.browser().send('/desk/sign-in', { name, password: tried });
			return [answer.status, answer.text.replaceAll(name, ''), answer.headers.get('Set-Cookie')];
		};
		const wrong = await answerTo('Ann', 'wrong password');
		expect(wrong).toEqual([401, expect.stringContaining('do not go together'), null]);
		expect(await answerTo('Nobody', password)).toEqual(wrong);
		await desk.service.database
			.updateTable('editors')
			.set({ locked_until: desk.service.now() + minute })
			.execute();
		expect(await answerTo('Ann', password)).toEqual(wrong);
	});

	test('an unknown name and a locked name take as long as a wrong password', async () => {
		const desk = await openDesk();
		const { database, now } = desk.service;
		// One whose password is kept as others are, not as those of tests.
		await addEditor(database, 'Cleo', password, now());
		const timeOf = async (name: string) => {
			const started = performance.now();
			await desk.browser().send('/desk/sign-in', { name, password: 'wrong password' });
			return performance.now() - started;
		};
		await timeOf('Bob');
		const wrong = await timeOf('Ann');
		expect(await timeOf('Nobody')).toBeGreaterThan(wrong / 3);
		await desk.service.database
			.updateTable('editors')
			.set({ locked_until: desk.service.now() + minute })
			.execute();
		expect(await timeOf('Ann')).toBeGreaterThan(wrong / 3);
	});

	test('a stranger who locks a name keeps nobody out who has signed in with the browser before', async () => {
		const desk = await openDesk();
		const editor = await desk.signedIn();
		const stranger = desk.browser();
		for (let i = 0; i < 6; i++) await stranger.send('/desk/sign-in', { name: 'Ann', password: 'wrong password' });
		expect((await stranger.send('/desk/sign-in', { name: 'Ann', password })).status).toBe(401);
		expect((await stranger.send('/desk/sign-in', { name: 'Ann', password }, { Cookie: 'desk-known=x' })).status).toBe(
			401,
		);
		const known = { Cookie: `desk-known=${editor.known}` };
		expect((await stranger.send('/desk/sign-in', { name: 'Ann', password: 'wrong password' }, known)).status).toBe(401);
		expect((await stranger.send('/desk/sign-in', { name: 'Bob', password: 'wrong password' }, known)).status).toBe(401);
		expect((await stranger.send('/desk/sign-in', { name: 'Ann', password }, known)).status).toBe(303);
	});

	test('five wrong passwords lock a name for a minute, each further one for twice as long, up to an hour', async () => {
		const desk = await openDesk();
		const { database, now } = desk.service;
		const attempt = async (tried: string) => {
			// Each from another connection: there is a limit for those too.
			desk.pass(1);
			return (await desk.browser().send('/desk/sign-in', { name: 'Ann', password: tried }, { 'X-Reader': `${now()}` }))
				.status;
		};
		const lock = async () => {
			const editor = await database
				.selectFrom('editors')
				.selectAll()
				.where('name', '=', 'Ann')
				.executeTakeFirstOrThrow();
			return editor.locked_until === null ? 0 : editor.locked_until - now();
		};
		for (let i = 0; i < 4; i++) await attempt('wrong password');
		expect(await lock()).toBe(0);
		await attempt('wrong password');
		expect(await lock()).toBe(minute);
		expect(await attempt(password)).toBe(401);
		for (const minutes of [2, 4, 8, 16, 32, 60, 60]) {
			desk.pass(await lock());
			await attempt('wrong password');
			expect(await lock()).toBe(minutes * minute);
		}
		desk.pass(hour);
		expect(await attempt(password)).toBe(303);
		expect(await lock()).toBe(0);
		expect((await auditOf(desk)).filter((row) => row === 'Ann: lock')).toHaveLength(8);
	});

	test('of many passwords at once no more are looked at than the lock allows', async () => {
		const desk = await openDesk();
		const attempt = async (typed: string, from: string) =>
			(await desk.browser().send('/desk/sign-in', { name: 'Ann', password: typed }, { 'X-Reader': from })).status;
		const attempts = Array.from({ length: 12 }, (_, i) => attempt('wrong password', `${i}`));
		expect(new Set(await Promise.all(attempts))).toEqual(new Set([401]));
		expect(await attempt(password, '12')).toBe(401);
		const { failures } = await desk.service.database
			.selectFrom('editors')
			.selectAll()
			.where('name', '=', 'Ann')
			.executeTakeFirstOrThrow();
		expect(failures).toBe(5);
	});

	test('from one connection twenty attempts are taken in ten minutes', async () => {
		const desk = await openDesk();
		const attempt = (from: string) =>
			desk.browser().send('/desk/sign-in', { name: 'Ann', password }, { 'X-Reader': from });
		for (let i = 0; i < 20; i++) expect((await attempt('192.0.2.9')).status).toBe(303);
		expect((await attempt('192.0.2.9')).status).toBe(429);
		expect((await attempt('192.0.2.10')).status).toBe(303);
		desk.pass(10 * minute);
		expect((await attempt('192.0.2.9')).status).toBe(303);
	});

	test('a form of another site signs nobody in', async () => {
		const desk = await openDesk();
		const fields = { name: 'Ann', password };
		const foreign: Record<string, string>[] = [
			{ 'Sec-Fetch-Site': 'cross-site' },
			{ 'Sec-Fetch-Site': 'same-site' },
			{ 'Sec-Fetch-Site': 'cross-site', Origin: 'http://localhost' },
		];
		for (const headers of foreign)
			expect((await desk.browser().send('/desk/sign-in', fields, headers)).status).toBe(403);
		const post = (headers: Record<string, string>) =>
			desk.app.request('/desk/sign-in', {
				method: 'POST',
				body: new URLSearchParams(fields).toString(),
				headers: { 'Content-Type': 'application/x-www-form-urlencoded', Host: 'paper.example', ...headers },
			});
		for (const Origin of ['https://evil.example', 'null', 'https://paper.example.evil.example', 'nonsense'])
			expect([Origin, (await post({ Origin })).status]).toEqual([Origin, 403]);
		expect((await post({ Origin: 'https://paper.example' })).status).toBe(303);
		expect((await post({})).status).toBe(303);
	});

	test('another password or the removal of an editor ends what was open', async () => {
		const desk = await openDesk();
		const { database, now } = desk.service;
		const [ann, bob] = [await desk.signedIn('Ann'), await desk.signedIn('Bob')];
		await addEditor(database, 'Cleo', password, now());
		await changePassword(database, 'Ann', 'quite another password', now());
		await removeEditor(database, 'Bob', now());
		for (const editor of [ann, bob]) expect((await editor.open('/desk/')).status).toBe(303);
		const signIn = async (name: string, tried: string) =>
			(await desk.browser().send('/desk/sign-in', { name, password: tried })).status;
		expect(await signIn('Ann', password)).toBe(401);
		expect(await signIn('Ann', 'quite another password')).toBe(303);
		expect(await signIn('Bob', password)).toBe(401);
		expect(await auditOf(desk)).toEqual(
			expect.arrayContaining([
				'npm run desk: add editor (Cleo)',
				'npm run desk: password (Ann)',
				'npm run desk: remove editor (Bob)',
			]),
		);
	});
});

describe('passwords', () => {
	test('are kept with a salt of their own and how they were made', async () => {
		const [a, b] = [await keepPassword(password), await keepPassword(password)];
		expect(a).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
		expect(a).not.toBe(b);
		expect(await isPassword(password, a)).toBe(true);
		expect(await isPassword(`${password}x`, a)).toBe(false);
	});

	test('that were made in another way are still known', async () => {
		const key = scryptSync(password, 'salt', 32, { N: 16, r: 1, p: 1 }).toString('base64url');
		expect(await isPassword(password, `scrypt$16$1$1$c2FsdA$${key}`)).toBe(true);
		expect(await isPassword(password, `scrypt$32$1$1$c2FsdA$${key}`)).toBe(false);
	});

	test('are the same however letters with marks are typed', async () => {
		expect(await isPassword('Ko\u0308nigsberger Tor', await keepPassword('K\u00f6nigsberger Tor'))).toBe(true);
	});

	test('have at least twelve characters', async () => {
		await expect(keepPassword('elevenchars')).rejects.toThrow('at least 12');
		await expect(keepPassword('👩‍🚀'.repeat(3))).rejects.toThrow('at least 12');
		await expect(keepPassword('x'.repeat(1001))).rejects.toThrow('at most 1000');
	});

	test('that come in floods are refused instead of waited for', async () => {
		const cheap = 'scrypt$16$1$1$c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
		const outcomes = await Promise.allSettled(Array.from({ length: 40 }, () => isPassword('x', cheap)));
		const refused = outcomes.filter(({ status }) => status === 'rejected');
		expect(refused).toHaveLength(18);
		expect(refused[0]).toHaveProperty('reason.name', CrowdedError.name);
		expect(await isPassword('x', cheap)).toBe(false);
	});
});

describe('editors', () => {
	test('cannot be called so that a header or a line of the log could be broken', async () => {
		const desk = await openDesk();
		const { database, now } = desk.service;
		for (const name of ['', ' ', 'A\r\nSet-Cookie: desk=1', 'A\nB', 'A\u0000B', 'A\u202eB', 'x'.repeat(81)])
			await expect(addEditor(database, name, password, now()), name).rejects.toThrow('can be no name');
		await expect(addEditor(database, 'Ann', password, now())).rejects.toThrow('already');
		await expect(changePassword(database, 'Nobody', password, now())).rejects.toThrow('no editor');
		await expect(removeEditor(database, 'Nobody', now())).rejects.toThrow('no editor');
	});

	test('whose names hold SQL, HTML or line breaks do no harm', async () => {
		const desk = await openDesk();
		const name = `x'); drop table editors; -- <img src=x onerror=alert(1)>`;
		await addEditor(desk.service.database, name, password, desk.service.now());
		const editor = await desk.signedIn(name);
		const page = await editor.open('/desk/log');
		expect(page.document.querySelectorAll('img, main script')).toHaveLength(0);
		expect(page.text).toContain(name);
		for (const tried of [`Ann' or '1'='1`, 'Ann\r\nSet-Cookie: a=b', 'Ann\u0000', '%', 'Ann"'])
			expect((await desk.browser().send('/desk/sign-in', { name: tried, password })).status).toBe(401);
	});
});

describe('forms', () => {
	test('without the token of their session do nothing', async () => {
		const desk = await openDesk();
		const [comment] = await receive(desk, {});
		if (!comment) throw new Error('No comment was kept.');
		const seen = await seenOf(desk, comment.id);
		const [ann, bob] = [await desk.signedIn('Ann'), await desk.signedIn('Bob')];
		const [foreign = ''] = valuesIn((await bob.open('/desk/')).document, 'csrf');
		const before = await stateOf(desk);
		for (const csrf of ['', 'x', foreign])
			for (const [path, fields] of deedsOn(comment, seen))
				expect([path, (await ann.send(path, { ...fields, csrf })).status]).toEqual([path, 403]);
		for (const [path, fields] of deedsOn(comment, seen)) {
			const body = new FormData();
			for (const [name, value] of Object.entries(fields)) body.set(name, value);
			const headers = { Cookie: `desk=${ann.token}` };
			expect((await desk.app.request(path, { method: 'POST', body, headers })).status).toBe(403);
		}
		expect(await stateOf(desk)).toEqual(before);
	});

	test('of another site do nothing even with the token', async () => {
		const desk = await openDesk();
		const editor = await desk.signedIn();
		expect((await editor.send('/desk/build', {}, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
		expect(desk.builds()).toBe(0);
		expect((await editor.send('/desk/build')).status).toBe(303);
		expect(desk.builds()).toBe(1);
	});

	test('that are too large are refused', async () => {
		const desk = await openDesk();
		const editor = await desk.signedIn();
		expect((await editor.send('/desk/build', { text: 'x'.repeat(100_001) })).status).toBe(413);
		expect(desk.builds()).toBe(0);
	});
});

describe('decisions', () => {
	test('an approved comment becomes a file that the paper can read, and an edition is asked for', async () => {
		const desk = await openDesk();
		const [comment] = await receive(desk, {
			name: 'Zoë',
			text: 'One.\n\nTwo: "quoted" # no comment',
			email: 'z@b.example',
		});
		if (!comment) throw new Error('No comment was kept.');
		const editor = await desk.signedIn();
		desk.pass(hour);
		const [approve = ''] = valuesIn((await editor.open('/desk/')).document, 'approve');
		const answer = await editor.send('/desk/decide?list=waiting', { approve });
		expect([answer.status, answer.location]).toEqual([303, '/desk/?list=waiting&notice=approved']);
		const records = await recordsOf(desk);
		expect(Object.keys(records)).toEqual([comment.id]);
		expect(records[comment.id]).toMatchObject({
			name: 'Zoë',
			text: 'One.\n\nTwo: "quoted" # no comment',
			writtenAt: { instant: comment.received_at },
			approvedAt: { instant: desk.service.now() },
		});
		expect(await mustFind(desk, comment.id)).toMatchObject({ status: 'approved', decided_by: 'Ann' });
		expect(desk.builds()).toBe(1);
		expect(await auditOf(desk)).toContain('Ann: approve (waiting)');
	});

	test('a rejected comment has no file, and the paper is made anew where it had one', async () => {
		const desk = await openDesk();
		const [comment] = await receive(desk, {});
		if (!comment) throw new Error('No comment was kept.');
		const editor = await desk.signedIn();
		const decide = async (deed: string) => {
			const [seen = ''] = valuesIn((await editor.open(`/desk/comments/${comment.id}`)).document, 'seen');
			await editor.send(`/desk/comments/${comment.id}/${deed}`, { seen });
			return { files: Object.keys(await recordsOf(desk)).length, builds: desk.builds() };
		};
		expect(await decide('reject')).toEqual({ files: 0, builds: 0 });
		expect(await decide('approve')).toEqual({ files: 1, builds: 1 });
		expect(await decide('reject')).toEqual({ files: 0, builds: 2 });
		expect((await mustFind(desk, comment.id)).status).toBe('rejected');
		expect(await auditOf(desk)).toEqual(
			expect.arrayContaining(['Ann: reject (waiting)', 'Ann: approve (rejected)', 'Ann: reject (approved)']),
		);
	});

	test('those that are chosen are decided together', async () => {
		const desk = await openDesk();
		await receive(desk, {}, {}, {});
		const editor = await desk.signedIn();
		const [first = '', , third = ''] = valuesIn((await editor.open('/desk/')).document, 'comment');
		await editor.send('/desk/decide', [
			['chosen', 'approve'],
			['comment', first],
			['comment', third],
		]);
		expect((await desk.rows()).map(({ status }) => status)).toEqual(['approved', 'waiting', 'approved']);
		const none = await editor.send('/desk/decide', { chosen: 'reject' });
		expect(none.location).toContain('notice=none-chosen');
		expect((await editor.open(none.location)).text).toContain('Nothing was chosen');
	});

	test('an edited comment says so, to the desk and in its file', async () => {
		const desk = await openDesk();
		const [comment] = await receive(desk, { name: 'Before', text: 'Rude words.' });
		if (!comment) throw new Error('No comment was kept.');
		const editor = await desk.signedIn();
		const path = `/desk/comments/${comment.id}`;
		const edit = async (fields: Record<string, string>) => {
			const [seen = ''] = valuesIn((await editor.open(path)).document, 'seen');
			return editor.send(`${path}/edit`, { seen, ...fields });
		};
		expect((await edit({ name: 'Before', text: 'Rude words.' })).location).toContain('notice=unchanged');
		expect((await mustFind(desk, comment.id)).is_edited).toBe(0);
		expect((await edit({ name: 'After', text: 'Kind words.\r\n\r\nMore.' })).location).toBe(`${path}?notice=edited`);
		expect([await recordsOf(desk), desk.builds()]).toEqual([{}, 0]);
		await editor.send(`${path}/approve`, { seen: valuesIn((await editor.open(path)).document, 'seen')[0] ?? '' });
		expect((await recordsOf(desk))[comment.id]).toMatchObject({
			name: 'After',
			text: 'Kind words.\n\nMore.',
			isEdited: true,
		});
		const approvedAt = (await mustFind(desk, comment.id)).decided_at;
		desk.pass(hour);
		await edit({ name: 'After', text: 'Best words.' });
		expect((await recordsOf(desk))[comment.id]).toMatchObject({
			text: 'Best words.',
			approvedAt: { instant: approvedAt },
		});
		expect(desk.builds()).toBe(2);
		expect((await editor.open(path)).text).toContain('edited by the desk');
		expect(await auditOf(desk)).toContain('Ann: edit (Before\n\nRude words.)');
	});

	test('what cannot be saved comes back with everything typed and what is wrong', async () => {
		const desk = await openDesk();
		const [comment] = await receive(desk, {});
		if (!comment) throw new Error('No comment was kept.');
		const editor = await desk.signedIn();
		const path = `/desk/comments/${comment.id}`;
		const [seen = ''] = valuesIn((await editor.open(path)).document, 'seen');
		const answer = await editor.send(`${path}/edit`, { seen, name: ' ', text: hostile });
		expect(answer.status).toBe(422);
		expect(answer.text).toContain('Name: this is empty');
		expect(answer.document.querySelector<HTMLTextAreaElement>('#text')?.value).toBe(hostile);
		expect(answer.document.querySelector('#name')?.getAttribute('aria-invalid')).toBe('true');
		const none = await editor.send(`${path}/block`, { seen });
		expect([none.status, none.text]).toEqual([422, expect.stringContaining('Choose what is to be blocked')]);
		expect((await mustFind(desk, comment.id)).is_edited).toBe(0);
	});

	test('on an article that readers do not have approves nothing, and says so', async () => {
		const desk = await openDesk();
		const [comment] = await receive(desk, {});
		if (!comment) throw new Error('No comment was kept.');
		const editor = await desk.signedIn();
		const { document } = await editor.open(`/desk/comments/${comment.id}`);
		await rm(join(desk.service.edition, comment.article), { recursive: true });
		const seen = valuesIn(document, 'seen')[0] ?? '';
		const answer = await editor.send(`/desk/comments/${comment.id}/approve`, { seen });
		expect([answer.status, answer.text]).toEqual([
			503,
			expect.stringContaining('Readers have no article 2025/06/a-story'),
		]);
		expect(await desk.rows()).toMatchObject([{ status: 'waiting' }]);
		expect(await recordsOf(desk)).toEqual({});
	});

	test('on an article that has moved go with it', async () => {
		const desk = await openDesk();
		const [comment] = await receive(desk, {});
		if (!comment) throw new Error('No comment was kept.');
		const { edition } = desk.service;
		await mkdir(join(edition, '2025/07'), { recursive: true });
		await rename(join(edition, '2025/06/a-story'), join(edition, '2025/07/another'));
		await mkdir(join(edition, '2025/06/a-story'));
		const redirect = '<meta http-equiv="refresh" content="0; url=/2025/07/another/">';
		await writeFile(join(edition, '2025/06/a-story/index.html'), redirect);
		const editor = await desk.signedIn();
		const { document } = await editor.open(`/desk/comments/${comment.id}`);
		const seen = valuesIn(document, 'seen')[0] ?? '';
		expect((await editor.send(`/desk/comments/${comment.id}/approve`, { seen })).status).toBe(303);
		expect(await desk.rows()).toMatchObject([{ status: 'approved', article: '2025/07/another' }]);
		expect(await readdir(join(desk.service.comments, '2025/07/another'))).toEqual([`${comment.id}.yaml`]);
	});

	test('the desk answers an approved comment, once however often the form is sent', async () => {
		const desk = await openDesk();
		const [comment] = await receive(desk, {});
		if (!comment) throw new Error('No comment was kept.');
		const editor = await desk.signedIn();
		const path = `/desk/comments/${comment.id}`;
		const waiting = valuesIn((await editor.open(path)).document, 'seen')[0] ?? '';
		expect((await editor.send(`${path}/answer`, { seen: waiting, receipt: 'early', text: 'Too early.' })).status).toBe(
			409,
		);
		await editor.send(`${path}/approve`, { seen: waiting });
		const { document } = await editor.open(path);
		const fields = { seen: valuesIn(document, 'seen')[0] ?? '', receipt: valuesIn(document, 'receipt')[0] ?? '' };
		expect((await editor.send(`${path}/answer`, { ...fields, text: '' })).status).toBe(422);
		for (let i = 0; i < 2; i++) await editor.send(`${path}/answer`, { ...fields, text: 'We thank you.' });
		const answers = (await desk.rows()).filter(({ is_desk: isDesk }) => isDesk === 1);
		expect(answers).toMatchObject([
			{ status: 'approved', reply_to: comment.id, name: 'Meridian’s desk', decided_by: 'Ann' },
		]);
		expect((await recordsOf(desk))[answers[0]?.id ?? '']).toMatchObject({
			text: 'We thank you.',
			replyTo: comment.id,
			isDesk: true,
		});
		expect(await auditOf(desk)).toContain(`Ann: answer (${comment.id})`);
	});

	test('whose sender is blocked is rejected, and so is what comes later', async () => {
		const desk = await openDesk();
		const [comment] = await receive(desk, { email: 'Spam@B.example' });
		if (!comment) throw new Error('No comment was kept.');
		const editor = await desk.signedIn();
		const path = `/desk/comments/${comment.id}`;
		const seen = valuesIn((await editor.open(path)).document, 'seen')[0] ?? '';
		await editor.send(`${path}/block`, [
			['seen', seen],
			['kind', 'email'],
			['kind', 'address'],
		]);
		await desk.send({ name: 'A', text: 'From the same connection.' }, { from: '192.0.2.1' });
		await desk.send({ name: 'B', text: 'With the same address.', email: 'spam@b.EXAMPLE' }, { from: '192.0.2.77' });
		await desk.send({ name: 'C', text: 'From somebody else.' }, { from: '192.0.2.78' });
		expect((await desk.rows()).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'waiting']);
		const page = await editor.open('/desk/blocked');
		expect(page.text).toContain('spam@b.example');
		await editor.send('/desk/unblock', { kind: 'email', value: 'spam@b.example' });
		await desk.send({ name: 'D', text: 'Again, with it.', email: 'spam@b.example' }, { from: '192.0.2.79' });
		expect((await desk.rows()).at(-1)?.status).toBe('waiting');
		expect(await auditOf(desk)).toEqual(
			expect.arrayContaining(['Ann: block (email, address)', 'Ann: unblock (email)']),
		);
	});

	test('of two editors the second is told what the first has done', async () => {
		const desk = await openDesk();
		const [comment] = await receive(desk, { name: 'Zoë' });
		if (!comment) throw new Error('No comment was kept.');
		const [ann, bob] = [await desk.signedIn('Ann'), await desk.signedIn('Bob')];
		const seen = valuesIn((await bob.open(`/desk/comments/${comment.id}`)).document, 'seen')[0] ?? '';
		await ann.open('/desk/');
		await ann.send('/desk/decide', { approve: seen });
		const before = await stateOf(desk);
		for (const [path, fields] of deedsOn(comment, seen).slice(0, 7)) {
			const answer = await bob.send(path, fields);
			expect([path, answer.status]).toEqual([path, 409]);
			expect(answer.text).toMatch(/The comment of Zoë is approved by Ann, 1 July 2025/);
		}
		expect(await stateOf(desk)).toEqual(before);
	});

	test('of two at the same moment one holds, and the file agrees with it', async () => {
		const desk = await openDesk();
		const [comment] = await receive(desk, {});
		if (!comment) throw new Error('No comment was kept.');
		const [ann, bob] = [await desk.signedIn('Ann'), await desk.signedIn('Bob')];
		for (let i = 0; i < 10; i++) {
			await put(desk, comment.id, { status: 'waiting', decided_at: null });
			await rm(desk.service.comments, { recursive: true, force: true });
			const seen = valuesIn((await bob.open(`/desk/comments/${comment.id}`)).document, 'seen')[0] ?? '';
			const answers = await Promise.all([
				ann.send(`/desk/comments/${comment.id}/approve`, { seen }),
				bob.send(`/desk/comments/${comment.id}/reject`, { seen }),
			]);
			expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
			const { status } = await mustFind(desk, comment.id);
			expect(Object.keys(await recordsOf(desk))).toEqual(status === 'approved' ? [comment.id] : []);
		}
	});

	test('that cannot be written are not made', async () => {
		const desk = await openDesk();
		const [comment] = await receive(desk, {});
		if (!comment) throw new Error('No comment was kept.');
		const editor = await desk.signedIn();
		await writeFile(desk.service.comments, 'a file where the folder should be');
		const approve = valuesIn((await editor.open('/desk/')).document, 'approve')[0] ?? '';
		const answer = await editor.send('/desk/decide', { approve });
		expect([answer.status, answer.text]).toEqual([503, expect.stringMatching(/could not be done.*(?:EEXIST|ENOTDIR)/)]);
		expect(await mustFind(desk, comment.id)).toMatchObject({ status: 'waiting', decided_by: null });
		expect(desk.builds()).toBe(0);
		expect(await auditOf(desk)).not.toContain('Ann: approve (waiting)');
	});
});

describe('answers', () => {
	/** A comment, and an answer to it. */
	async function openThread() {
		const desk = await openDesk();
		const [parent] = await receive(desk, { name: 'Parent' });
		if (!parent) throw new Error('No comment was kept.');
		await put(desk, parent.id, { status: 'approved' });
		await desk.send({ name: 'Child', text: 'An answer.' }, { reply: parent.id, from: '192.0.2.50' });
		await put(desk, parent.id, { status: 'waiting' });
		const child = (await desk.rows()).find(({ reply_to: id }) => id === parent.id);
		if (!child) throw new Error('No answer was kept.');
		const editor = await desk.signedIn();
		const decide = async (id: string, deed: string) => {
			const { document } = await editor.open(`/desk/comments/${id}`);
			return editor.send(`/desk/comments/${id}/${deed}`, { seen: valuesIn(document, 'seen')[0] ?? '' });
		};
		return { desk, editor, parent, child, decide };
	}

	test('to a comment that is not approved are offered by themselves', async () => {
		const { desk, editor, child, decide } = await openThread();
		const item = [...(await editor.open('/desk/')).document.querySelectorAll('.comment')].find((comment) =>
			comment.textContent.includes('Child'),
		);
		expect(item?.querySelector('.approve')?.textContent.trim()).toBe('Approve by itself');
		expect(item?.textContent).toContain('Answers Parent (waiting)');
		await decide(child.id, 'approve');
		expect((await recordsOf(desk))[child.id]?.replyTo).toBeUndefined();
	});

	test('come below their comment once it is approved, and stand by themselves once it is not', async () => {
		const { desk, parent, child, decide } = await openThread();
		await decide(child.id, 'approve');
		await decide(parent.id, 'approve');
		expect((await recordsOf(desk))[child.id]?.replyTo).toBe(parent.id);
		await decide(parent.id, 'reject');
		const records = await recordsOf(desk);
		expect(Object.keys(records)).toEqual([child.id]);
		expect(records[child.id]?.replyTo).toBeUndefined();
		await decide(parent.id, 'approve');
		expect((await recordsOf(desk))[child.id]?.replyTo).toBe(parent.id);
	});

	test('that are edited stay where they are', async () => {
		const { desk, editor, parent, child, decide } = await openThread();
		await decide(parent.id, 'approve');
		await decide(child.id, 'approve');
		const { document } = await editor.open(`/desk/comments/${child.id}`);
		const seen = valuesIn(document, 'seen')[0] ?? '';
		await editor.send(`/desk/comments/${child.id}/edit`, { seen, name: 'Child', text: 'Other words.' });
		expect((await recordsOf(desk))[child.id]).toMatchObject({ text: 'Other words.', replyTo: parent.id });
	});

	test('whose comment is a file alone come below it', async () => {
		const { desk, parent, child, decide } = await openThread();
		await decide(parent.id, 'approve');
		await desk.service.database.deleteFrom('comments').where('id', '=', parent.id).execute();
		await decide(child.id, 'approve');
		expect((await recordsOf(desk))[child.id]?.replyTo).toBe(parent.id);
	});
});

describe('lists', () => {
	test('show every field as it is, and nothing of it acts', async () => {
		const desk = await openDesk();
		const [held] = await receive(desk, { name: 'x', text: 'x' });
		if (!held) throw new Error('No comment was kept.');
		await put(desk, held.id, {
			name: hostile,
			text: `${hostile}\n\n'; drop table comments; --`,
			email: `a@b.example${hostile}`,
			reasons: hostile,
			article: `2025/06/${hostile}`,
			status: 'held',
			decided_by: hostile,
			decided_at: 1,
			reply_to: `../../../${hostile}`,
		});
		await desk.service.database
			.insertInto('blocks')
			.values({ kind: 'email', value: hostile, created_at: 1, editor: hostile })
			.execute();
		await desk.service.database
			.insertInto('audit')
			.values({ id: '1', at: 1, editor: hostile, action: hostile, comment: hostile, detail: hostile })
			.execute();
		desk.service.builder = {
			...desk.service.builder,
			lastOutcome: () => ({ at: 1, message: hostile, isFailure: true }),
		};
		const editor = await desk.signedIn();
		for (const path of ['?list=held', `comments/${held.id}`, 'articles', 'blocked', 'log']) {
			const { document, status, headers, text } = await editor.open(`/desk/${path}`);
			expect([path, status]).toEqual([path, 200]);
			expect(text).toContain(hostile);
			expect(document.querySelectorAll('img, main script, [onerror]')).toHaveLength(0);
			const policy = headers.get('Content-Security-Policy') ?? '';
			expect(policy).toContain("default-src 'none'");
			expect(policy).not.toContain('unsafe');
			expect(headers.get('Cache-Control')).toBe('no-store');
			expect(headers.get('X-Robots-Tag')).toBe('noindex');
		}
	});

	test('a comment whose article or id would lead out of the folder becomes no file', async () => {
		const desk = await openDesk();
		const [comment] = await receive(desk, {});
		if (!comment) throw new Error('No comment was kept.');
		const editor = await desk.signedIn();
		for (const article of [
			'../../../escaped',
			'2025/06/..',
			'2025/06/a/../../../../escaped',
			'/tmp/escaped',
			'2025/06/a\u0000b',
		]) {
			if (article.includes('\u0000') && process.env['POSTGRES'] !== undefined) continue;
			await put(desk, comment.id, { article });
			const approve = valuesIn((await editor.open('/desk/')).document, 'approve')[0] ?? '';
			expect([article, (await editor.send('/desk/decide', { approve })).status]).toEqual([article, 503]);
		}
		expect((await mustFind(desk, comment.id)).status).toBe('waiting');
		await expect(access(desk.service.comments)).rejects.toThrow('ENOENT');
	});

	test('of other addresses are the first page, or nothing', async () => {
		const desk = await openDesk();
		await receive(desk, { name: 'Zoë' });
		const editor = await desk.signedIn();
		for (const query of [
			'list=x',
			"list=waiting'--",
			'page=-1',
			'page=1e9',
			'page=%00',
			'article=../..',
			"article=' or 1=1",
			'notice=__proto__',
			'notice=%3Cscript%3E',
		])
			expect([query, (await editor.open(`/desk/?${query}`)).text.includes('Zoë')]).toEqual([query, true]);
		expect((await editor.open('/desk/?page=2')).text).not.toContain('Zoë');
		for (const path of [
			'comments/unknown',
			'comments/..%2f..%2fx',
			`comments/${encodeURIComponent("' or 1=1")}`,
			'comments/%00',
			'x',
		])
			expect([path, (await editor.open(`/desk/${path}`)).status]).toEqual([path, 404]);
		expect((await editor.send('/desk/unblock', { kind: 'email', value: "\u0000' or 1=1" })).status).toBe(303);
		for (const approve of ['', ' ', "x' or '1'='1 x", '../../x y', '\u0000 \u0000'])
			expect((await editor.send('/desk/decide', { approve })).status).toBe(409);
	});

	test('have pages of fifty, with what waits the oldest first and what is decided the newest first', async () => {
		const desk = await openDesk();
		const [comment] = await receive(desk, {});
		if (!comment) throw new Error('No comment was kept.');
		const copies = Array.from({ length: 59 }, (_, i) => ({
			...comment,
			id: `copy-${i}`,
			receipt: `copy-${i}`,
			name: `Copy ${i}`,
			received_at: comment.received_at + i + 1,
		}));
		await desk.service.database.insertInto('comments').values(copies).execute();
		const editor = await desk.signedIn();
		const namesOn = async (query: string) =>
			[...(await editor.open(`/desk/?${query}`)).document.querySelectorAll('.comment strong')].map(
				(name) => name.textContent,
			);
		const [first, second] = [await namesOn('list=waiting'), await namesOn('list=waiting&page=2')];
		expect([first.length, first[0], first[1], second.length, second.at(-1)]).toEqual([
			50,
			'Reader 0',
			'Copy 0',
			10,
			'Copy 58',
		]);
		await desk.service.database.updateTable('comments').set({ status: 'approved', decided_at: 1 }).execute();
		expect((await namesOn('list=approved'))[0]).toBe('Copy 58');
	});

	test('can be narrowed to an article, and count what there is', async () => {
		const desk = await openDesk();
		const [one, two, three] = await receive(desk, { name: 'One' }, { name: 'Two' }, { name: 'Three' });
		if (!one || !two || !three) throw new Error('No comment was kept.');
		await put(desk, two.id, { article: '2025/06/another' });
		await put(desk, three.id, {
			article: '2025/06/another',
			status: 'held',
			reasons: 'It has 3 addresses of the web.',
		});
		const editor = await desk.signedIn();
		const all = await editor.open('/desk/');
		expect(all.text).toMatch(/Waiting \(2\).*Held \(1\).*Approved \(0\)/);
		const narrowed = await editor.open('/desk/?article=2025/06/another');
		expect(narrowed.text).toMatch(/Waiting \(1\).*Held \(1\)/);
		expect(narrowed.text).not.toContain('One');
		const named = await editor.open('/desk/?article=2025/06/a-story');
		expect(named.text).toContain('Only comments on A story of “Tom & Ann”.');
		expect(named.document.querySelector('.comment a[href="/2025/06/a-story/"]')?.textContent).toBe(
			'A story of “Tom & Ann”',
		);
		expect((await editor.open('/desk/?list=held')).text).toContain('It has 3 addresses of the web.');
		const rows = [...(await editor.open('/desk/articles')).document.querySelectorAll('tbody tr')].map((row) =>
			[...row.querySelectorAll('th, td')].map((cell) => cell.textContent.trim()),
		);
		expect(rows).toEqual([
			['2025/06/another', '1', '1', '0', '0'],
			['A story of “Tom & Ann”', '1', '0', '0', '0'],
		]);
	});

	test('say how builds are going, and ask for another', async () => {
		const desk = await openDesk();
		const editor = await desk.signedIn();
		const { builder } = desk.service;
		desk.service.builder = { ...builder, isAtWork: () => true };
		expect((await editor.open('/desk/')).text).toContain('A new edition is being made.');
		desk.service.builder = {
			...builder,
			lastOutcome: () => ({ at: desk.service.now(), message: '', isFailure: false }),
		};
		expect((await editor.open('/desk/')).text).toMatch(/last edition was made 1 July 2025/);
		desk.service.builder = {
			...builder,
			lastOutcome: () => ({ at: desk.service.now(), message: 'content/x.yaml: <b>', isFailure: true }),
		};
		const failed = await editor.open('/desk/');
		expect(failed.document.querySelector('pre')?.textContent).toBe('content/x.yaml: <b>');
		await editor.send('/desk/build');
		expect([desk.builds(), await auditOf(desk)]).toEqual([1, expect.arrayContaining(['Ann: build'])]);
	});
});
