import { execFile } from 'node:child_process';
import { appendFile, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { JSDOM } from 'jsdom';
import { check, resolveConfig } from 'prettier';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mustBuild, openWorkshop, type Workshop } from '../support/build.ts';
import { articleFile, writeFilesTo } from '../support/content.ts';
import { attributesOf, type Edition, only, readEdition, textsOf } from '../support/edition.ts';
import { brokenLinksOf, faultsOf } from '../support/page-rules.ts';

const execute = promisify(execFile);
const origin = 'https://vestnik.example';
const base = '/news/';
const ignored = 'node_modules\ndist\n.*-editions/\n.astro/\n.cache/\n.data/\n';

const ownColours = `{
	paper: ['#ffffff', '#101418'],
	paperShade: ['#eeeeee', '#1c2126'],
	ink: ['#111111', '#eeeeee'],
	inkSoft: ['#555555', '#aaaaaa'],
	rule: ['#cccccc', '#444444'],
	lapis: ['#8a1538', '#ff9db5'],
	saffron: ['#006a4e', '#5fd3a8'],
	sea: ['#dddddd', '#202020'],
	land: ['#fafafa', '#2a2a2a'],
	landFocus: ['#e0c0c8', '#4a2030'],
	border: ['#999999', '#666666'],
}`;

/** Fields of the publication that start-over does not ask for. */
const changes: readonly (readonly [from: string, to: string])[] = [
	["base: '/'", `base: '${base}'`],
	["'service' | 'letters'>('service')", "'service' | 'letters'>('letters')"],
	['colours = {}', `colours = ${ownColours}`],
];

/** What only the first newsroom has: its name, addresses, colours, people, places. */
const traces =
	/meridian(?!\/Natural)|Sophia|mykxlg|central[ -]asia|almaty|kazakhstan|fcfaf5|1e4a94|93b7f2|b86a00|171613|example\.org/i;

const own = {
	'articles/2025/06/x.md': articleFile(
		{
			title: 'Мост открыт',
			publishedAt: '2025-06-16T21:40+03:00',
			section: 'novosti',
			authors: '[newsroom]',
			tags: '[example]',
			corrections: '[{ at: 2025-06-18, text: Была неверная дата., was: 15 июня, is: 16 июня }]',
			lead: '{ map: { places: [{ name: Мост, at: [24.9, 60.2] }], caption: Где стоит мост. } }',
		},
		'Текст.\n\n> The bridge is open. {lang=en}\n\n```chart\ncaption: Движение\nunit: тысяч машин\nyear: 2024\nbars: [{ label: Мост, value: 1234.5 }]\nsource: { name: Служба }\n```\n',
	),
	'articles/2025/06/bridge.md': articleFile(
		{
			title: 'The Bridge Is Open',
			standfirst: 'At last.',
			publishedAt: '2025-06-17',
			section: 'novosti',
			authors: '[newsroom]',
			tags: '[example]',
			lang: 'en',
			translationOf: '2025/06/x',
			lead: '{ map: { places: [{ name: Bridge, at: [24.9, 60.2] }], caption: Where it stands. } }',
			corrections: '[{ at: 2025-06-18, text: A date was wrong., was: 15 June, is: 16 June }]',
		},
		[
			'Text.[^1]\n\n[^1]: A note.\n',
			'```chart\ncaption: Traffic\nunit: cars\nbars: [{ label: Bridge, value: 12, year: 2024 }]\nsource: { name: The Service }\n```\n',
			'```map\nplaces: [{ name: Bridge, at: [24.9, 60.2] }]\ncaption: Once more.\n```\n',
			'```timeline\ncaption: How it came.\nevents: [{ date: 2025-06, text: It opened. }]\n```\n',
		].join('\n'),
	),
	'articles/2025/06/kopir.md': articleFile(
		{
			title: 'Көпір ашылды',
			section: 'novosti',
			authors: '[newsroom]',
			tags: '[example]',
			lang: 'kk',
			translationOf: '2025/06/x',
			draft: 'true',
		},
		'Мәтін.\n',
	),
};

const answers = [
	'--yes',
	'--title=Степной вестник\n',
	'--language=ru',
	'--time-zone=Europe/Helsinki',
	`--origin=${origin}`,
	'--sections=Новости, Культура',
];

/** Returns what people see and hear in a part of a page, each with the language that is said of it. */
function wordsOf(part: Element): { words: string; lang: string | null | undefined }[] {
	return [part, ...part.querySelectorAll('*')].flatMap((element) => {
		const said = ['aria-label', 'alt', 'title'].map((name) => element.getAttribute(name) ?? '');
		const written = [...element.childNodes]
			.filter(({ nodeType }) => nodeType === 3)
			.map((node) => node.nodeValue ?? '');
		return [...said, ...written].map((words) => ({
			words: words.trim(),
			lang: element.closest('[lang]')?.getAttribute('lang'),
		}));
	});
}

