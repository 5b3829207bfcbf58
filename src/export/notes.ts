import type { Article } from '../domain/articles.ts';
import { explainSource } from '../domain/byline.ts';
import { explainCorrection } from '../domain/corrections.ts';
import { formatMoment } from '../domain/dates.ts';
import { escapeMarkdown, toMarkdownLink } from '../markdown/escape.ts';
import { words } from '../words/words.ts';

/** Returns as markdown what stands below an article's text on its page: its source, its sources and its corrections. */
export function toNotesMarkdown(article: Article): string {
	const { source, sources, corrections } = article;
	const link = source && toMarkdownLink(source.name, source.url);
	const cited = sources.map(({ name, title, url, date }) => {
		const when = date ? ` (${formatMoment(date)})` : '';
		return `- ${escapeMarkdown(name)}: ${toMarkdownLink(title, url)}${when}`;
	});
	const corrected = corrections.map(
		(correction) => `- ${formatMoment(correction.at)}: ${escapeMarkdown(explainCorrection(correction))}`,
	);
	return [
		...(link === undefined
			? []
			: [`${words.originalSource}: ${link}. ${escapeMarkdown(explainSource(article) ?? '')}`]),
		...(cited.length === 0 ? [] : [`## ${words.sources}`, cited.join('\n')]),
		...(corrected.length === 0 ? [] : [`## ${words.corrections}`, corrected.join('\n')]),
	]
		.map((part) => `\n${part}\n`)
		.join('');
}
