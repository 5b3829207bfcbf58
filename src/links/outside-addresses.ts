import { readFile } from 'node:fs/promises';
import type { Root, RootContent } from 'hast';
import { figuresOf } from '../domain/figures.ts';
import { toNewsroom } from '../domain/newsroom.ts';
import { toPaper } from '../domain/paper.ts';
import { type Circumstances, readSoundContent } from '../loaders/newsroom.ts';
import { decodeText, splitFrontMatter } from '../markdown/front-matter.ts';
import { readText } from '../markdown/text.ts';

/**
 * Returns every address of another host to which published content leads, in order, with the files that name it.
 * Those that readers have written in comments are theirs.
 * @param folder the content folder
 * @throws ContentError where the content cannot be published as it is
 */
export async function outsideAddresses(folder: string, circumstances: Circumstances): Promise<Map<string, string[]>> {
	const content = await readSoundContent(folder, circumstances);
	const paper = toPaper(toNewsroom(content, circumstances.now));
	const files = new Map<string, Set<string>>();
	const add = (file: string, ...addresses: (string | undefined)[]) => {
		for (const address of addresses) {
			if (address === undefined || !/^https?:/i.test(address)) continue;
			const { href } = new URL(address.replace(/#.*$/s, ''));
			files.set(href, (files.get(href) ?? new Set()).add(file));
		}
	};
	for (const article of paper.articles) {
		const { file, source, sources } = article;
		add(file, source?.url, ...sources.map(({ url }) => url), ...(await linksIn(file)));
		for (const figure of figuresOf(article)) if ('source' in figure) add(file, figure.source?.url);
	}
	for (const { file } of content.pages) add(file, ...(await linksIn(file)));
	const idsOf = (listed: readonly { subject: { id: string } }[]) => new Set(listed.map(({ subject }) => subject.id));
	const authors = idsOf(paper.authors);
	for (const { id, file, data } of content.authors) if (authors.has(id)) add(file, data.url);
	const tags = idsOf(paper.tags);
	for (const { id, file, data } of content.tags) if (tags.has(id)) add(file, data.sameAs);
	return new Map(
		[...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([address, named]) => [address, [...named].sort()]),
	);
}

async function linksIn(file: string): Promise<string[]> {
	const body = splitFrontMatter(decodeText(await readFile(file)))?.body;
	return hrefsOf(readText(body ?? '').tree);
}

function hrefsOf(node: Root | RootContent): string[] {
	const href = node.type === 'element' ? node.properties['href'] : undefined;
	const own = typeof href === 'string' ? [href] : [];
	return 'children' in node ? [...own, ...node.children.flatMap(hrefsOf)] : own;
}
