import type { Problem } from '../domain/problems.ts';
import { ContentError } from '../domain/problems.ts';
import { type Moderation, moderationSchema } from '../schemas/moderation.ts';
import { type ContentFolder, defaultComments, openContentFolder, readText } from './files.ts';
import { parseFields } from './fields.ts';
import { isEmptyYaml, readYaml } from './yaml.ts';

const path = 'moderation.yaml';

/** Reads and checks what the newsroom does against spam, a file that may be left out or empty. */
export function readModeration(folder: ContentFolder, problems: Problem[]): Moderation {
	const file = folder.fileOf(path);
	const text = folder.files.includes(path) ? readText(folder, path, problems) : undefined;
	const yaml = text === undefined || isEmptyYaml(text) ? undefined : readYaml(text, file, problems);
	return (yaml && parseFields(moderationSchema, yaml, file, problems)) ?? moderationSchema.parse({});
}

/** Reads what the newsroom does against spam. @param content its folder @throws ContentError where it is not sound */
export async function loadModeration(content: string): Promise<Moderation> {
	const problems: Problem[] = [];
	const moderation = readModeration(await openContentFolder(content, defaultComments(content)), problems);
	if (problems.length > 0) throw new ContentError(problems);
	return moderation;
}
