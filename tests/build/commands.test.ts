import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { birthOf } from '../../src/edition/lock.ts';
import { argumentsOf, openWorkshop, peoplesEnvironment, readScripts, type Workshop } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';
import { publishTiny, readWhole } from '../support/store.ts';

let workshop: Workshop;
let scripts: Record<string, string>;

beforeAll(async () => {
	workshop = await openWorkshop();
	await writeFilesTo(join(workshop.folder, 'content'), {
		...newsroomFiles,
		'articles/2025/06/x.md': articleFile({ title: 'A published story' }),
		'articles/2025/06/draft.md': articleFile({ title: 'A draft story', draft: 'true' }),
	});
	scripts = await readScripts();
});
afterAll(() => workshop.remove());

const run: Workshop['run'] = (...args) => workshop.run(...args);

interface Running {
	process: ChildProcess;
	/** The address that the command printed. */
	url: string;
	/** Everything printed so far. */
	output(): string;
}

/** Starts a command that serves, and waits until it prints its address. */
async function start(script: string, port: { PORT?: string } = { PORT: '0' }): Promise<Running> {
	const env = { ...peoplesEnvironment(), ...port, CLOCK: '2025-07-01T00:00:00Z' };
	const child = spawn(process.execPath, argumentsOf(script, scripts), { cwd: workshop.folder, env });
	let output = '';
	const url = await new Promise<string>((resolve, reject) => {
		const listen = (data: Buffer) => {
			output += data.toString();
			const found = /http:\/\/\S+/.exec(output)?.[0];
			if (found !== undefined) resolve(found);
		};
		child.stdout.on('data', listen);
		child.stderr.on('data', listen);
		child.once('exit', () => reject(new Error(`npm run ${script} ended:\n${output}`)));
	});
	return { process: child, url, output: () => output };
}

/** Ends what was started, and waits for it. */
async function stop({ process: child }: Running): Promise<void> {
	const ended = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGTERM');
	await ended;
}

