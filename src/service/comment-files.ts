import { readdir } from 'node:fs/promises';
import { isId } from '../schemas/text.ts';

/** Tells whether a path below the comments' folder is that of a comment: `<year>/<month>/<slug>/<id>.yaml`. */
export function isCommentFile(path: string): boolean {
	const [, slug = '', id = ''] = /^\d{4}\/\d{2}\/([^/]+)\/([^/]+)\.yaml$/.exec(path) ?? [];
	return isId(slug) && isId(id);
}

/** Returns the paths of all comments below the folder, as {@link isCommentFile} has them, in order; none where it is not there. */
export async function listCommentFiles(folder: string): Promise<string[]> {
	try {
		const paths = await readdir(folder, { recursive: true });
		return paths
			.map((path) => path.replaceAll('\\', '/'))
			.filter(isCommentFile)
			.sort();
	} catch (error) {
		if (isMissing(error)) return [];
		throw error;
	}
}

/** Tells whether an error says that a file or a folder is not there. */
export function isMissing(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
