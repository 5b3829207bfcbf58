import type { z } from 'astro/zod';
import type { Problem } from '../domain/problems.ts';
import { splitFrontMatter } from '../markdown/front-matter.ts';
import { type FigureBlock, type InternalLink, readText } from '../markdown/text.ts';
import { parseFields } from './fields.ts';
import { readYaml, type Yaml } from './yaml.ts';

/** What was read of a markdown file. */
export interface ReadMarkdown<T> {
	/** The front matter as it is written; nothing where it is no YAML. */
	yaml: Yaml | undefined;
	/** The front matter as the schema reads it; nothing where it has faults. */
	data: T | undefined;
	/** False where something keeps the file from being published. */
	isSound: boolean;
	internalLinks: InternalLink[];
	figureBlocks: FigureBlock[];
}

/**
 * Reads front matter and text of a markdown file, and tells what keeps them from being published.
 * @returns nothing where there is no front matter
 */
export function readMarkdown<T>(
	text: string,
	file: string,
	schema: z.ZodType<T>,
	problems: Problem[],
): ReadMarkdown<T> | undefined {
	const parts = splitFrontMatter(text);
	if (!parts) {
		const message = text.startsWith('---\n')
			? 'has front matter without an end. Write a line --- below its fields'
			: 'has no front matter. Begin the file with a line ---, the fields, and another line ---';
		problems.push({ file, line: 1, column: 1, message });
		return undefined;
	}
	const inFile = <P extends { line: number }>(place: P): P => ({ ...place, line: place.line + parts.bodyOffset });
	const yaml = readYaml(parts.frontMatter, file, problems, 1);
	const data = yaml && parseFields(schema, yaml, file, problems);
	const { findings, internalLinks, figureBlocks } = readText(parts.body);
	for (const { message, ...place } of findings)
		problems.push({ file, ...inFile(place), message: `The text holds ${message}` });
	return {
		yaml,
		data,
		isSound: data !== undefined && findings.length === 0,
		internalLinks: internalLinks.map(inFile),
		figureBlocks: figureBlocks.map(inFile),
	};
}
