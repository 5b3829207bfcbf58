import { getCollection } from 'astro:content';
import type { PageFrontMatter } from '../schemas/page.ts';

/** A page about the paper, without its text. */
export interface StaticPage extends PageFrontMatter {
	id: string;
	file: string;
}

/** Returns the pages of `content/pages/`. */
export async function getStaticPages(): Promise<StaticPage[]> {
	const pages = await getCollection('pages');
	return pages.map(({ id, data, filePath = '' }) => ({ ...data, id, file: filePath }));
}