let workshop: Workshop;
let edition: Edition;

/** Runs Git in the workshop, as somebody who has told it a name. */
async function git(...args: string[]): Promise<string> {
	const identity = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org', '-c', 'init.defaultBranch=main'];
	return (await execute('git', [...identity, ...args], { cwd: workshop.folder })).stdout.trim();
}

async function commit(message: string): Promise<void> {
	await git('add', '--all');
	await git('commit', '--quiet', '--message', message);
}

const startOver = (...options: string[]) => workshop.run('start-over', options, { CLOCK: '2025-06-16T22:00:00Z' });
const edit = async (file: string, change: (text: string) => string) => {
	const path = join(workshop.folder, file);
	await writeFile(path, change(await readFile(path, 'utf8')));
};

beforeAll(async () => {
	workshop = await openWorkshop('content');
	await writeFile(join(workshop.folder, '.gitignore'), ignored);
	process.env['GIT_CONFIG_GLOBAL'] = join(workshop.folder, '.data/gitconfig');
	await writeFilesTo(workshop.folder, {
		'.data/gitconfig': '[user]\n\tname = Ann\n\temail = ann@example.org\n',
	});
});
afterAll(async () => {
	delete process.env['GIT_CONFIG_GLOBAL'];
	await workshop.remove();
});

