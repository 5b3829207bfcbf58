import type { APIContext, GetStaticPaths, InferGetStaticPropsType } from 'astro';
import { feedSize } from '../../../domain/feeds.ts';
import * as paths from '../../../domain/paths.ts';
import { getFeed } from '../../../queries/feeds.ts';
import { getPaper } from '../../../queries/paper.ts';
import { site } from '../../../site.ts';
import { words } from '../../../words/words.ts';

export const getStaticPaths = (async () => {
	const { sections } = await getPaper();
	return sections.map((listed) => ({ params: { section: listed.subject.id }, props: { ...listed } }));
}) satisfies GetStaticPaths;

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export function GET({ props: { subject, articles } }: APIContext<Props>): Promise<Response> {
	const { id, name, description = words.articlesAbout(name, site.title) } = subject;
	return getFeed(
		{ title: words.feedTitle(name, site.title), description, path: paths.section(id) },
		articles,
		feedSize,
	);
}
