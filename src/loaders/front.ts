import { adviceFor } from '../domain/nearest.ts';
import type { Entry } from '../domain/newsroom.ts';
import type { Problem } from '../domain/problems.ts';
import { type FrontEntry, frontSchema } from '../schemas/front.ts';
import { type ContentFolder, readText } from './files.ts';
import { parseFields } from './fields.ts';
import { isEmptyYaml, readYaml } from './yaml.ts';

const path = 'front.yaml';
const form = 'Write its path in content/articles/ without .md, such as 2025/06/a-story';

/**
 * Reads and checks the editor's choice for the home page, a file that may be left out or empty.
 * @param articles the id of every article that has a file
 * @returns one entry or none
 */
export function readFront(
	folder: ContentFolder,
	articles: ReadonlySet<string>,
	problems: Problem[],
): Entry<FrontEntry>[] {
	const file = folder.fileOf(path);
	const text = folder.files.includes(path) ? readText(folder, path, problems) : undefined;
	if (text === undefined || isEmptyYaml(text)) return [];
	const yaml = readYaml(text, file, problems);
	const data = yaml && parseFields(frontSchema, yaml, file, problems);
	if (!data) return [];
	const chosen = [
		...(data.lead ? [{ field: 'lead', at: ['lead', 'article'], id: data.lead.article }] : []),
		...data.pins.map(({ article }, i) => ({ field: 'pins', at: ['pins', i, 'article'], id: article })),
	];
	const seen = new Set<string>();
	for (const { field, at, id } of chosen) {
		const report = (message: string) => void problems.push({ file, ...yaml.placeOf(at), field, message });
		if (seen.has(id)) report(`"${id}" is given twice. Keep one of them`);
		else if (!articles.has(id)) report(`"${id}" is no article. ${adviceFor(toId(id), articles, form)}`);
		seen.add(id);
	}
	return [{ id: 'front', file, data }];
}

/** Returns what of an article's address or of its file's path is its id. */
function toId(path: string): string {
	return path.replace(/^(?:\.?\/)?(?:content\/)?(?:articles\/)?|(?:\/index)?(?:\.md|\/)$/g, '');
}
