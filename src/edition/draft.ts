import { hash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'astro';
import { draftHeaders } from '../domain/headers.ts';
import { withBase, withoutBase } from '../domain/paths.ts';
import { draftChannel, planChannel, readClock } from '../environment.ts';
import { site } from '../site.ts';
import { refuseComplaints } from './complaints.ts';
import { takeLock } from './lock.ts';
import { isQuestion } from './plan.ts';

/** Where drafts are shown that somebody has built, in the project's folder: each in a folder of its own. */
const showroom = '.drafts';

/** Of a name that nobody can guess, in bytes. */
const secretLength = 16;

/** A draft that was built to be shown. */
export interface ShownDraft {
	/** Holds the other folder and nothing else but headers: it can be served as a site. */
	folder: string;
	/** The name of the folder with the page, 128 random bits in hexadecimal. */
	name: string;
}

/**
 * Builds the page of one article that is not published, and nothing else, into a folder with a name that nobody can
 * guess, which it keeps when it is built again. No edition and no other page knows of it, and it asks not to be indexed.
 * @param id `2025/06/<slug>`
 * @param onWait is called with the process id of another build that is waited for
 * @throws ContentError where the content cannot be published as it is
 * @throws Error where the article is published
 */
export async function buildDraft(id: string, onWait: (holder: number) => void): Promise<ShownDraft> {
	const root = process.cwd();
	const cache = join(root, '.cache');
	await mkdir(cache, { recursive: true });
	const release = await takeLock(cache, onWait);
	const making = join(cache, 'draft');
	const clock = process.env['CLOCK'];
	process.env['CLOCK'] = new Date(readClock()).toISOString();
	const stop = showAlone(id);
	try {
		await rm(making, { recursive: true, force: true });
		await refuseComplaints(() => build({ root, outDir: making, logLevel: 'warn' }));
		return await keepPage(id, making, join(root, showroom));
	} finally {
		stop();
		if (clock === undefined) Reflect.deleteProperty(process.env, 'CLOCK');
		else process.env['CLOCK'] = clock;
		await rm(making, { recursive: true, force: true });
		release();
	}
}

/**
 * Removes what was built of a draft, also where its file is there no more.
 * @param slug its slug, or its id
 * @throws Error where nothing was built of it, or several drafts have that slug: nothing is removed then
 */
export async function removeDraft(slug: string): Promise<void> {
	const folder = join(process.cwd(), showroom);
	const names = existsSync(folder) ? await readdir(folder) : [];
	const ids = names.map((name) => name.replace(/^(\d{4})-(\d{2})-/, '$1/$2/')).sort();
	const [id, ...others] = ids.filter((id) => id === slug || id.slice('2025/06/'.length) === slug);
	if (id === undefined) throw new Error(`Nothing was built of "${slug}", so nothing was removed.`);
	if (others.length > 0) throw new Error(`Several drafts are called so. Write one: ${[id, ...others].join(', ')}`);
	await rm(join(folder, toFolder(id)), { recursive: true });
}

/** Returns the name that the folder of a draft has. @param id `2025/06/<slug>` */
const toFolder = (id: string) => id.replaceAll('/', '-');

/** Has the article shown, and only its page made of the pages that are made one by one, until the returned is called. */
function showAlone(id: string): () => void {
	const show = (question: unknown) => {
		if (typeof question === 'object' && question !== null) Object.assign(question, { id });
	};
	const plan = (question: unknown) => {
		if (!isQuestion(question)) return;
		for (const { file } of question.files) if (file !== `${id}/index.html`) question.unchanged.add(file);
	};
	draftChannel.subscribe(show);
	planChannel.subscribe(plan);
	return () => {
		draftChannel.unsubscribe(show);
		planChannel.unsubscribe(plan);
	};
}

/** Puts a page that was built, and what it needs, at its place. @throws Error where readers may see it anyway */
async function keepPage(id: string, built: string, showroom: string): Promise<ShownDraft> {
	const file = join(built, id, 'index.html');
	if (!existsSync(file)) throw new Error(`${id} is no article. Write the slug of a draft.`);
	const html = await readFile(file, 'utf8');
	if (!html.includes('<meta name="robots" content="noindex">'))
		throw new Error(`${id} is published: show its own page.`);
	const folder = join(showroom, toFolder(id));
	await mkdir(folder, { recursive: true });
	const name =
		(await readdir(folder)).find((entry) => /^[\da-f]{32}$/.test(entry)) ?? randomBytes(secretLength).toString('hex');
	const page = join(built, 'page');
	for (const asset of new Set(html.match(assetAddress))) {
		const path = withoutBase(asset).slice(1);
		await mkdir(dirname(join(page, path)), { recursive: true });
		await cp(join(built, path), join(page, path));
	}
	await writeFile(join(page, 'index.html'), toLonePage(html));
	await rm(join(folder, name), { recursive: true, force: true });
	await rename(page, join(folder, name));
	await writeFile(join(folder, '_headers'), toHeaders(`/${name}/*`));
	return { folder, name };
}

const assetAddress = new RegExp(`(?<=["'(\\s,])${RegExp.escape(withBase('/_astro/'))}[^"')\\s,]+`, 'g');

/** Returns a page that can stand at any address: what it loads stands beside it, and its links lead to the paper's own. */
function toLonePage(html: string): string {
	const [, css = ''] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
	const toRelative = (text: string) => text.replace(assetAddress, (address) => withoutBase(address).slice(1));
	return toRelative(html)
		.replace(digestOfStyle(css), digestOfStyle(toRelative(css)))
		.replace('<meta name="robots"', '<meta name="referrer" content="no-referrer">$&')
		.replace(/(?<=\s(?:href|action)=")(?=\/)/g, site.origin);
}

const digestOfStyle = (css: string) => hash('sha256', css, 'base64');

function toHeaders(pattern: string): string {
	const lines = Object.entries(draftHeaders).map(([name, value]) => `  ${name}: ${value}`);
	return `${[pattern, ...lines].join('\n')}\n`;
}