async function until<T>(question: () => Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
	for (let attempt = 0; ; attempt++) {
		const answer = await question();
		if (isRight(answer) || attempt === 50) return answer;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

const read = async (url: string, path = '') => (await fetch(new URL(path, url))).text();

const commands = [
	'start',
	'dev',
	'build',
	'preview',
	'new',
	'check',
	'report',
	'tags',
	'import',
	'next',
	'desk',
	'export',
	'rollback',
	'deliver',
	'check:edition',
	'check:links',
];
describe.each(commands)('npm run %s', (script) => {
	test('explains itself, and refuses what it does not know', async () => {
		const help = await run(script, ['--help']);
		expect(help.status).toBe(0);
		expect(help.output).toContain(script === 'start' ? 'npm start' : `npm run ${script}`);
		const refusal = await run(script, ['--nonsense']);
		expect(refusal.status).toBe(1);
		expect(refusal.output).toContain("Unknown option '--nonsense'");
		expect(refusal.output).not.toMatch(/^\s+at /m);
	});
});

describe('commands that serve', () => {
	test('preview says what to do where nothing was built', async () => {
		const { status, output } = await run('preview');
		expect(status).toBe(1);
		expect(output).toContain('Build one with "npm run build".');
	});

	test('preview removes the draft that is named, and none where the name could mean several', async () => {
		const folders = ['2025-06-twice', '2025-07-twice', '2025-07-twice-told'];
		const drafts = join(workshop.folder, '.drafts');
		for (const name of folders) await mkdir(join(drafts, name), { recursive: true });
		const remove = (slug: string) => run('preview', ['--draft', slug, '--remove']);
		expect(await remove('twice')).toEqual({
			status: 1,
			output: 'Several drafts are called so. Write one: 2025/06/twice, 2025/07/twice\n',
		});
		expect((await readdir(drafts)).sort()).toEqual(folders);
		for (const slug of ['2025/07/twice', 'twice-told']) expect((await remove(slug)).status).toBe(0);
		expect(await readdir(drafts)).toEqual(['2025-06-twice']);
	});

	test('check:edition takes one folder, and refuses further words', async () => {
		const { status, output } = await run('check:edition', ['dist', 'other']);
		expect([status, output]).toEqual([1, expect.stringContaining('"other" means nothing here.')]);
	});

	test('build does not wait for another build where it is told so, and ends with a status of its own', async () => {
		const cache = join(workshop.folder, '.cache');
		await mkdir(cache, { recursive: true });
		const lock = join(cache, `lock-${process.pid}-${birthOf(process.pid) ?? ''}`);
		await writeFile(lock, '');
		const { status, output } = await run('build', ['--no-wait']);
		await rm(lock);
		expect([status, output]).toEqual([
			75,
			`Process ${process.pid} is at work on ${cache}. Try again when it has ended.\n`,
		]);
	});

	test('rollback says what readers get again, and that there is nothing where nothing was built', async () => {
		const OUT_DIR = join(workshop.folder, 'out/dist');
		await mkdir(join(OUT_DIR, '..'));
		const refusal = await run('rollback', [], { OUT_DIR });
		expect([refusal.status, refusal.output]).toEqual([1, expect.stringContaining('There is no former edition of')]);
		const [{ name: first }, { name: second }] = [await publishTiny(OUT_DIR, 'A'), await publishTiny(OUT_DIR, 'B')];
		const { status, output } = await run('rollback', [], { OUT_DIR });
		expect([status, output]).toEqual([
			0,
			`Readers get the edition ${first} again, in the place of ${second}. Both are in ${join(workshop.folder, 'out/.dist-editions')}.\nThe next build publishes the content as it is then: correct it first, and stop timers.\n`,
		]);
		expect(await readWhole(OUT_DIR)).toBe('A');
	});

	test('desk lets an editor sign in and no more, with a password that is read from its input', async () => {
		const INBOX_DIR = join(workshop.folder, 'inbox');
		const desk = async (words: string[], input: string) => {
			const child = spawn(process.execPath, [...argumentsOf('desk', scripts), ...words], {
				cwd: workshop.folder,
				env: { ...peoplesEnvironment(), INBOX_DIR },
			});
			child.stdin.end(input);
			const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
			return output + errors;
		};
		expect(await desk(['add-editor', 'Ann'], 'too short\n')).toContain('at least 12 are needed');
		expect(await desk(['add-editor', 'Ann', 'Lee'], 'long enough for this\n')).toMatch(
			/^Ann Lee can sign in now, at the address that "npm start" prints, or at https:.*\/desk\/\.\n$/,
		);
		expect(await desk(['password', 'Ann'], 'long enough for that\n')).toBe('There is no editor "Ann".\n');
		expect(await desk(['remove-editor', 'Ann Lee'], '')).toBe('Ann Lee can sign in no more.\n');
		expect(await desk(['hire', 'Ann'], '')).toContain('"hire" is nothing that this command does.');
		expect(await desk(['add-editor'], '')).toContain('npm run desk -- add-editor NAME');
	});

	test.each(['build', 'rollback'])('%s refuses words that mean nothing to it', async (script) => {
		const { status, output } = await run(script, ['everything']);
		expect([status, output]).toEqual([1, expect.stringContaining('"everything" means nothing here.')]);
	});

	test.each(['abc', '99999'])('a PORT of %s is refused in a sentence', async (PORT) => {
		const { status, output } = await run('dev', [], { PORT });
		expect(status).toBe(1);
		expect(output).toContain(`PORT is "${PORT}", which is no port.`);
		expect(output).not.toMatch(/^\s+at /m);
	});

	test.each(['start', 'dev', 'preview'])('the help of %s names PORT, as the README does', async (script) => {
		expect((await run(script, ['--help'])).output).toContain('PORT=8080');
		expect(await readFile('README.md', 'utf8')).toContain('`PORT=8080 npm start`');
	});

	test('a content folder that is not there is named', async () => {
		const { status, output } = await run('build', [], { CONTENT_DIR: '/nowhere/content' });
		expect(status).toBe(1);
		expect(output).toContain('There is no content folder /nowhere/content. Make it, or correct CONTENT_DIR.');
	});

	test('start builds, says what it built, serves it, and ends when told to', async () => {
		await writeFilesTo(join(workshop.folder, 'import'), { redirects: '/old-story/ /2025/06/x/ ;\n' });
		const running = await start('start');
		try {
			expect((await fetch(new URL('/old-story/', running.url))).url).toBe(new URL('/2025/06/x/', running.url).href);
			expect(running.output()).toMatch(/Built 1 article, \d+ pages and \d+ feeds \(\d+\.\d+ MB\) in \d+\.\d s\./);
			expect(await read(running.url)).toContain('A published story');
			expect(await read(running.url)).not.toContain('A draft story');
			expect((await fetch(new URL('/nowhere/', running.url))).status).toBe(404);
		} finally {
			await stop(running);
		}
		const preview = await start('preview');
		try {
			expect(await read(preview.url, '/2025/06/x/')).toContain('A published story');
			const redirect = await fetch(new URL('/tags/china?a=b&c', preview.url), { redirect: 'manual' });
			expect([redirect.status, redirect.headers.get('location')]).toEqual([301, '/tags/china/?a=b&c']);
			for (const path of ['/nowhere', '/tags/china/nowhere/', '/%2e%2e%2fpackage.json', '/%', '//', '//tags/china'])
				expect((await fetch(new URL(preview.url).origin + path)).status, path).toBe(404);
		} finally {
			await stop(preview);
		}
	});

	test('a port that is chosen is used or said to be taken, and without a choice the next free one is used', async () => {
		const other = createServer().listen(0, '127.0.0.1');
		await once(other, 'listening');
		const address = other.address();
		const PORT = typeof address === 'object' && address ? String(address.port) : '';
		for (const script of ['preview', 'dev']) {
			const { status, output } = await run(script, [], { PORT });
			expect([status, output]).toEqual([1, expect.stringContaining(`Port ${PORT} is already in use`)]);
		}
		other.close();
		const [first, second] = [await start('preview', {}), await start('preview', {})];
		await Promise.all([stop(first), stop(second)]);
		expect(second.url).not.toBe(first.url);
	});

	test('dev shows drafts with a mark and notices, follows changes and names mistakes', async () => {
		const running = await start('dev');
		const file = join(workshop.folder, 'content/articles/2025/06/draft.md');
		try {
			const home = await read(running.url);
			expect(home).toContain('A draft story');
			expect(home).toContain('Draft: readers do not see this article');
			await writeFile(file, articleFile({ title: 'A changed draft', draft: 'true' }));
			expect(
				await until(
					() => read(running.url, '/2025/06/draft/'),
					(html) => html.includes('A changed draft'),
				),
			).toContain('<h1');
			await writeFile(
				file,
				articleFile({ title: 'Taken back', retracted: '{ at: 2025-06-20, reason: It was wrong. }' }),
			);
			expect(
				await until(
					() => read(running.url, '/2025/06/draft/'),
					(html) => html.includes('This article has been retracted'),
				),
			).not.toContain('Taken back');
			await writeFile(file, articleFile({ tags: '[CHNA]' }));
			const output = await until(
				() => Promise.resolve(running.output()),
				(text) => text.includes('CHNA'),
			);
			expect(output).toContain(
				'content/articles/2025/06/draft.md:7:8: tags: "CHNA" is not in content/tags.yaml. Did you mean "CHINA"?',
			);
			const missing = () => fetch(new URL('/2025/06/draft/', running.url)).then((response) => response.text());
			expect(await until(missing, (html) => html.includes('These mistakes'))).toContain(
				'content/articles/2025/06/draft.md:7:8',
			);
		} finally {
			await stop(running);
		}
	});
});

test('check:links ends with a status of its own where nothing can be checked, and names the files as JSON', async () => {
	const content = join(workshop.folder, 'linked');
	await writeFilesTo(content, {
		...newsroomFiles,
		// A name that no name service ever knows (RFC 6761).
		'articles/2025/06/x.md': articleFile({}, '[a](https://a.invalid/)'),
		'articles/2025/06/draft.md': articleFile({ draft: 'true' }, '[b](https://b.invalid/)'),
	});
	const { status, output } = await run('check:links', ['--json'], { CONTENT_DIR: content });
	expect(status).toBe(3);
	const files = ['linked/articles/2025/06/x.md'];
	expect(JSON.parse(output)).toEqual([
		expect.objectContaining({ url: 'https://a.invalid/', files, outcome: 'not checked' }),
	]);
});

test('export writes what readers can see into a new folder, and says what it left out', async () => {
	const as = (form: string) => join(workshop.folder, `../${basename(workshop.folder)}-${form}`);
	await writeFile(join(workshop.folder, 'content/articles/2025/06/draft.md'), articleFile({ draft: 'true' }));
	for (const form of ['markdown', 'json', 'wxr']) {
		const { status, output } = await run('export', [form, as(form)], { CLOCK: '2025-07-01T00:00:00Z' });
		expect([status, output]).toEqual([
			0,
			`Wrote 1 article, 3 pages, 0 comments and 0 pictures into ${as(form)}.\nLeft out: 1 draft (--drafts).\n`,
		]);
		expect((await run('export', [form, as(form)])).output).toContain('is not empty.');
		await rm(as(form), { recursive: true });
	}
	expect((await run('export', ['pdf', 'there'])).output).toContain('"pdf" is nothing that this command writes.');
	for (const part of ['content/out', 'public/out', 'dist/out'])
		expect((await run('export', ['json', part, '--drafts'])).output).toContain(`${part} is part of the paper`);
	expect((await run('export', ['json'])).output).toContain('npm run export -- json DIR');
});

test('next says what is due when, to people and to programs, and ends with a status of its own where nothing is', async () => {
	const content = join(workshop.folder, 'scheduled');
	await writeFilesTo(content, {
		...newsroomFiles,
		'articles/2025/06/x.md': articleFile({ updatedAt: '2025-07-02T09:30+06:00' }),
		'articles/2025/08/y.md': articleFile({ publishedAt: '2025-08-16' }),
	});
	const next = (CLOCK: string, ...options: string[]) => run('next', options, { CLOCK, CONTENT_DIR: content });
	const first = 'scheduled/articles/2025/06/x.md';
	const people = `On 2 July 2025, 08:30 (UTC+5), that is 2025-07-02T03:30:00Z, ${first} says that it was updated.\n`;
	expect(await next('2025-07-01T00:00:00Z')).toEqual({ status: 0, output: people });
	const { status, output } = await next('2025-07-02T03:30:00Z', '--json');
	const second = { at: '2025-08-15T19:00:00Z', file: 'scheduled/articles/2025/08/y.md', what: 'publication' };
	expect([status, JSON.parse(output)]).toEqual([0, second]);
	expect(await next('2025-08-15T19:00:00Z', '--json')).toEqual({ status: 3, output: 'null\n' });
	expect((await next('2025-08-15T19:00:00Z')).output).toMatch(/^Nothing is due: .* only the news sitemap /);
});

test('an old Node.js is told what is wrong', async () => {
	const program = `Object.defineProperty(process.versions, 'node', { value: '20.1.0' }); await import('./src/commands/check-node.mjs');`;
	const { code, stderr } = await new Promise<{ code: number; stderr: string }>((resolve) => {
		execFile(process.execPath, ['--input-type=module', '-e', program], (error, _, text) =>
			resolve({ code: Number(error?.code ?? 0), stderr: text }),
		);
	});
	expect(code).toBe(1);
	expect(stderr).toBe(
		'Meridian needs Node.js 26 or later, and this is 20.1.0. "npm ci" installs the right one for the commands of this project; start them as "npm run …" or "npm start".\n',
	);
});

test('continuous integration starts every command of the README that no test starts', async () => {
	const tested = [...commands, 'start-over', 'take-over'];
	const started = [await readFile('.ci/run', 'utf8'), scripts['test'], scripts['check:code']].join('\n');
	const readme = await readFile('README.md', 'utf8');
	const named = [...readme.matchAll(/npm run ([a-z:-]+)/g)].map(([, name]) => name ?? '');
	for (const name of named.filter((name) => !tested.includes(name)))
		expect(started).toMatch(new RegExp(`npm run ${name}(?![\\w:-])`));
});

test('the README names only commands that exist, and every command that people start', async () => {
	const readme = await readFile('README.md', 'utf8');
	const named = [...readme.matchAll(/npm run ([a-z:-]+)/g)].map(([, name]) => name ?? '');
	for (const name of named) expect(scripts, name).toHaveProperty([name]);
	for (const name of [
		'dev',
		'build',
		'preview',
		'tags',
		'next',
		'rollback',
		'check:edition',
		'check',
		'check:code',
		'new',
		'report',
		'format',
		'test:unit',
		'test:build',
		'test:browser',
	])
		expect(named).toContain(name);
	for (const command of ['npm ci\n', 'npm start\n', 'npm cit\n', 'npm test']) expect(readme).toContain(command);
});

test('the README begins with the list of its sections, in their order', async () => {
	const readme = await readFile('README.md', 'utf8');
	const listed = [...readme.matchAll(/^- \[(.+)\]\(#(.+)\)$/gm)].map(([, ...link]) => link);
	const sections = [...readme.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);
	expect(sections.length).toBeGreaterThan(10);
	expect(listed).toEqual(
		sections.map((heading) => [heading, heading.toLowerCase().replaceAll(',', '').replaceAll(' ', '-')]),
	);
});
