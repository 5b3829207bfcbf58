import { byPlace, formatProblem } from '../../src/domain/problems.ts';
import { readContent } from '../../src/loaders/newsroom.ts';
import { newsroomFiles, writeFiles } from './content.ts';
import { now } from './newsroom.ts';

/** Returns what keeps a newsroom's content with these files from being published: lines in the order of their places. */
export async function problemsIn(
	files: Readonly<Record<string, string | Uint8Array>>,
	showUnpublished = false,
): Promise<string[]> {
	return problemsOf(await writeFiles({ ...newsroomFiles, ...files }), showUnpublished);
}

/** Returns what keeps the content of a folder from being published, without the folder's own name. */
export async function problemsOf(folder: string, showUnpublished = false): Promise<string[]> {
	const former = new Map();
	const { problems } = await readContent(folder, { now, showUnpublished, rules: '', former, publicFolder: 'public' });
	return problems.sort(byPlace).map((problem) => formatProblem(problem).replace(/\S*meridian-content-\w+\//g, ''));
}
