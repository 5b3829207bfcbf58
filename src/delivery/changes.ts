import { type Manifest, retractedIn } from '../edition/check/manifest.ts';
import { mediaTypeOf } from '../edition/media-types.ts';
import { lasting } from '../server/served-edition.ts';

/** Paths of what a copy of an edition lacks, relative to it, in the order in which it should get them. */
export interface Changes {
	/** What is new and no page: nothing in the copy leads there yet. */
	files: string[];
	/** Pages that are new: all that they need is there before them. */
	pages: string[];
	/** What takes the place of something else. */
	changed: string[];
	/** What is gone. */
	removed: string[];
	/** What stays though the edition does not have it. */
	kept: string[];
}

/**
 * Finds what is to be sent to a copy of an edition to make it the next. What lies in `_astro/` stays there for pages that
 * readers have open, but for pictures that may be of an article which was retracted.
 * @param former the edition that the copy was last known to be; nothing where it is none yet
 * @param uncertain paths of files that were being sent since, and may have arrived or not
 * @param kept what has stayed there of editions before
 */
export function changesBetween(
	former: Manifest | undefined,
	next: Manifest,
	uncertain: ReadonlySet<string> = new Set(),
	kept: ReadonlySet<string> = new Set(),
): Changes {
	const before = new Map(Object.entries(former?.files ?? {}));
	const isThere = (path: string) => Object.hasOwn(next.files, path);
	const added = Object.keys(next.files).filter((path) => !before.has(path));
	const mayStay = former === undefined || retractedIn(former, next.retracted).length === 0;
	const stays = (path: string) => path.startsWith(lasting) && (mayStay || !mediaTypeOf(path).startsWith('image/'));
	const gone = [...new Set([...before.keys(), ...uncertain, ...kept])].filter((path) => !isThere(path));
	return {
		files: added.filter((path) => !isPage(path)),
		pages: added.filter(isPage),
		changed: [...before].flatMap(([path, hash]) =>
			isThere(path) && (hash !== next.files[path] || uncertain.has(path)) ? [path] : [],
		),
		removed: gone.filter((path) => !stays(path)),
		kept: gone.filter(stays),
	};
}

function isPage(path: string): boolean {
	return path.endsWith('.html');
}
