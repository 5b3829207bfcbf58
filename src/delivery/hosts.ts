import { existsSync, lstatSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as paths from '../domain/paths.ts';
import { readManifest } from '../edition/check/manifest.ts';
import { manifestName } from '../edition/check/scan.ts';
import { lasting } from '../server/served-edition.ts';
import { placeFiles, type Source } from './lay-out.ts';
import { redirectsOf, toFile } from './paper.ts';

/** How a host of static files takes rules for addresses that lead on, and how much it takes. */
interface Host {
	/** What stands behind a rule. Netlify prefers a file that is there, unless told otherwise. */
	status: string;
	/** True where a rule does not hold for its address without the last stroke. */
	isExact: boolean;
	/** Rules at most. */
	rules: number;
	/** Files at most, without paying for more. */
	files: number;
}

/** As their documentation says in 2026; Netlify names no number, and advises against more than ten thousand rules. */
export const hosts: Readonly<Record<string, Host>> = {
	netlify: { status: '301!', isExact: false, rules: 10_000, files: Infinity },
	cloudflare: { status: '301', isExact: true, rules: 2000, files: 20_000 },
};

/** The file in which hosts look for rules. */
const rulesName = '_redirects';
/** What hosts look for at the root, wherever the paper lives. */
const rootNames = ['_headers', '404.html', 'robots.txt'];

/** What became of an edition for a host. */
interface Hosted {
	files: number;
	rules: number;
	/** Sentences on what the host will not do. */
	warnings: string[];
}

/**
 * Copies an edition for a host of static files, with rules for the addresses that lead on behind those of the newsroom's
 * own `_redirects`: at first for those that have no pages, by which the others lead on where there is no room for them.
 * @param folder absolute path of a folder that is not there, or that has an earlier edition for a host and nothing else
 */
export async function prepareForHost(source: Source, folder: string, host: Host): Promise<Hosted> {
	await refuseOthers(folder);
	const own = await readFile(join(source.folder, rulesName), 'utf8').catch(() => '');
	const { lines, warnings } = rulesOf(source, host, own);
	const next = await mkdtemp(`${folder}.`);
	let files = 0;
	try {
		const home = join(next, paths.home());
		files = await placeFiles(source, home, false);
		// What lies there is the edition's own file, not a copy.
		await rm(join(home, rulesName), { force: true });
		await writeFile(join(next, rulesName), toFile([own.trimEnd(), ...lines].filter((line) => line !== '')));
		for (const name of rootNames)
			if (existsSync(join(home, name)) && !existsSync(join(next, name)))
				await copyFile(join(home, name), join(next, name));
		await rm(folder, { recursive: true, force: true });
		await rename(next, folder);
	} finally {
		await rm(next, { recursive: true, force: true });
	}
	if (files > host.files) warnings.push(`The edition has ${files} files; the host takes ${host.files} for nothing.`);
	return { files, rules: lines.length, warnings };
}

/** Returns as many rules as a host takes, and sentences on those that it does not. @param own the newsroom's */
function rulesOf(source: Source, host: Host, own: string): { lines: string[]; warnings: string[] } {
	const redirects = redirectsOf(source);
	const isWhole = ([from]: readonly [from: string, to: string]) => from.endsWith('/') || /\.\w+$/.test(from);
	const former = [...redirects.former].filter(([from]) => !from.includes('?'));
	const bare = host.isExact ? former.filter((redirect) => !isWhole(redirect)) : [];
	const withoutPages = [...former.filter(isWhole), ...bare];
	const all = [...withoutPages, ...[...redirects.own].filter(isWhole)];
	const taken = own.split('\n').filter((line) => /^\s*[^\s#]/.test(line)).length;
	const rules = all.slice(0, Math.max(0, host.rules - taken));
	const lost = Math.max(0, withoutPages.length - rules.length);
	const others = all.length - rules.length - lost;
	const warnings: string[] = [];
	const warn = (count: number, what: string) => {
		if (count > 0) warnings.push(`The host takes ${host.rules} rules: ${count} more addresses ${what}`);
	};
	warn(lost, 'of the former paper lead nowhere. Take those that matter least out of import/redirects.');
	warn(others, 'lead on by their pages alone.');
	return { lines: rules.map(([from, to]) => `${encodeURI(from)} ${to} ${host.status}`), warnings };
}

/** @throws Error where a folder holds anything but a copy for a host */
async function refuseOthers(folder: string): Promise<void> {
	const stats = lstatSync(folder, { throwIfNoEntry: false });
	if (!stats) return;
	const names = stats.isDirectory() ? await readdir(folder) : [];
	const manifest = await readManifest(join(folder, paths.home()));
	const copied = [manifestName, lasting, ...Object.keys(manifest?.files ?? {})].map((path) => paths.file(path));
	const own = new Set([rulesName, ...rootNames, ...copied.map((path) => path.split('/')[1])]);
	const rules = await readFile(join(folder, rulesName), 'utf8').catch(() => '');
	if (!manifest || !rules.startsWith(toFile([]).trimEnd()) || !names.every((name) => own.has(name)))
		throw new Error(`${folder} holds something that was not copied by this command. Choose another folder.`);
}