describe('starting over', () => {
	test('is refused outside of Git', async () => {
		const { status, output } = await startOver(...answers);
		expect([status, output]).toEqual([1, expect.stringContaining('is not in a Git repository')]);
		expect(await readdir(join(workshop.folder, 'content/articles'))).toEqual(['2023', '2024', '2025']);
	});

	test('is refused where something has changed that Git does not have', async () => {
		await git('init', '--quiet');
		await commit('Version 1');
		for (const file of ['content/articles/2025/06/mine.md', 'public/mine.png', 'content/tags.yaml', 'src/site.ts']) {
			const path = join(workshop.folder, file);
			await appendFile(path, '// Mine\n');
			const before = await readFile(path, 'utf8');
			const { status, output } = await startOver(...answers, '--remove-own');
			expect([status, output]).toEqual([1, expect.stringContaining(file)]);
			expect(await readFile(path, 'utf8')).toBe(before);
			await git('stash', '--include-untracked', '--quiet');
		}
	});

	test('is refused where content is not of the sample, unless told otherwise', async () => {
		await writeFile(join(workshop.folder, 'content/articles/2025/06/mine.md'), articleFile());
		await commit('Mine');
		const { status, output } = await startOver(...answers);
		expect([status, output]).toEqual([1, expect.stringContaining('content/articles/2025/06/mine.md')]);
		expect(await git('status', '--porcelain')).toBe('');
		expect((await startOver(...answers, '--remove-own')).status).toBe(0);
		await expect(readFile(join(workshop.folder, 'content/articles/2025/06/mine.md'))).rejects.toThrow('ENOENT');
		await git('reset', '--quiet', '--hard', 'HEAD~1');
		await git('clean', '--quiet', '-fd');
	});

	test.each(['http://192.0.2.7:8080', 'http://[2001:db8::7]', 'http://localhost:4321'])(
		'gives a paper at %s an address for mail that is to be replaced, as that host can have none',
		async (origin) => {
			const others = answers.filter((answer) => !answer.startsWith('--origin='));
			const { status, output } = await startOver(...others, `--origin=${origin}`);
			expect([status, output]).toEqual([0, expect.stringContaining('is yours')]);
			const source = await readFile(join(workshop.folder, 'src/site.ts'), 'utf8');
			expect(source).toContain(`origin: '${origin}'`);
			expect(source).toContain("editorEmail: 'editor@example.org'");
			expect((await workshop.run('check')).output).not.toContain('src/site.ts');
			await git('reset', '--quiet', '--hard');
			await git('clean', '--quiet', '-fd');
		},
	);

	test('is refused with answers that no paper can have, and without a title', async () => {
		for (const [option, message] of [
			['--time-zone=Mars', 'is not a time zone'],
			['--language=de', 'has no words'],
			['--title=', 'title: is empty'],
			['--title=A\nB', 'title: holds a line break'],
		] as const) {
			const others = answers.filter((answer) => !answer.startsWith(option.replace(/=.*/, '=')));
			const { status, output } = await startOver(...others, option);
			expect([status, output]).toEqual([1, expect.stringContaining(message)]);
		}
		expect((await startOver('--yes')).output).toContain('Give it as --title.');
		expect(await git('status', '--porcelain')).toBe('');
	});

	test('leaves what is ignored, and makes a newsroom that builds', async () => {
		await writeFile(join(workshop.folder, '.gitignore'), `${ignored}*.note\n`);
		await writeFile(join(workshop.folder, 'content/authors/my.note'), 'Mine');
		await commit('Ignore notes');
		await writeFilesTo(workshop.folder, { '.dist-editions/1-0/index.html': 'Of the sample' });
		await symlink('.dist-editions/1-0', workshop.dist);
		await git('remote', 'add', 'origin', 'https://git.example/program.git');
		const { status, output } = await startOver(...answers);
		expect([status, output]).toEqual([0, expect.stringContaining('content/articles/2025/06/example.md')]);
		expect(output).toContain('Git pushes to https://git.example/program.git.');
		expect((await readdir(workshop.folder)).filter((name) => name.includes('dist'))).toEqual([]);
		expect(await readFile(join(workshop.folder, 'content/authors/my.note'), 'utf8')).toBe('Mine');
		await rm(join(workshop.folder, 'content/authors/my.note'));
		const files = await readdir(join(workshop.folder, 'content'), { recursive: true, withFileTypes: true });
		expect(
			files
				.filter((file) => file.isFile())
				.map(({ name }) => name)
				.sort(),
		).toEqual([
			'about.md',
			'accessibility.md',
			'comment-rules.md',
			'example.md',
			'newsroom.yaml',
			'privacy.md',
			'sections.yaml',
			'tags.yaml',
		]);
		await commit('Start over');
		expect((await workshop.run('check')).status).toBe(0);
		const built = await workshop.build();
		// The terminal speaks English, whatever the paper speaks.
		expect([built.status, built.output]).toEqual([0, expect.stringContaining('Built 1 article, ')]);
		const paper = await readEdition(workshop.dist);
		const { document } = paper.page('/2025/06/example/');
		expect(textsOf(document, 'h1')).toEqual(['Пример статьи']);
		// It was 17 June in Helsinki already.
		expect(attributesOf(document, '.facts time', 'datetime')).toEqual(['2025-06-17']);
	});

	test('writes files as the formatter wants them', async () => {
		const content = await git('ls-files', '-z', '--', 'content');
		const written = [...content.split('\0').filter((file) => file !== ''), 'src/site.ts'];
		expect(written).toHaveLength(9);
		for (const file of written) {
			const options = { ...(await resolveConfig(file)), filepath: file };
			expect(await check(await readFile(join(workshop.folder, file), 'utf8'), options), file).toBe(true);
		}
	});

	test('draws icons of its own, in every size', async () => {
		const sizes = { 'icon-512.png': 512, 'icon-192.png': 192, 'apple-touch-icon.png': 180 };
		for (const [name, size] of Object.entries(sizes)) {
			const file = await readFile(join(workshop.folder, 'public', name));
			expect(file.equals(await readFile(join('public', name)))).toBe(false);
			const { width, height } = await sharp(file).metadata();
			expect([width, height]).toEqual([size, size]);
		}
		const ico = await readFile(join(workshop.folder, 'public/favicon.ico'));
		expect([ico.readUInt16LE(2), ico.readUInt32LE(18)]).toEqual([1, 22]);
		expect((await sharp(ico.subarray(22)).metadata()).width).toBe(32);
	});
});

