import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeRecord } from '../../src/service/record.ts';
import { toComment } from '../support/comments.ts';
import { type Commenting, formAddress, openCommenting } from '../support/commenting.ts';

let readers: Commenting;
beforeEach(async () => {
	readers = await openCommenting();
});
afterEach(() => readers.close());

const sound = { name: 'Aigerim', text: 'First.\r\n\r\nSecond.', email: '' };
const texts = (found: Iterable<Element>) => [...found].map(({ textContent }) => textContent.trim());
const approve = (id: string) =>
	readers.service.database.updateTable('comments').set({ status: 'approved' }).where('id', '=', id).execute();

describe('a comment', () => {
	test('is kept before its sender is thanked, with the words as they were received', async () => {
		const { status, headers } = await readers.send(sound);
		expect(status).toBe(303);
		expect(await readers.rows()).toMatchObject([
			{ article: '2025/06/a-story', name: 'Aigerim', text: 'First.\n\nSecond.', status: 'waiting', email: null },
		]);
		const thanks = await readers.open(headers.get('Location') ?? '');
		expect([thanks.status, texts(thanks.document.querySelectorAll('h1'))]).toEqual([200, ['Thank you']]);
		expect(texts(thanks.document.querySelectorAll('blockquote p'))).toEqual(['First.', 'Second.']);
	});

	test('sent twice by the same form is kept once; changed in between it is another', async () => {
		const { document } = await readers.open(formAddress);
		readers.pass(60_000);
		const seal = document.querySelector('[name=seal]')?.getAttribute('value') ?? '';
		const post = (text: string) => readers.post(new URLSearchParams({ ...sound, text, seal }).toString());
		const [first, second, third] = [await post('One.'), await post('One.'), await post('Two.')];
		expect(second.headers.get('Location')).toBe(first.headers.get('Location'));
		expect(third.headers.get('Location')).not.toBe(first.headers.get('Location'));
		expect((await readers.rows()).map(({ text }) => text).sort()).toEqual(['One.', 'Two.']);
	});

	test('tells its sender what has become of it', async () => {
		const { headers } = await readers.send(sound);
		const [row] = await readers.rows();
		const notice = async () =>
			texts((await readers.open(headers.get('Location') ?? '')).document.querySelectorAll('.notice'));
		expect(await notice()).toEqual([expect.stringContaining('waits for the editor')]);
		await approve(row?.id ?? '');
		expect(await notice()).toEqual([expect.stringContaining('has been approved')]);
	});

	test('answers a comment that readers see, which the form quotes', async () => {
		await readers.send(sound);
		const id = (await readers.rows())[0]?.id ?? '';
		await readers.send({ ...sound, text: 'Too early.' }, { reply: id });
		await approve(id);
		const { document } = await readers.open(`${formAddress}?reply=${id}`);
		expect(texts(document.querySelectorAll('h2'))).toEqual(['In reply to Aigerim']);
		await readers.send({ ...sound, text: 'Now.' }, { reply: id });
		expect((await readers.rows()).map(({ text, reply_to }) => [text, reply_to])).toEqual([
			['First.\n\nSecond.', null],
			['Too early.', null],
			['Now.', id],
		]);
	});

	test('that is said to answer what cannot be a comment answers nothing, and the form says so', async () => {
		const { status, document } = await readers.open(`${formAddress}?reply=a%00b`);
		expect([status, document.body.textContent]).toEqual([
			200,
			expect.stringContaining('The comment that this was to answer'),
		]);
		expect((await readers.send(sound, { reply: 'a\u0000b' })).status).toBe(303);
		expect((await readers.rows())[0]?.reply_to).toBeNull();
	});

	test.each(['\u202F\u200DHello', 'Hello\u200D\u202F', '\u200D\u202F\u200D\u202FHello', '\u180E\u200D\u202F Hello'])(
		'can be published once it is approved, also with joiners around it: %j',
		async (text) => {
			await readers.send({ name: text, text, email: '' });
			const [row] = await readers.rows();
			const fields = { ...toComment(), name: row?.name ?? '', text: row?.text ?? '' };
			await writeRecord(readers.service.comments, fields);
			expect([row?.name, row?.text]).toEqual([expect.stringMatching(/Hello$/), expect.stringContaining('Hello')]);
		},
	);

	test('has no characters that nobody sees', async () => {
		await readers.send({ name: 'A\u200Bnna \t K', text: 'right \u202Eleft\u202C \u2066open', email: '' });
		expect(await readers.rows()).toMatchObject([{ name: 'Anna K', text: 'right left open' }]);
	});
});

