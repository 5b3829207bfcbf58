import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../../src/links/ask.ts';
import { type CheckManners, checkLinks } from '../../src/links/link-check.ts';
import { outsideAddresses } from '../../src/links/outside-addresses.ts';
import { isPrivate, lookupPublic } from '../../src/links/private-addresses.ts';
import { articleFile, newsroomFiles, writeFiles } from '../support/content.ts';
import { now } from '../support/newsroom.ts';

const manners: CheckManners = {
	userAgent: 'Test (editor@example.org)',
	timeout: 500,
	hostsAtOnce: 4,
	pause: 30,
	allowPrivate: true,
};

let server: Server;
let origin: string;
const asked: { request: IncomingMessage; at: number }[] = [];

beforeAll(async () => {
	server = createServer((request, response) => {
		asked.push({ request, at: performance.now() });
		const [, status = '200', rest] = (request.url ?? '/').split('/');
		if (status === 'silent') return;
		if (status === 'headless') response.writeHead(request.method === 'HEAD' ? 404 : 200);
		else if (status === 'circle') response.writeHead(302, { Location: '/circle/' });
		else if (status === 'elsewhere') response.writeHead(301, { Location: 'file:///etc/passwd' });
		else if (status === 'moved') response.writeHead(308, { Location: `/${rest ?? ''}/` });
		else response.writeHead(Number(status));
		response.end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	origin = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

const check = async (...paths: string[]) => {
	const links = await checkLinks(new Map(paths.map((path) => [origin + path, ['content/x.md']])), manners);
	return links.map(({ outcome, reason = '' }) => `${outcome} ${reason}`.trim());
};

test('pages that are there are sound, also behind redirects and where only the whole page is given', async () => {
	expect(await check('/200/', '/204/', '/moved/200/', '/headless/')).toEqual(['sound', 'sound', 'sound', 'sound']);
});

test('pages that are not there are broken, and so are redirects that lead nowhere', async () => {
	expect(await check('/404/', '/410/', '/moved/404/', '/circle/', '/elsewhere/', '/silent/')).toEqual([
		'broken answers with status 404',
		'broken answers with status 410',
		'broken answers with status 404',
		'broken leads on more than 5 times',
		'broken leads to file:, which is no page',
		'broken did not answer in 0.5 s',
	]);
});

test('hosts that keep programs out say nothing of their pages', async () => {
	expect(await check('/403/', '/429/')).toEqual([
		'not checked answers with status 403',
		'not checked answers with status 429',
	]);
});

test('where nothing answers, nothing is known to be broken', async () => {
	const links = await checkLinks(new Map([['http://127.0.0.1:1/', ['content/x.md']]]), manners);
	expect(links).toMatchObject([{ outcome: 'not checked', files: ['content/x.md'] }]);
});

test('a host is asked one question after another, with a pause, by somebody with a name', async () => {
	asked.length = 0;
	await check('/200/a', '/200/b', '/200/c');
	expect(asked.map(({ request }) => request.url)).toEqual(['/200/a', '/200/b', '/200/c']);
	for (const [i, { request, at }] of asked.entries()) {
		expect(request.headers['user-agent']).toBe(manners.userAgent);
		expect(at - (asked[i - 1]?.at ?? -Infinity)).toBeGreaterThan(manners.pause - 5);
	}
});

test('private networks are never asked, whether by number, by name or through a redirect', async () => {
	asked.length = 0;
	const { allowPrivate: _, ...strict } = manners;
	expect(await ask(`${origin}/200/`, strict)).toEqual({
		refusal: 'leads to 127.0.0.1, an address of a private network',
	});
	const byName = await ask(origin.replace('127.0.0.1', 'localhost'), strict);
	expect('refusal' in byName && byName.refusal).toMatch(
		/^leads to (?:127\.0\.0\.1|::1), an address of a private network$/,
	);
	expect(asked).toEqual([]);
});

test.each([
	'127.0.0.1',
	'10.1.2.3',
	'172.31.0.1',
	'192.168.1.1',
	'169.254.169.254',
	'100.64.0.1',
	'0.0.0.0',
	'224.0.0.1',
])('%s is private', (address) => expect(isPrivate(address)).toBe(true));
test.each([
	'::1',
	'::',
	'fc00::1',
	'fd12::1',
	'fe80::1',
	'::ffff:127.0.0.1',
	'::ffff:8.8.8.8',
	'64:ff9b::7f00:1',
	'ff02::1',
])('%s is private', (address) => expect(isPrivate(address)).toBe(true));
test.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111', '192.169.0.1'])('%s is public', (address) =>
	expect(isPrivate(address)).toBe(false),
);

test('a name that leads to this computer is not looked up for others', async () => {
	const error = await new Promise((resolve) => lookupPublic('localhost', { all: true }, (fault) => resolve(fault)));
	expect(error).toMatchObject({ name: 'PrivateAddressError' });
});

test('addresses come from everything that readers see, and from nothing else', async () => {
	const folder = await writeFiles({
		...newsroomFiles,
		'tags.yaml':
			'china: { name: China, kind: place, sameAs: "https://a.example/tag" }\nxi: { name: Xi, kind: person, sameAs: "https://a.example/unused" }\n',
		'authors/desk.yaml': 'name: The Desk\ndescription: The newsroom.\nurl: https://a.example/author\n',
		'pages/about.md': '---\ntitle: T\nstandfirst: S.\n---\n\n[a](https://a.example/page)\n',
		'articles/2025/06/x.md': articleFile(
			{
				source: '{ name: A, url: https://a.example/source, relation: retold }',
				sources: '[{ name: A, title: B, url: https://a.example/cited }]',
			},
			'[a](https://a.example/text#part) [b](/tags/china/) [c](mailto:a@b.example)\n\n```table\ncaption: C\ncolumns: [a]\nrows: [[b]]\nsource: { name: A, url: https://a.example/figure }\n```\n',
		),
		'articles/2025/06/y.md': articleFile({ draft: 'true' }, '[a](https://a.example/draft)'),
	});
	const addresses = await outsideAddresses(folder, { now, publicFolder: 'public' });
	expect([...addresses.keys()]).toEqual(
		['author', 'cited', 'figure', 'page', 'source', 'tag', 'text'].map((name) => `https://a.example/${name}`),
	);
	expect(addresses.get('https://a.example/text')).toEqual([expect.stringMatching(/articles\/2025\/06\/x\.md$/)]);
});
