import { createHash, hash } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';

/**
 * Returns the moment for which the paper is made, in milliseconds since 1970: `CLOCK`, an ISO 8601 time, or the real
 * time. Nothing else that the paper follows from reads the real clock.
 * @throws Error where `CLOCK` is no time
 */
export function readClock(): number {
	const clock = process.env['CLOCK'];
	if (clock === undefined || clock === '') return Date.now();
	try {
		return Temporal.Instant.from(clock).epochMilliseconds;
	} catch {
		throw new Error(`CLOCK is "${clock}", which is not a time. Write it as 2025-06-16T12:00:00Z.`);
	}
}

/**
 * Returns the present, in milliseconds since 1970: the clock, but where the paper is made as it was at an earlier moment,
 * the moment at which that is done (`PRESENT`, which a build sets itself).
 */
export function readPresent(): number {
	return Math.max(readClock(), Date.parse(process.env['PRESENT'] ?? '') || 0);
}

/** What a route asks: which of its files follow from the same as in the former edition. */
export interface Question {
	/** Each relative to the edition, with the digest of everything that it follows from beside the program. */
	files: readonly { file: string; inputs: string }[];
	/** Whoever answers puts in here the files that need not be made. */
	unchanged: Set<string>;
}

/** On it routes ask a build their {@link Question}s, and it is told until when the paper `holdsUntil` the clock changes it. */
export const planChannel = channel('meridian:plan');

/** On it routes hand a build what the search index of a month is made of: `{ month, records }`, these as JSON in UTF-8. */
export const recordsChannel = channel('meridian:records');

/** On it loaders and pages ask whether one article is shown that readers must not see: no variable can say so. */
export const draftChannel = channel('meridian:draft');

/** Returns the id of the one article that is shown though it is not published; nothing in whatever is published. */
export function shownDraft(): string | undefined {
	const question: { id?: string } = {};
	draftChannel.publish(question);
	return question.id;
}

/** On it stands how far the work is. Astro bundles some modules for itself: a channel is one for all. */
export const progressChannel = channel('meridian:progress');

/** Tells whoever wants to know how much of the present step is done, and what has been done last. */
export function tellProgress(done: number, total: number, what: string): void {
	progressChannel.publish({ done, total, what });
}

/** Returns a digest of a text: equal texts, equal digest. */
export function digestOfText(text: string): string {
	return hash('sha256', text, 'base64url');
}

/** Returns the absolute path of the newsroom's content: `CONTENT_DIR`, by default `content`. */
export function contentFolder(): string {
	return resolve(process.env['CONTENT_DIR'] ?? 'content');
}

/** Returns the absolute path of the approved comments: `COMMENTS_DIR`, by default `comments` in the content folder. */
export function commentsFolder(): string {
	return resolve(process.env['COMMENTS_DIR'] ?? join(contentFolder(), 'comments'));
}

/** Returns the folders that hold everything the newsroom writes: the content folder, and the comments' if that is elsewhere. */
export function newsroomFolders(): string[] {
	const [content, comments] = [contentFolder(), commentsFolder()];
	return comments.startsWith(content + sep) ? [content] : [content, comments];
}

/**
 * Returns a digest of the program's code and data, of the packages that it uses and of what runs it: what follows from
 * them can be kept until they change.
 * @param root the folder of the project
 * @param parts files and folders in `src/` that matter; without them all do, with templates, styles and configuration
 */
export async function digestOfProgram(root: string, parts?: readonly string[]): Promise<string> {
	const source = join(root, 'src');
	const isWanted = (path: string) =>
		parts
			? /\.(?:ts|json)$/.test(path) && parts.some((part) => path === part || path.startsWith(`${part}/`))
			: /\.\w+$/.test(path);
	const paths = (await readdir(source, { recursive: true }))
		.map((path) => path.replaceAll('\\', '/'))
		.filter(isWanted)
		.sort();
	const files = [
		...paths.map((path) => join(source, path)),
		join(root, 'package-lock.json'),
		...(parts ? [] : [join(root, 'astro.config.mjs')]),
	];
	const { versions, arch } = process;
	const digest = createHash('sha256').update(JSON.stringify([paths, versions, arch]));
	for (const text of await Promise.all(files.map((file) => readFile(file))))
		digest.update(`${text.length}:`).update(text);
	return digest.digest('base64url');
}