describe('a fault', () => {
	const tooLong = 'ү'.repeat(5001);
	test.for<[fault: string, field: string, fields: Readonly<Record<string, string>>]>([
		['no name', 'name', { ...sound, name: ' \u00AD ' }],
		['a name too long', 'name', { ...sound, name: 'n'.repeat(81) }],
		['no text', 'text', { ...sound, text: '\n' }],
		['a text too long', 'text', { ...sound, text: tooLong }],
		['a lost letter', 'text', { ...sound, text: 'caf\uFFFD' }],
		['no e-mail address', 'email', { ...sound, email: 'me@home' }],
		['an e-mail address with a header', 'email', { ...sound, email: 'me@home.kz\r\nBcc: all@home.kz' }],
	])('%s is named beside its field, and nothing typed is lost', async ([, field, fields]) => {
		const { status, document } = await readers.send(fields);
		expect(status).toBe(422);
		expect(document.title).toMatch(/^Please correct: /);
		const input = document.getElementById(field);
		expect(input?.getAttribute('aria-invalid')).toBe('true');
		const described = (input?.getAttribute('aria-describedby') ?? '')
			.split(' ')
			.map((id) => document.getElementById(id));
		expect(described[0]?.textContent).toMatch(/Please/);
		expect(texts(document.querySelectorAll('.notice a'))).toEqual([described[0]?.textContent]);
		const kept = ['name', 'text', 'email'].filter((name) => name !== field);
		const controls = kept.map(
			(name) => document.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${name}`)?.value,
		);
		expect(controls).toEqual(kept.map((name) => (fields[name] ?? '').replaceAll('\r\n', '\n')));
		expect(await readers.rows()).toEqual([]);
	});

	test('is mended at once without the comment being held as too fast', async () => {
		const first = await readers.send({ ...sound, name: '' });
		const seal = first.document.querySelector('[name=seal]')?.getAttribute('value') ?? '';
		await readers.post(new URLSearchParams({ ...sound, seal }).toString());
		expect(await readers.rows()).toMatchObject([{ status: 'waiting' }]);
	});

	test.each(['', 'x', 'a.b.c', '..'])('a form with the seal "%s" is shown again with what was typed', async (seal) => {
		const { status, document } = await readers.post(new URLSearchParams({ ...sound, seal }).toString());
		expect([status, document.querySelector('textarea')?.value]).toEqual([422, 'First.\n\nSecond.']);
		expect(await readers.rows()).toEqual([]);
	});

	test('a form of yesterday is shown again, and can then be sent at once', async () => {
		const old = await readers.send(sound, { timeToWrite: 25 * 60 * 60 * 1000 });
		expect(old.status).toBe(422);
		const seal = old.document.querySelector('[name=seal]')?.getAttribute('value') ?? '';
		expect((await readers.post(new URLSearchParams({ ...sound, seal }).toString())).status).toBe(303);
		expect(await readers.rows()).toMatchObject([{ status: 'waiting' }]);
	});

	test.for<[kind: string, status: number, body: string, headers: Readonly<Record<string, string>>]>([
		['of another kind', 415, '{}', { 'Content-Type': 'application/json' }],
		['in parts', 415, '--x\r\n\r\n--x--', { 'Content-Type': 'multipart/form-data; boundary=x' }],
		['without a kind', 415, 'name=x', { 'Content-Type': '' }],
		['too large', 413, `text=${'x'.repeat(100_000)}`, {}],
		['broken', 422, 'name=%E0%A4%A&text=%FF%FE&&&=&seal', {}],
	])('a body %s is refused', async ([, due, body, headers]) => {
		expect((await readers.post(body, headers)).status).toBe(due);
		expect(await readers.rows()).toEqual([]);
	});

	test.each([
		formAddress,
		'/comments/2025/06/another-story/',
		'/comments/received/nothing/',
		'/comments',
		'/desk/',
		'/desk',
	])('what is too large closes its connection, so that it cannot spoil a next request of it: %s', async (path) => {
		const answer = await readers.app.request(path, { method: 'POST', body: 'x'.repeat(100_001) });
		expect([answer.status, answer.headers.get('Connection')]).toEqual([413, 'close']);
	});

	test.each([
		'/comments/2025/06/another-story/',
		'/comments/2025/06/..%2f..%2fa-story/',
		'/comments/2025/06/%2e%2e/',
		'/comments/2025/06/a-story%00/',
		'/comments/20x5/06/a-story/',
		'/comments/received/nothing/',
		'/comments/received/a%00b/',
		'/comments/',
	])('there is nothing at %s', async (path) => {
		expect((await readers.open(path)).status).toBe(404);
	});
});

describe('what looks like spam is held with the reason', () => {
	test.for<[what: string, reason: RegExp, fields: Readonly<Record<string, string>>, timeToWrite?: number]>([
		['the hidden field filled', /people do not see/, { ...sound, website: 'x' }],
		['a form filled too fast', /1 second after/, sound, 1000],
		['many links', /3 addresses/, { ...sound, text: 'https://a.example http://b.example www.c.example' }],
		['a listed word', /“casino”/, { ...sound, text: 'The best CASINO!' }],
		['the name of the paper', /name of the paper/, { ...sound, name: 'MERIDIAN desk' }],
		['a listed word in the name', /“casino”/, { ...sound, name: 'Casino' }],
	])('%s', async ([, reason, fields, timeToWrite]) => {
		await readers.close();
		readers = await openCommenting({ words: ['casino'] });
		expect((await readers.send(fields, { ...(timeToWrite !== undefined && { timeToWrite }) })).status).toBe(303);
		const [row] = await readers.rows();
		expect([row?.status, row?.reasons]).toEqual(['held', expect.stringMatching(reason)]);
	});

	test('a listed word that is only part of another is none', async () => {
		await readers.close();
		readers = await openCommenting({ words: ['ass'] });
		await readers.send({ ...sound, text: 'In class.' });
		expect(await readers.rows()).toMatchObject([{ status: 'waiting' }]);
	});

	test('words that were sent before, whatever their case and spaces', async () => {
		await readers.send({ ...sound, text: 'Buy  this, now.' });
		await readers.send({ ...sound, text: 'buy this now!' }, { from: '198.51.100.7' });
		expect((await readers.rows()).map(({ status }) => status)).toEqual(['waiting', 'held']);
	});

	test('more from one address than the rules allow; far more are asked to wait, and told so', async () => {
		await readers.close();
		readers = await openCommenting({ perAddress: 2 });
		const statuses: number[] = [];
		for (let i = 0; i < 9; i++)
			statuses.push((await readers.send({ ...sound, text: `Number ${i}` }, { timeToWrite: 5000 })).status);
		expect(statuses).toEqual([...Array.from({ length: 8 }, () => 303), 429]);
		expect((await readers.rows()).map(({ status }) => status)).toEqual([
			'waiting',
			'waiting',
			...Array.from({ length: 6 }, () => 'held'),
		]);
		expect((await readers.send({ ...sound, text: 'From elsewhere' }, { from: '198.51.100.7' })).status).toBe(303);
		readers.pass(61 * 60 * 1000);
		expect((await readers.send({ ...sound, text: 'Later' })).status).toBe(303);
	});

	test('many at once from one address as well', async () => {
		const { document } = await readers.open(formAddress);
		readers.pass(60_000);
		const seal = document.querySelector('[name=seal]')?.getAttribute('value') ?? '';
		const post = (i: number) => readers.post(new URLSearchParams({ ...sound, text: `Number ${i}`, seal }).toString());
		const answers = await Promise.all(Array.from({ length: 60 }, (_, i) => post(i)));
		expect(answers.filter(({ status }) => status === 303)).toHaveLength(20);
		const statuses = (await readers.rows()).map(({ status }) => status);
		expect(statuses.filter((status) => status === 'waiting')).toHaveLength(5);
	});

	test('signs and pictures alone only where they are the same', async () => {
		for (const text of ['👍', '🇰🇿', '???', '👍']) await readers.send({ ...sound, text }, { timeToWrite: 5000 });
		expect((await readers.rows()).map(({ status }) => status)).toEqual(['waiting', 'waiting', 'waiting', 'held']);
	});

	test('nothing because of a clock that was set back', async () => {
		await readers.close();
		readers = await openCommenting({ perArticle: 1 });
		await readers.send({ ...sound, text: 'One' });
		readers.pass(-10 * 24 * 60 * 60 * 1000);
		await readers.send({ ...sound, text: 'Two' }, { from: '198.51.100.7' });
		expect((await readers.rows()).map(({ text, status }) => [text, status])).toEqual([
			['Two', 'waiting'],
			['One', 'waiting'],
		]);
	});

	test('nothing of a sender who is blocked: it is rejected, with the reason', async () => {
		const block = { kind: 'email', value: 'a@example.org', created_at: 0, editor: 'Ann' } as const;
		await readers.service.database.insertInto('blocks').values(block).execute();
		await readers.send({ ...sound, email: 'A@Example.org' });
		const [row] = await readers.rows();
		expect([row?.status, row?.reasons]).toEqual(['rejected', expect.stringContaining('blocked')]);
	});

	test('more on one article than the rules allow', async () => {
		await readers.close();
		readers = await openCommenting({ perArticle: 1 });
		await readers.send({ ...sound, text: 'One' });
		await readers.send({ ...sound, text: 'Two' }, { from: '198.51.100.7' });
		expect((await readers.rows()).map(({ reasons }) => reasons)).toEqual([
			'',
			expect.stringContaining('on the article'),
		]);
	});
});

describe('an article', () => {
	test('takes no comments any more once the rules close it, and names the editor’s address', async () => {
		await readers.close();
		readers = await openCommenting({ closeAfterDays: 15 });
		const form = await readers.open(formAddress);
		expect(form.status).toBe(403);
		expect(form.document.querySelector('a[href^="mailto:"]')).not.toBeNull();
		const late = await readers.post(new URLSearchParams(sound).toString());
		expect([late.status, texts(late.document.querySelectorAll('blockquote p'))]).toEqual([403, ['First.', 'Second.']]);
		await readers.close();
		readers = await openCommenting({ closeAfterDays: 16 });
		expect((await readers.open(formAddress)).status).toBe(200);
	});
});

describe('network addresses', () => {
	const digests = async () => (await readers.rows()).map(({ address }) => address);

	test('are kept under a salt of the day alone, IPv6 as its network', async () => {
		for (const [i, from] of [
			'192.0.2.1',
			'::ffff:192.0.2.1',
			'2001:db8::1',
			'2001:db8:0:0:ff::2',
			'2001:db8:0:1::1',
		].entries())
			await readers.send({ ...sound, text: `Number ${i}` }, { from, timeToWrite: 5000 });
		const [a, b, c, d, e] = await digests();
		expect([a === b, c === d, new Set([a, c, e]).size]).toEqual([true, true, 3]);
		expect(JSON.stringify(await readers.rows())).not.toMatch(/192\.0\.2|2001:/);
		readers.pass(24 * 60 * 60 * 1000);
		await readers.send({ ...sound, text: 'The next day' });
		expect((await digests()).at(-1)).not.toBe(a);
	});
});

describe('every page of the form', () => {
	test('carries no script that was sent, in any field', async () => {
		const script = '<script>alert(1)</script>"\'><img src=x onerror=alert(1)>';
		const { document, headers } = await readers.send({
			name: script,
			text: script,
			email: script,
			reply: script,
			website: script,
		});
		expect(document.querySelectorAll('script, img')).toHaveLength(0);
		expect(document.querySelector('textarea')?.value).toBe(script);
		expect(headers.get('Content-Security-Policy')).toMatch(/^default-src 'none';.*frame-ancestors 'none'$/);
		const sent = await readers.send({ name: script, text: script });
		const thanks = await readers.open(sent.headers.get('Location') ?? '');
		expect(thanks.document.querySelectorAll('script, img')).toHaveLength(0);
		expect(texts(thanks.document.querySelectorAll('blockquote'))).toEqual([script]);
	});

	test('leads to the rules and to what is said of privacy, where the paper has these pages', async () => {
		const links = async () =>
			[...(await readers.open(formAddress)).document.querySelectorAll('form a')].map((a) => a.getAttribute('href'));
		expect(await links()).toEqual([]);
		await mkdir(join(readers.service.edition, 'privacy'));
		await writeFile(join(readers.service.edition, 'privacy/index.html'), '');
		expect(await links()).toEqual(['/privacy/']);
	});

	test('comes compressed to who takes that, unlike the desk', async () => {
		const codings = await Promise.all(
			[formAddress, '/desk/sign-in'].map(async (path) => {
				const { headers } = await readers.app.request(path, { headers: { 'Accept-Encoding': 'gzip' } });
				return headers.get('Content-Encoding');
			}),
		);
		expect(codings).toEqual(['gzip', null]);
	});

	test('is kept by nobody and found by no search engine', async () => {
		const { headers } = await readers.open(formAddress);
		expect([headers.get('Cache-Control'), headers.get('X-Robots-Tag')]).toEqual(['no-store', 'noindex']);
	});
});
