import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ArticlePlan } from '../domain/new-article.ts';
import { reservedSlugs } from '../domain/paths.ts';
import { ContentError, type Problem } from '../domain/problems.ts';
import { toSlug } from '../domain/slugs.ts';
import { articleSchema, unwritten } from '../schemas/article.ts';
import { isId } from '../schemas/text.ts';
import { readMarkdown } from './markdown.ts';
import type { Content } from './newsroom.ts';
import { toScalar } from './yaml-edit.ts';

/**
 * Writes the file of a new draft, dated to the minute in the newsroom's time zone, at its place in the content folder. What
 * is there is never written over.
 * @param folder the content folder, which holds `content`
 * @param now in milliseconds since 1970
 * @returns the path of the file in the content folder
 * @throws Error where its address is taken or needed for something else
 * @throws ContentError where its headline cannot be published
 */
export async function writeNewArticle(
	folder: string,
	content: Content,
	plan: ArticlePlan,
	now: number,
	timeZone: string,
): Promise<string> {
	const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
	const time = local.toString({ smallestUnit: 'minute', timeZoneName: 'never' });
	const id = `${time.slice(0, 7).replace('-', '/')}/${plan.slug ?? toSlug(plan.title)}`;
	refuseTaken(id, folder, content);
	const path = `articles/${id}.md`;
	const text = toFile(plan, time, content);
	const problems: Problem[] = [];
	readMarkdown(text, path, articleSchema, problems);
	if (problems.length > 0) throw new ContentError(problems);
	const file = join(folder, path);
	await mkdir(dirname(file), { recursive: true });
	try {
		await writeFile(file, text, { flag: 'wx' });
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw taken(id, `${path} is there`);
		throw error;
	}
	return path;
}

function refuseTaken(id: string, folder: string, { articles }: Content): void {
	const slug = id.slice(8);
	if (!isId(slug)) {
		const fault = slug === '' ? 'The headline has no letter and no digit for an address' : `"${slug}" is no address`;
		throw new Error(`${fault}. Give one of lower-case letters a to z, digits and single hyphens: --slug a-story`);
	}
	if (reservedSlugs.has(slug)) throw taken(id, `"${slug}" is an address that the paper needs itself`);
	for (const path of [`articles/${id}.md`, `articles/${id}`])
		if (existsSync(join(folder, path))) throw taken(id, `${path} is there`);
	const owner = articles.find(({ data }) => data.formerPaths.includes(id));
	if (owner) throw taken(id, `${owner.file} stood there before, and the address leads to it`);
}

function taken(id: string, reason: string): Error {
	return new Error(
		`No article can be made at ${id}: ${reason}. Choose another headline, or give an address: --slug a-story`,
	);
}

/** A remark names all sections where they are so few. */
const mostNamed = 8;

function toFile(
	{ title, section, authors, tags }: ArticlePlan,
	time: string,
	{ sections, authors: all }: Content,
): string {
	const choice = (ids: readonly string[], otherwise: string) => (ids.length <= mostNamed ? ids.join(', ') : otherwise);
	const sectionIds = sections.map(({ id }) => id);
	const authorIds = all.map(({ id }) => id);
	return `---
# README.md explains every field. Remarks such as this one are not published.
title: ${toScalar(title)}
standfirst: ${toScalar(unwritten.standfirst)}
publishedAt: ${time} # or a day alone, ${time.slice(0, 10)}, which counts as its midnight
section: ${section} # of ${choice(sectionIds, 'content/sections.yaml')}
authors: [${authors.join(', ')}] # of ${choice(authorIds, 'content/authors/')}
tags: [${tags.join(', ')}] # at least one of content/tags.yaml
# lead: a picture, map, chart, table or timeline above the text
# source: { name: Where it stood first, url: https://example.org/, relation: retold }
# sources: [{ name: Publication, title: What was read there, url: https://example.org/ }]
draft: true # remove this line to publish the article
---

${unwritten.text}
`;
}