describe('another newsroom', () => {
	beforeAll(async () => {
		await edit('src/site.ts', (source) =>
			changes.reduce((text, [from, to]) => {
				if (!text.includes(from)) throw new Error(`src/site.ts has no ${from}`);
				return text.replace(from, to);
			}, source),
		);
		await writeFilesTo(join(workshop.folder, 'content'), own);
		await writeFilesTo(workshop.folder, { 'public/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>' });
		await commit('Make it ours');
		await mustBuild(workshop);
		edition = await readEdition(workshop.dist, base);
	});

	test('has no trace of the first in any file that it publishes', async () => {
		expect(edition.files.length).toBeGreaterThan(60);
		for (const file of edition.files) {
			expect(file).not.toMatch(traces);
			const bytes = await readFile(join(workshop.dist, file));
			const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
			expect((isPacked ? gunzipSync(bytes) : bytes).toString(), file).not.toMatch(traces);
		}
	});

	test('is whole and sound, in its own language, time and colours', async () => {
		expect(edition.pages.flatMap(faultsOf)).toEqual([]);
		expect(brokenLinksOf(edition, origin, base)).toEqual([]);
		const { document, html } = edition.page(`${base}2025/06/x/`);
		expect(document.documentElement.lang).toBe('ru');
		expect(html).toContain('light-dark(#8a1538,#ff9db5)');
		expect(textsOf(document, '.masthead')).toEqual(['Степной вестник']);
		expect(textsOf(document, '.facts .row > span')).toEqual([
			'Опубликовано 16 июня 2025 г., 21:40 (UTC+3)',
			'Обновлено 18 июня 2025 г.',
			'Время чтения: 1 мин',
		]);
		expect(textsOf(document, 'tbody td').at(-1)).toBe('1 234,5');
		expect(textsOf(document, 'body > header nav a')).toEqual(['Новое', 'Разделы', 'Теги', 'Авторы', 'Об издании']);
		expect(textsOf(document, '#comments h2')).toEqual(['0 комментариев']);
		expect(textsOf(document, '#comments')[0]).toContain('editor@vestnik.example');
		expect(textsOf(edition.page(`${base}sections/novosti/`).document, '.facts p')[0]).toMatch(/^3 статьи, /);
		const manifest: unknown = JSON.parse(await edition.text('manifest.webmanifest'));
		expect(manifest).toMatchObject({ name: 'Степной вестник', lang: 'ru', background_color: '#ffffff' });
		expect(textsOf(await edition.xml('rss.xml'), 'channel > language')).toEqual(['ru']);
	});

	test('has versions of an article that lead to each other, but not to a draft', () => {
		const [original, translation] = ['x', 'bridge'].map((slug) => edition.page(`${base}2025/06/${slug}/`).document);
		if (!original || !translation) throw new Error('A page is missing.');
		for (const document of [original, translation])
			expect(
				[...document.querySelectorAll('link[hreflang]')]
					.map((link) => `${link.getAttribute('hreflang')} ${link.getAttribute('href')}`)
					.sort(),
			).toEqual([`en ${origin}${base}2025/06/bridge/`, `ru ${origin}${base}2025/06/x/`]);
		const line = (document: Document) => textsOf(document, '.facts > p:last-child');
		expect(line(original)).toEqual(['Другой язык (английский): The Bridge Is Open']);
		expect(line(translation)).toEqual(['Другой язык (русский): Мост открыт']);
		expect(only(translation, 'h1').getAttribute('lang')).toBe('en');
		expect(only(translation, '.prose').getAttribute('lang')).toBe('en');
		expect(only(original, 'h1').hasAttribute('lang')).toBe(false);
		expect(only(original, 'blockquote').getAttribute('lang')).toBe('en');
		expect(textsOf(original, '#related')).toEqual(['Статьи по теме']);
		expect(attributesOf(original, '[aria-labelledby=related] li > a', 'href')).toEqual([`${base}2025/06/example/`]);
	});

	test('has each of its words in the language that is named, inside an article in another language too', async () => {
		const { document } = edition.page(`${base}2025/06/bridge/`);
		const item = (await edition.xml('rss.xml')).getElementsByTagName('content:encoded')[0]?.textContent ?? '';
		for (const body of [document.body, new JSDOM(`<body lang="en">${item}`).window.document.body]) {
			const cyrillic = wordsOf(body).filter(({ words }) => /\p{Script=Cyrillic}/u.test(words));
			expect(cyrillic.length).toBeGreaterThan(7);
			expect(cyrillic.filter(({ lang }) => lang !== 'ru')).toEqual([]);
		}
		const latin = wordsOf(only(document, '.prose')).filter(({ words }) => /^[A-Z][a-z]/.test(words));
		expect(latin.length).toBeGreaterThan(7);
		expect(latin.filter(({ lang, words }) => lang !== 'en' && words !== 'Bridge')).toEqual([]);
	});

	test('has the language of each article in feeds and lists', async () => {
		const rss = await edition.xml('rss.xml');
		const language = (item: Element) => item.getAttributeNS('http://www.w3.org/XML/1998/namespace', 'lang');
		expect([...rss.querySelectorAll('item')].map(language)).toEqual(['en', null, null]);
		const json: unknown = JSON.parse(await edition.text('feed.json'));
		expect(json).toMatchObject({ language: 'ru', items: [{ language: 'en' }, {}, {}] });
		const { document } = edition.page(`${base}sections/novosti/`);
		expect(attributesOf(document, 'main article h2', 'lang')).toEqual(['en', '', '']);
	});

	test('follows a translation that is published, in the article that it translates', async () => {
		await edit('content/articles/2025/06/kopir.md', (text) => text.replace('draft: true', 'draft: false'));
		await mustBuild(workshop);
		const after = await readEdition(workshop.dist, base);
		expect(attributesOf(after.page(`${base}2025/06/bridge/`).document, 'link[hreflang]', 'hreflang').sort()).toEqual([
			'en',
			'kk',
			'ru',
		]);
		await git('checkout', '--quiet', '--', 'content');
	});

	test('says where flaws of its security are reported, until a day that does not change with every build', async () => {
		expect(await edition.text('.well-known/security.txt')).toBe(
			`Contact: mailto:editor@vestnik.example\nExpires: 2026-07-01T00:00:00.000Z\nPreferred-Languages: ru\nCanonical: ${origin}${base}.well-known/security.txt\n`,
		);
	});
});

