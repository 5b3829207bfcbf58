import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { JSDOM } from 'jsdom';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { layOutForServers, readSource } from '../../src/delivery/lay-out.ts';
import { type Manifest, readManifest } from '../../src/edition/check/manifest.ts';
import { publish } from '../../src/edition/publish.ts';
import { openStore } from '../../src/edition/store.ts';
import { moderationSchema } from '../../src/schemas/moderation.ts';
import { hardenServer } from '../../src/server/harden.ts';
import { addEditor } from '../../src/service/desk/editors.ts';
import { openDatabase } from '../../src/service/database.ts';
import { newsPath } from '../../src/service/news.ts';
import { openService } from '../../src/service/open.ts';
import { mustBuild, openWorkshop, type Workshop } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';
import { ask, type Answer, type RunningServer, serveFolder } from '../support/serve.ts';
import { type Files, tinyEdition, writeEdition } from '../support/tiny-edition.ts';
import { openFolder, startCaddy, startNginx, type WebServer } from '../support/web-servers.ts';

const article = '2025/06/china-xi-kazakhstan-central-asia-ties';
const form = `/comments/${article}/`;
/** As an import writes it down: one where something stands now, too, and one that leads nowhere now. */
const moved = new Map([
	['/2015/03/мельница/', '/about/'],
	['/old story.html', '/tags/'],
	['/?p=12', '/privacy/'],
	['/old.xml', '/rss.xml'],
	['/old/feed.json', '/feed.json'],
	['/old.xml.gz', '/rss.xml'],
	['/about/', '/tags/'],
	['/tag/of-a-draft/', '/tags/of-a-draft/'],
]);
const own = `/about/
  X-Own: "of our \\ own"; a=1
/*
  X-Other: everywhere
/tags/*
  ! X-Other
/tags/china/
  X-Other: of China
`;

let workshop: Workshop;
let www: string;
/** The program's own server, with whose answers others are compared. */
let model: RunningServer;
let inbox: string;
let service: { port: number; stop: () => Promise<void> };

/** Returns what an edition says of itself. */
async function manifestOf(folder: string): Promise<Manifest> {
	const manifest = await readManifest(folder);
	if (!manifest) throw new Error(`${folder} has no edition.`);
	return manifest;
}

/** Starts a server, or opens a folder, until the test has ended, however that ends. */
async function forTest(starting: Promise<WebServer>): Promise<WebServer> {
	const server = await starting;
	onTestFinished(() => server.stop());
	return server;
}
async function folderForTest(name: string): Promise<string> {
	const folder = await openFolder(name);
	onTestFinished(() => rm(folder, { recursive: true }));
	return folder;
}

/** Lays the edition of an output folder out, as "npm run deliver -- servers" does. */
async function deliver(target: string, folder: string): Promise<void> {
	await layOutForServers(await readSource(await openStore(target), moved), folder);
}

/** Starts the comment service as the recipes expect it: it trusts what 127.0.0.1 says of others. */
async function startService(): Promise<typeof service> {
	const open = await openService({
		edition: workshop.dist,
		comments: join(workshop.folder, 'comments'),
		readRules: () => Promise.resolve(moderationSchema.parse({ minSeconds: 0, perAddress: 1000 })),
		now: Date.now,
		database: inbox,
		proxies: ['127.0.0.1'],
		build: [],
		pause: 0,
	});
	const { server, stop } = hardenServer(open.answer);
	await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
	const address = server.address();
	return {
		port: typeof address === 'object' && address ? address.port : 0,
		stop: async () => {
			await stop();
			await open.stop();
		},
	};
}

beforeAll(async () => {
	workshop = await openWorkshop('content');
	await writeFile(join(workshop.folder, 'public/_headers'), own);
	await mustBuild(workshop);
	www = await openFolder('www');
	await deliver(workshop.dist, www);
	model = await serveFolder(workshop.dist, {}, moved);
	inbox = join(workshop.folder, 'inbox.sqlite');
	service = await startService();
	return async () => {
		await model.stop();
		await service.stop();
		await rm(www, { recursive: true });
		await workshop.remove();
	};
});

const servers: readonly (readonly [
	name: string,
	start: (place: { www: string; servicePort: number }) => Promise<WebServer>,
])[] = [
	['nginx', startNginx],
	['Caddy', startCaddy],
];

