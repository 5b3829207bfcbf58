import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { byPlace, formatProblem } from '../domain/problems.ts';
import { applySplices, changedLines } from '../domain/splices.ts';
import { applyEdit, type VocabularyEdit } from '../domain/tag-edits.ts';
import type { Content } from './newsroom.ts';
import { spliceVocabulary } from './yaml-edit.ts';

const name = 'tags.yaml';

/** An edit of `tags.yaml` that was checked and can be written. */
export interface CheckedEdit {
	/** The lines that change, as {@link changedLines} tells them. */
	lines: string[];
	/** Puts the new file in the place of the old, in one step. */
	write: () => Promise<void>;
}

/**
 * Makes an edit of `tags.yaml` and checks with it everything that the newsroom has.
 * @param folder the content folder, which holds `content`
 * @param read reads the folder as it would be with these texts in the place of files
 * @throws Error where the content could not be published with the edit, or the file is written in a form that only people can edit
 */
export async function checkEdit(
	folder: string,
	content: Content,
	edit: VocabularyEdit,
	read: (instead: ReadonlyMap<string, string>) => Promise<Content>,
): Promise<CheckedEdit> {
	const file = join(folder, name);
	const text = await readFile(file, 'utf8');
	const splices = spliceVocabulary(text, edit);
	const edited = applySplices(text, splices);
	const { problems, tags } = await read(new Map([[name, edited]]));
	const refusal = 'Nothing was written, because the paper could not be published with this change:';
	if (problems.length > 0) throw new Error([refusal, ...problems.sort(byPlace).map(formatProblem)].join('\n'));
	if (!isDeepStrictEqual(tags, applyEdit(content.tags, edit)))
		throw new Error(`Nothing was written: ${name} has a form that this command cannot edit. Edit it by hand.`);
	return { lines: changedLines(text, splices), write: () => replaceFile(file, edited) };
}

async function replaceFile(file: string, text: string): Promise<void> {
	// Files with a dot before their name are no content.
	const draft = join(dirname(file), `.${name}-${process.pid}`);
	try {
		await writeFile(draft, text, { mode: (await stat(file)).mode });
		await rename(draft, file);
	} finally {
		await rm(draft, { force: true });
	}
}
