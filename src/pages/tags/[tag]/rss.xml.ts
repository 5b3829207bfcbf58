import type { APIContext, GetStaticPaths, InferGetStaticPropsType } from 'astro';
import { tagFeedSize } from '../../../domain/feeds.ts';
import * as paths from '../../../domain/paths.ts';
import { getFeed } from '../../../queries/feeds.ts';
import { getPaper } from '../../../queries/paper.ts';
import { site } from '../../../site.ts';
import { words } from '../../../words/words.ts';

/** The feed of a tag, also under the former ids of those that were merged into it. */
export const getStaticPaths = (async () => {
	const { tags, tagRedirects } = await getPaper();
	return tags.flatMap((listed) => {
		const former = tagRedirects.filter(({ tag, isFormer }) => isFormer && tag === listed.subject);
		const slugs = [listed.subject.id, ...former.map(({ slug }) => slug)];
		return slugs.map((slug) => ({ params: { tag: slug }, props: { ...listed } }));
	});
}) satisfies GetStaticPaths;

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export function GET({ props: { subject, articles } }: APIContext<Props>): Promise<Response> {
	const { id, name, description = words.articlesAbout(name, site.title) } = subject;
	return getFeed({ title: words.feedTitle(name, site.title), description, path: paths.tag(id) }, articles, tagFeedSize);
}