describe.each(servers)('%s, with the recipe in deploy/,', (name, start) => {
	let server: WebServer;

	beforeAll(async () => {
		server = await start({ www, servicePort: service.port });
	});
	afterAll(() => server.stop());

	/** What of an answer's headers follows from the edition. */
	const tellingHeaders = ({ headers }: Answer) =>
		Object.fromEntries(
			[
				'cache-control',
				'content-encoding',
				'content-security-policy',
				'content-type',
				'cross-origin-opener-policy',
				'location',
				'permissions-policy',
				'referrer-policy',
				'vary',
				'x-content-type-options',
			].map((name) => [name, headers[name]]),
		);

	test('finds nothing wrong with its configuration', async () => {
		const { status, output } = await server.check();
		expect(output).not.toMatch(/\b(?:emerg|error)\b/i);
		expect(status).toBe(0);
	});

	test.each(['br', 'gzip', ''])(
		'sends every file of the paper as our own server does, to who takes "%s"',
		async (coding) => {
			const { files, redirects } = await manifestOf(workshop.dist);
			const paths = Object.keys(files)
				.map((path) => path.replace(/(?<=^|\/)index\.html$/, ''))
				.filter((address) => !Object.hasOwn(redirects, address));
			expect(paths.length).toBeGreaterThan(100);
			const forms = new Set(await readdir(join(www, 'current/files'), { recursive: true }));
			for (const address of [...paths, 'edition.json']) {
				const path = `/${address}`;
				const isForked = forms.has(`${/(?:^|\/)$/.test(address) ? `${address}index.html` : address}.br`);
				// Of what has one form alone, nothing can vary.
				const headers = isForked ? { 'Accept-Encoding': coding } : {};
				const [answer, wanted] = await Promise.all([ask(server, path, headers), ask(model, path, headers)]);
				if (!isForked) for (const { headers } of [answer, wanted]) delete headers.vary;
				expect([path, answer.status, tellingHeaders(answer)]).toEqual([path, wanted.status, tellingHeaders(wanted)]);
				expect(answer.body.equals(wanted.body), path).toBe(true);
			}
		},
	);

	test('sends what readers with encryption are told, and headers of the newsroom’s own where they belong', async () => {
		const [about, home] = [await ask(server, '/about/'), await ask(server, '/')];
		expect(about.headers).toMatchObject({
			'x-own': '"of our \\ own"; a=1',
			'strict-transport-security': 'max-age=31536000',
		});
		expect(home.headers['x-own']).toBeUndefined();
		const others = await Promise.all(['/', '/tags/', '/tags/china/'].map((path) => ask(server, path)));
		expect(others.map(({ headers }) => headers['x-other'])).toEqual(['everywhere', undefined, 'of China']);
	});

	test('has a tag for each form of a page, by which nobody gets it twice', async () => {
		const forms = await Promise.all(
			['br', 'gzip', ''].map((coding) => ask(server, '/', { 'Accept-Encoding': coding })),
		);
		expect(new Set(forms.map(({ headers }) => headers.etag)).size).toBe(3);
		for (const [i, coding] of ['br', 'gzip', ''].entries()) {
			const tag = forms[i]?.headers.etag ?? '';
			const again = await ask(server, '/', { 'Accept-Encoding': coding, 'If-None-Match': tag });
			expect([again.status, again.body.length, again.headers['cache-control']]).toEqual([304, 0, 'no-cache']);
		}
		const modified = forms[0]?.headers['last-modified'] ?? '';
		expect((await ask(server, '/', { 'Accept-Encoding': 'br', 'If-Modified-Since': modified })).status).toBe(304);
	});

	test('sends parts of a picture', async () => {
		const { files } = await manifestOf(workshop.dist);
		const picture = `/${Object.keys(files).find((path) => path.endsWith('.png')) ?? ''}`;
		const whole = await ask(server, picture);
		const { status, headers, body } = await ask(server, picture, { Range: 'bytes=10-19' });
		expect([status, headers['content-range'], body.toString('hex')]).toEqual([
			206,
			`bytes 10-19/${whole.body.length}`,
			whole.body.subarray(10, 20).toString('hex'),
		]);
		expect((await ask(server, picture, { Range: 'bytes=99999999-' })).status).toBe(416);
	});

	test('leads on for good from every address that the edition names, and where the last stroke is missing', async () => {
		const { redirects } = await manifestOf(workshop.dist);
		expect(Object.keys(redirects).length).toBeGreaterThan(5);
		const places = Object.entries(redirects).flatMap(([from, to]) => [
			[`/${from}`, `/${to}`],
			[`/${from.replace(/\/$/, '')}`, `/${to}`],
			[`/${from}?a=b&c`, `/${to}?a=b&c`],
		]);
		for (const [from = '', to] of [
			...places,
			['/tags/china', '/tags/china/'],
			['/tags/china?a=//b', '/tags/china/?a=//b'],
		]) {
			const answer = await ask(server, from);
			expect([from, answer.status, answer.headers.location]).toEqual([from, 301, to]);
			expect(answer.headers).toMatchObject({ 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' });
		}
	});

	test('leads on from addresses of a former paper as our own server does, but not where something stands now', async () => {
		for (const [from, to] of [
			['/2015/03/%D0%BC%D0%B5%D0%BB%D1%8C%D0%BD%D0%B8%D1%86%D0%B0/', '/about/'],
			['/old%20story.html', '/tags/'],
			['/old.xml', '/rss.xml'],
			['/old/feed.json', '/feed.json'],
			['/old.xml.gz', '/rss.xml'],
			['/?p=12', '/privacy/'],
			['/?utm=1&p=12', '/privacy/'],
		] as const)
			for (const at of [server, model]) {
				const { status, headers } = await ask(at, from);
				expect([from, status, headers.location?.replace(/\?.*/, '')]).toEqual([from, 301, to]);
			}
		for (const path of ['/about/', '/?p=13', '/?p=', '/about/?p=12'])
			for (const at of [server, model]) expect((await ask(at, path)).status).toBe(200);
		for (const at of [server, model]) expect((await ask(at, '/tag/of-a-draft/')).status).toBe(404);
	});

	test.each([
		'/nowhere/',
		'/nowhere',
		'/_astro/nothing.png',
		'/_astro/',
		'/index.html.br',
		'/rss.xml.gz',
		'/%2e%2e/nginx-maps.conf',
		'/..%2fnginx-paper.conf',
		'/../caddy-paper',
		'/tags/..%2f..%2fnginx-redirects.map',
		'/.dist-editions/log.jsonl',
		'/.git/config',
		'/.env',
		'/tags/.hidden',
		'/%2eenv',
		'/tags/china/%0d%0aX-Evil:%20yes',
		'/%ff',
		'//elsewhere.example/tags/china',
		'/_headers/',
	])('has nothing but the notice that nothing is there at %s', async (path) => {
		const { status, headers, body } = await ask(server, path);
		expect([400, 404]).toContain(status);
		expect(headers['x-evil']).toBeUndefined();
		expect(headers.location).toBeUndefined();
		if (status === 400) return;
		expect(body.equals(await readFile(join(workshop.dist, '404.html')))).toBe(true);
		expect(headers).toMatchObject({
			'cache-control': 'no-cache',
			'content-type': 'text/html; charset=utf-8',
			'x-content-type-options': 'nosniff',
		});
	});

	test('leads nobody to another host', async () => {
		for (const path of ['//tags/china', '//tags/china/', '/\\tags/china', '//tags']) {
			const { headers } = await ask(server, path);
			expect(headers.location ?? '/', path).toMatch(/^\/(?![/\\])/);
		}
	});

	test('shows dot files that the web knows, and no others', async () => {
		const folder = await folderForTest('dots');
		const target = join(folder, 'dist');
		await publish(target, (to) =>
			writeEdition(to, { ...tinyEdition(), '.well-known/security.txt': 'x', '.well-known/.env': 'x', '.env': 'x' }),
		);
		await deliver(target, join(folder, 'www'));
		const other = await forTest(start({ www: join(folder, 'www'), servicePort: service.port }));
		const statuses = await Promise.all(
			['/.well-known/security.txt', '/.well-known/.env', '/.env'].map(async (path) => (await ask(other, path)).status),
		);
		expect(statuses).toEqual([200, 404, 404]);
	});

	test('refuses what is no reading', async () => {
		for (const method of ['POST', 'PUT', 'DELETE']) expect((await ask(server, '/about/', {}, method)).status).toBe(405);
	});

	if (name === 'nginx')
		test('leads from plain connections to encrypted ones', async () => {
			const { status, headers } = await ask({ origin: server.plainOrigin }, '/tags/china/?a=b');
			expect([status, headers.location]).toEqual([301, 'https://meridian.example.org/tags/china/?a=b']);
		});

	/** Opens the form and sends a comment, as a reader at a network address. Returns what the service keeps of that. */
	async function comment(
		text: string,
		from: string,
		claim?: string,
		at: Pick<WebServer, 'origin'> = server,
	): Promise<string> {
		const page = await ask(at, form, {}, { from });
		expect(page.status).toBe(200);
		const { document } = new JSDOM(page.body.toString()).window;
		const seal = document.querySelector('[name=seal]')?.getAttribute('value') ?? '';
		const { status, headers } = await ask(
			at,
			form,
			{
				'Content-Type': 'application/x-www-form-urlencoded',
				Origin: at.origin,
				...(claim !== undefined && { 'X-Forwarded-For': claim }),
			},
			{ method: 'POST', from, body: new URLSearchParams({ name: 'A reader', text, email: '', seal }).toString() },
		);
		expect([status, headers.location]).toEqual([303, expect.stringMatching(/^\/comments\/received\/./)]);
		expect((await ask(at, headers.location ?? '', {}, { from })).status).toBe(200);
		const database = await openDatabase(inbox);
		const { address } = await database
			.selectFrom('comments')
			.select('address')
			.where('text', '=', text)
			.executeTakeFirstOrThrow();
		await database.destroy();
		return address ?? '';
	}

	test('takes comments to the service, which knows readers’ addresses from it and from nobody else', async () => {
		const direct = { origin: `http://127.0.0.1:${service.port}` };
		const first = await comment(`${name}, first`, '127.0.0.5');
		expect(first).not.toBe('');
		expect(await comment(`${name}, of the same reader`, '127.0.0.5', '198.51.100.1')).toBe(first);
		expect(await comment(`${name}, of another reader`, '127.0.0.6')).not.toBe(first);
		const stranger = await comment(`${name}, past the proxy`, '127.0.0.7', undefined, direct);
		expect(await comment(`${name}, with a claim`, '127.0.0.7', '127.0.0.5', direct)).toBe(stranger);
		expect(stranger).not.toBe(first);
	});

	test('passes on the service’s own headers, and the desk', async () => {
		const page = await ask(server, form);
		const wanted = await ask({ origin: `http://127.0.0.1:${service.port}` }, form);
		for (const header of ['content-security-policy', 'cache-control', 'referrer-policy', 'x-content-type-options'])
			expect([header, page.headers[header]]).toEqual([header, wanted.headers[header]]);
		expect((await ask(server, '/desk/sign-in')).body.toString()).toContain('type="password"');
		for (const path of ['/comments', '/desk']) expect((await ask(server, path)).headers.location).toMatch(`${path}/`);
	});

	test('takes who knows the address of the news of the desk there, and writes it down nowhere', async () => {
		const database = await openDatabase(inbox);
		const news = await newsPath(database);
		await database.destroy();
		const { status, headers } = await ask(server, news);
		expect([status, headers['content-type']]).toEqual([200, 'application/rss+xml; charset=utf-8']);
		const lonely = await forTest(start({ www, servicePort: 9 }));
		expect((await ask(lonely, news)).status).toBe(502);
		for (const at of [server, lonely]) expect(await at.complaints()).not.toContain('/desk/news');
	});

	test('lets readers of comments come by encrypted connections alone, and compresses all but the desk', async () => {
		const answers = await Promise.all(
			[form, '/desk/sign-in'].map((path) => ask(server, path, { 'Accept-Encoding': 'gzip' })),
		);
		for (const { headers } of answers) expect(headers['strict-transport-security']).toBe('max-age=31536000');
		expect(answers.map(({ headers }) => headers['content-encoding'])).toEqual(['gzip', undefined]);
	});

	test('lets editors sign in, with cookies for encrypted connections alone', async () => {
		const [editor, password] = [`Ann of ${name}`, 'a long password'];
		const database = await openDatabase(inbox);
		await addEditor(database, editor, password, Date.now());
		await database.destroy();
		const fields = new URLSearchParams({ name: editor, password });
		const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Origin: server.origin };
		const signedIn = await ask(server, '/desk/sign-in', headers, { method: 'POST', body: fields.toString() });
		expect([signedIn.status, signedIn.headers.location]).toEqual([303, '/desk/']);
		const cookies = signedIn.headers['set-cookie'] ?? [];
		expect(cookies.length).toBe(2);
		for (const cookie of cookies) expect(cookie).toMatch(/; Secure/);
		const foreign = { ...headers, Origin: 'https://elsewhere.example' };
		const refused = await ask(server, '/desk/sign-in', foreign, { method: 'POST', body: fields.toString() });
		expect(refused.status).toBe(403);
	});

	/** Sends so many bytes to the form. */
	const flood = (at: WebServer, size: number, headers = {}) =>
		ask(
			at,
			form,
			{ 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
			{ method: 'POST', body: 'a'.repeat(size) },
		);

	test('refuses a flood of bytes, and answers the next reader', async () => {
		for (let i = 0; i < 5; i++) {
			expect((await flood(server, 300_000)).status).toBe(413);
			// Where the length is not said before, Caddy may still be sending when the service has refused.
			expect([413, 502]).toContain((await flood(server, 300_000, { 'Transfer-Encoding': 'chunked' })).status);
			await delay(50);
			expect((await flood(server, 10)).status).toBe(422);
		}
	});

	test('shows the paper while the service is away, and refuses a flood by itself', async () => {
		const lonely = await forTest(start({ www, servicePort: 9 }));
		const statuses = [await ask(lonely, '/'), await ask(lonely, form), await flood(lonely, 300_000)];
		expect(statuses.map(({ status }) => status)).toEqual([200, 502, 413]);
	});

	test('in twelve changes of editions, each of 3,000 requests sees one whole edition', async () => {
		const folder = await folderForTest('swaps');
		const [target, place] = [join(folder, 'dist'), join(folder, 'www')];
		const edition = (i: number): Files => ({
			...tinyEdition(`A${i}</p><img src="/_astro/A${i}.png" alt=""><p>`),
			[`_astro/A${i}.png`]: `picture A${i}`,
		});
		const show = async (i: number) => {
			await publish(target, (to) => writeEdition(to, edition(i)));
			await deliver(target, place);
		};
		await show(0);
		const swapped = await forTest(start({ www: place, servicePort: service.port }));
		// A server that reads its configuration anew may close a connection on which nothing is being asked.
		const anew = { Connection: 'close' };
		const seen = new Set<string>();
		const faults: string[] = [];
		let count = 0;
		let isDone = false;
		const read = async () => {
			while (!isDone || count < 3000) {
				const coding = ['br', 'gzip', 'identity'][count % 3] ?? '';
				const page = await ask(swapped, '/', { 'Accept-Encoding': coding, ...anew });
				const unpack = { br: brotliDecompressSync, gzip: gunzipSync }[String(page.headers['content-encoding'])];
				const html = (unpack ? unpack(page.body) : page.body).toString();
				const [, text = '', picture = '/'] = /<p>(\w+)<\/p><img src="([^"]*)"/.exec(html) ?? [];
				const asset = await ask(swapped, picture, anew);
				count += 2;
				seen.add(text);
				if (page.status !== 200 || asset.status !== 200)
					faults.push(`${page.status} and ${asset.status} for ${picture}`);
				if (!html.endsWith('</html>') || asset.body.toString() !== `picture ${text}`)
					faults.push(`${text} with another picture`);
			}
		};
		const showAll = async () => {
			for (let i = 1; i <= 12; i++) {
				await delay(200);
				await show(i);
				// Where no addresses lead on anew, the units of systemd do not.
				if (name === 'nginx') await swapped.reload();
			}
			await delay(200);
			isDone = true;
		};
		await Promise.all([showAll(), ...Array.from({ length: 4 }, read)]);
		const left = await readdir(place);
		expect(faults).toEqual([]);
		expect(count).toBeGreaterThanOrEqual(3000);
		expect(seen.size).toBe(13);
		expect(left.filter((name) => /^\d/.test(name)).length).toBe(2);
	});

	test('knows new addresses that lead on once it has read its configuration anew, and before that their pages lead on', async () => {
		const folder = await folderForTest('moves');
		const [target, place] = [join(folder, 'dist'), join(folder, 'www')];
		const show = async (files: Files) => {
			await publish(target, (to) => writeEdition(to, files));
			await deliver(target, place);
		};
		const { 'tags/prc/index.html': alias = '', ...rest } = tinyEdition();
		await show(rest);
		const moved = await forTest(start({ www: place, servicePort: service.port }));
		const statusOf = async () => (await ask(moved, '/tags/prc/')).status;
		const before = await statusOf();
		await show({ ...rest, 'tags/prc/index.html': alias });
		const between = await statusOf();
		await moved.reload();
		const after = await statusOf();
		expect([before, between, after]).toEqual([404, 200, 301]);
	});
});

