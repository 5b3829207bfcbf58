import { textOfFigure, figuresOf } from '../domain/figures.ts';
import type { Article } from '../domain/articles.ts';
import * as paths from '../domain/paths.ts';
import type { SearchRecord, Subjects } from '../search/records.ts';
import { getPaper } from './paper.ts';
import { getPlainText } from './texts.ts';

/** Returns whom and what the published articles name. */
export async function getSubjects(): Promise<Subjects> {
	const paper = await getPaper();
	const toNamed = ({ subject: { id, name } }: { subject: { id: string; name: string } }) => ({ id, name });
	return {
		sections: paper.sections.map(toNamed),
		authors: paper.authors.map(toNamed),
		tags: paper.tags.map(({ subject }) => {
			const { id, name, aliases } = subject;
			return { id, name, aliases, formerly: [...paper.formerIdsOf(subject)] };
		}),
	};
}

/** Returns what search is to know of the published articles, oldest first, so that a new article renumbers none. */
export async function getSearchRecords(): Promise<SearchRecord[]> {
	const { articles } = await getPaper();
	const records: SearchRecord[] = [];
	for (const article of articles.toReversed()) records.push(await toRecord(article));
	return records;
}

async function toRecord(article: Article): Promise<SearchRecord> {
	const figures = figuresOf(article).map(textOfFigure);
	return {
		path: paths.article(article.id),
		title: article.title,
		content: [article.standfirst, await getPlainText(article.file), ...figures].join(' ').replace(/\s+/g, ' '),
		day: article.publishedAt.day,
		section: article.section.id,
		authors: article.authors.map(({ id }) => id),
		byline: article.authors.map(({ name }) => name).join(', '),
		tags: article.tags.map(({ id }) => id),
	};
}
