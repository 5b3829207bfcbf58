import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { editionsBeside, mostLinks } from '../edition/store.ts';
import { newsroomFolders, readClock } from '../environment.ts';
import { type Moment, toMoment } from '../schemas/moment.ts';
import { site } from '../site.ts';

/** The paper as it was, and where it is to be made. */
export interface Reconstruction {
	at: Moment;
	/** Absolute path, outside of everything that is published or is the newsroom's. */
	folder: string;
}

const example = 'npm run build -- --at 2025-06-16T12:00+05:00 --out ../as-it-was';

/**
 * Reads what the options `at` and `out` ask for; nothing where there is neither.
 * @param published the folder of the paper itself
 * @throws Error where one of the two is missing or cannot be
 */
export function readReconstruction(
	options: ReadonlyMap<string, string>,
	published: string,
): Reconstruction | undefined {
	const [time, out] = [options.get('at'), options.get('out')];
	if (time === undefined && out === undefined) return undefined;
	if (time === undefined || out === undefined || out === '')
		throw new Error(`--at and --out go together, with a time and a folder: ${example}`);
	const at = toMoment(time, site.timeZone);
	if (!at) throw new Error(`--at is "${time}", which is no day or time. Write 2025-06-16, or 2025-06-16T12:00+05:00.`);
	if (at.instant > readClock()) throw new Error(`--at is ${at.iso}, which is still to come. Choose a time before now.`);
	const folder = resolve(out);
	for (const taken of [published, editionsBeside(published), ...newsroomFolders(), process.cwd()])
		if (isWithin(folder, taken) || isWithin(followLinks(folder), followLinks(taken)))
			throw new Error(`--out is ${folder}, which is in ${taken}. Choose a folder outside of the project: ${example}`);
	if (existsSync(join(folder, 'sitemap-index.xml')))
		throw new Error(`--out is ${folder}, which holds the paper itself. Choose another folder: ${example}`);
	return { at, folder };
}

function isWithin(path: string, folder: string): boolean {
	const way = relative(folder, path);
	return way !== '..' && !way.startsWith(`..${sep}`);
}

/** Returns the path without symbolic links, also where nothing is there yet. @throws Error where links lead in a circle */
function followLinks(path: string, links = 0): string {
	if (links > mostLinks) throw new Error(`${path} is a link that leads back to itself. Remove it.`);
	const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
	if (isLink) return followLinks(resolve(dirname(path), readlinkSync(path)), links + 1);
	return dirname(path) === path ? path : join(followLinks(dirname(path), links), basename(path));
}
