import { lstatSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { manifestName } from '../edition/check/scan.ts';
import { placeFiles, type Source } from './lay-out.ts';
import { redirectsOf } from './paper.ts';

/** How a host of static files takes rules for addresses that lead on, and how much it takes. */
interface Host {
	/** What stands behind a rule. Netlify prefers a file that is there, unless told otherwise. */
	status: string;
	/** Rules at most. */
	rules: number;
	/** Files at most, without paying for more. */
	files: number;
}

/** As their documentation says in 2026; Netlify names no number, and advises against more than ten thousand rules. */
export const hosts: Readonly<Record<string, Host>> = {
	netlify: { status: '301!', rules: 10_000, files: Infinity },
	cloudflare: { status: '301', rules: 2000, files: 20_000 },
};

/** The file in which hosts look for rules. */
const rulesName = '_redirects';

/** What became of an edition for a host. */
interface Hosted {
	files: number;
	rules: number;
	/** Sentences on what the host will not do. */
	warnings: string[];
}

/**
 * Copies an edition for a host of static files, with rules for the addresses that lead on behind those of the newsroom's
 * own `_redirects`. Addresses for which there is no room lead on by their pages, as everywhere.
 * @param folder absolute path of a folder that is not there, or that has an earlier edition for a host
 */
export async function prepareForHost(source: Source, folder: string, host: Host): Promise<Hosted> {
	await refuseOthers(folder);
	const own = await readFile(join(source.folder, rulesName), 'utf8').catch(() => '');
	const taken = own.split('\n').filter((line) => /^\s*[^\s#]/.test(line)).length;
	const all = [...redirectsOf(source)].filter(([from]) => from.endsWith('/') || /\.\w+$/.test(from));
	const rules = all.slice(0, Math.max(0, host.rules - taken));
	const lines = [own.trimEnd(), ...rules.map(([from, to]) => `${encodeURI(from)} ${to} ${host.status}`)];
	const next = await mkdtemp(`${folder}.`);
	let files = 0;
	try {
		files = await placeFiles(source, next, false);
		// What lies there is the edition's own file, not a copy.
		await rm(join(next, rulesName), { force: true });
		await writeFile(join(next, rulesName), `${lines.filter((line) => line !== '').join('\n')}\n`);
		await rm(folder, { recursive: true, force: true });
		await rename(next, folder);
	} finally {
		await rm(next, { recursive: true, force: true });
	}
	const warnings: string[] = [];
	if (rules.length < all.length)
		warnings.push(
			`The host takes ${host.rules} rules: ${all.length - rules.length} more addresses lead on by their pages alone.`,
		);
	if (files > host.files) warnings.push(`The edition has ${files} files; the host takes ${host.files} for nothing.`);
	return { files, rules: rules.length, warnings };
}

/** @throws Error where a folder holds what is no copy for a host */
async function refuseOthers(folder: string): Promise<void> {
	const stats = lstatSync(folder, { throwIfNoEntry: false });
	if (!stats) return;
	const names = stats.isDirectory() ? await readdir(folder) : [];
	if (![manifestName, rulesName].every((name) => names.includes(name)))
		throw new Error(`${folder} holds something that was not copied by this command. Choose another folder.`);
}