describe('a later version of the program', () => {
	const changeProgram = (text: string) => text.replace('{site.title}.', '{site.title} –');

	test('is taken over without touching what the newsroom owns', async () => {
		await git('checkout', '--quiet', '-b', 'upstream', 'HEAD~2');
		expect(await git('log', '-1', '--format=%s')).toBe('Ignore notes');
		await edit('content/articles/2024/12/railway-work-starts.md', (text) => `${text}\nMore.\n`);
		await edit('content/pages/privacy.md', (text) => text.replace('Meridian', 'this paper'));
		await edit('src/site.ts', (text) => text.replace("title: 'Meridian'", "title: 'Meridian Two'"));
		await edit('src/components/SiteFooter.astro', changeProgram);
		await rm(join(workshop.folder, 'content/articles/2025/06/kazakhstan-nuclear-plants.md'));
		await writeFilesTo(workshop.folder, {
			'content/articles/2025/06/new-sample.md': articleFile(),
			'public/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
			'public/new.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
		});
		await commit('Version 2');
		await git('checkout', '--quiet', 'main');
		const before = await git('rev-parse', 'HEAD');
		const { status, output } = await workshop.run('take-over', ['upstream']);
		expect([status, output]).toEqual([0, expect.stringContaining('upstream is taken over')]);
		expect(await git('diff', '--name-only', before)).toBe('src/components/SiteFooter.astro');
		expect(await git('status', '--porcelain')).toBe('');
		expect(await git('rev-list', '--count', 'HEAD..upstream')).toBe('0');
		expect((await workshop.run('take-over', ['upstream'])).output).toContain('is here already');
		await mustBuild(workshop);
		expect(await readFile(join(workshop.dist, 'index.html'), 'utf8')).toContain('Степной вестник –');
	});

	test('has the usual colours where the newsroom is older than colours of its own', async () => {
		await edit('src/site.ts', (source) => source.slice(0, source.indexOf('/**\n * The colours')));
		expect(await readFile(join(workshop.folder, 'src/site.ts'), 'utf8')).not.toContain('colours');
		await commit('Be older');
		await git('checkout', '--quiet', 'upstream');
		await edit('src/components/SiteHeader.astro', (text) => `${text}\n`);
		await commit('Version 3');
		await git('checkout', '--quiet', 'main');
		const { status, output } = await workshop.run('take-over', ['upstream']);
		expect([status, output]).toEqual([0, expect.stringContaining('upstream is taken over')]);
		expect((await workshop.run('check')).output).not.toContain('colours');
		await mustBuild(workshop);
		expect(await readFile(join(workshop.dist, 'index.html'), 'utf8')).toContain('light-dark(#1e4a94,#93b7f2)');
	});

	test('is refused, and nothing changed, where the newsroom changed the program in the same place', async () => {
		await edit('src/components/SiteFooter.astro', (text) => text.replace('{site.title} –', '{site.title} |'));
		await commit('Our own footer');
		await git('checkout', '--quiet', 'upstream');
		await edit('src/components/SiteFooter.astro', (text) => text.replace('{site.title} –', '{site.title}:'));
		await commit('Version 4');
		await git('checkout', '--quiet', 'main');
		const before = await git('rev-parse', 'HEAD');
		const { status, output } = await workshop.run('take-over', ['upstream']);
		expect([status, output]).toEqual([1, expect.stringContaining('src/components/SiteFooter.astro')]);
		expect([await git('rev-parse', 'HEAD'), await git('status', '--porcelain')]).toEqual([before, '']);
	});

	test('is refused where it is unknown, or something is not committed', async () => {
		expect((await workshop.run('take-over', ['nowhere'])).output).toContain('knows no version "nowhere"');
		expect((await workshop.run('take-over', ['--upload-pack=x'])).status).toBe(1);
		await edit('src/site.ts', (text) => `${text}\n`);
		expect((await workshop.run('take-over', ['upstream'])).output).toContain('Commit them first');
	});
});
