import { textOfFigure, figuresOf } from '../domain/figures.ts';
import type { Article } from '../domain/articles.ts';
import * as paths from '../domain/paths.ts';
import { recordsChannel } from '../environment.ts';
import type { RecordedTraits, SearchRecord, Subjects } from '../search/records.ts';
import { langOf } from '../words/writing.ts';
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

/** Returns by what each published article can be narrowed, oldest first, so that a new article renumbers none. */
export async function getTraits(): Promise<RecordedTraits[]> {
	const { articles } = await getPaper();
	return articles.toReversed().map(({ publishedAt: { day }, section, authors, tags, lang }) => ({
		day,
		section: section.id,
		authors: authors.map(({ id }) => id),
		tags: tags.map(({ id }) => id),
		lang: langOf(lang),
	}));
}

/** A record of an article before its text is read. */
type Outline = Omit<SearchRecord, 'content'> & Pick<Article, 'standfirst' | 'file' | 'version'> & { figures: string[] };

/** Returns what the index is made of, month by month, the articles of each oldest first. */
export async function getOutlines(): Promise<{ month: string; articles: Outline[] }[]> {
	const { months } = await getPaper();
	return [...months].map(([month, articles]) => ({ month, articles: articles.toReversed().map(toOutline) }));
}

function toOutline(article: Article): Outline {
	const { title, standfirst, file, version } = article;
	return {
		path: paths.article(article.id),
		title,
		day: article.publishedAt.day,
		section: article.section.id,
		byline: article.authors.map(({ name }) => name).join(', '),
		standfirst,
		file,
		version,
		figures: figuresOf(article).map(textOfFigure),
	};
}

/** Reads the texts of a month's articles, and hands what the search index is made of to the build. */
export async function handOverRecords(month: string, articles: readonly Outline[]): Promise<void> {
	const records: SearchRecord[] = [];
	for (const article of articles) records.push(await readRecord(article));
	// As bytes, since they wait for their turn, and texts put together from others would hold those as well.
	recordsChannel.publish({ month, records: Buffer.from(JSON.stringify(records)) });
}

async function readRecord(outline: Outline): Promise<SearchRecord> {
	const { path, title, day, section, byline, standfirst, figures } = outline;
	const content = [standfirst, await getPlainText(outline), ...figures].join(' ').replace(/\s+/g, ' ');
	return { path, title, content, day, section, byline };
}