test('what was laid out has nothing that the edition does not have, and links where the disk can', async () => {
	const { files } = await manifestOf(workshop.dist);
	const entries = await readdir(join(www, 'current/files'), { recursive: true, withFileTypes: true });
	const paths = entries
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => join(parentPath, name).slice(join(www, 'current/files/').length));
	const plain = paths.filter((path) => !/\.(?:br|gz)$/.test(path));
	expect(plain.sort()).toEqual([...Object.keys(files), 'edition.json'].sort());
	expect(paths.length).toBeGreaterThan(plain.length * 1.5);
	expect(entries.filter((entry) => entry.isSymbolicLink())).toEqual([]);
	expect(dirname(workshop.dist)).toBe(workshop.folder);
});

test('of what the paper’s user writes, nginx takes nothing but addresses that lead on', async () => {
	const folder = await folderForTest('hostile');
	const [target, place] = [join(folder, 'dist'), join(folder, 'www')];
	await publish(target, (to) => writeEdition(to, tinyEdition()));
	await deliver(target, place);
	const server = await forTest(startNginx({ www: place, servicePort: 9 }));
	const outcomes: number[] = [];
	for (const hostile of [
		'}\nserver { listen 127.0.0.1:1; }\nmap $uri $x {',
		'access_log /tmp/x;\n}\n',
		'load_module x.so;\n}',
	]) {
		await writeFile(join(place, 'nginx-redirects.map'), hostile);
		outcomes.push((await server.check()).status);
	}
	expect(outcomes).toEqual([1, 1, 1]);
});

