import { byPlace, formatProblem, type Problem } from '../../src/domain/problems.ts';
import { readContent } from '../../src/loaders/newsroom.ts';
import { newsroomFiles, writeFiles } from './content.ts';
import { now } from './newsroom.ts';

/** Those of a production build. */
export const circumstances = { now, rules: '', publicFolder: 'public' };
const folderName = /\S*meridian-content-\w+\//g;

/** Returns what keeps a newsroom's content with these files from being published: lines in the order of their places. */
export async function problemsIn(files: Readonly<Record<string, string | Uint8Array>>): Promise<string[]> {
	return problemsOf(await writeFiles({ ...newsroomFiles, ...files }));
}

/** Returns what keeps the content of a folder from being published, without the folder's own name. */
export async function problemsOf(folder: string): Promise<string[]> {
	const { problems } = await readContent(folder, circumstances);
	return problems.sort(byPlace).map((problem) => formatProblem(problem).replace(folderName, ''));
}

/** Returns the same with texts in the place of files of the folder, unformatted. */
export async function problemsWith(folder: string, instead: ReadonlyMap<string, string>): Promise<Problem[]> {
	const { problems } = await readContent(folder, { ...circumstances, instead });
	return problems.sort(byPlace).map((problem) => ({ ...problem, file: problem.file.replace(folderName, '') }));
}