test('a paper that lives at a path is there, and its notice is everywhere else', async () => {
	const paper = await openWorkshop(undefined, (source) => source.replace("base: '/'", "base: '/news/'"));
	const folder = await folderForTest('base');
	onTestFinished(() => paper.remove());
	await writeFilesTo(join(paper.folder, 'content'), {
		...newsroomFiles,
		'articles/2025/06/x.md': articleFile({ tags: '[CHINA, trade]' }),
	});
	await mustBuild(paper);
	expect(await paper.run('deliver', ['servers', folder])).toMatchObject({ status: 0 });
	const picture = (await readdir(join(paper.dist, '_astro')))[0] ?? '';
	for (const [, start] of servers) {
		const server = await forTest(start({ www: folder, servicePort: 9 }));
		const answers = await Promise.all(
			[
				'/news/',
				'/news',
				'/news/tags/china',
				'/news/tags/commerce/',
				'/news/nowhere/',
				'/news/.well-known/security.txt',
				'/nowhere',
				`/news/_astro/${picture}`,
			].map(async (path) => {
				const { status, headers } = await ask(server, path);
				return [path, status, headers.location ?? headers['cache-control']];
			}),
		);
		expect(answers).toEqual([
			['/news/', 200, 'no-cache'],
			['/news', 301, '/news/'],
			['/news/tags/china', 301, '/news/tags/china/'],
			['/news/tags/commerce/', 301, '/news/tags/trade/'],
			['/news/nowhere/', 404, 'no-cache'],
			['/news/.well-known/security.txt', 200, 'no-cache'],
			['/nowhere', 404, 'no-cache'],
			[`/news/_astro/${picture}`, 200, 'public, max-age=31536000, immutable'],
		]);
	}
	for (let round = 0; round < 2; round++)
		expect(await paper.run('deliver', ['netlify', `${folder}-host`])).toMatchObject({ status: 0 });
	onTestFinished(() => rm(`${folder}-host`, { recursive: true }));
	const names = await readdir(`${folder}-host`);
	expect(names.sort()).toEqual(['404.html', '_headers', '_redirects', 'news', 'robots.txt']);
	expect(await readdir(join(`${folder}-host`, 'news'))).toEqual(expect.arrayContaining(['index.html', '_astro']));
	expect(await readFile(join(`${folder}-host`, '_redirects'), 'utf8')).toContain(
		'/news/tags/commerce/ /news/tags/trade/ 301!',
	);
});
