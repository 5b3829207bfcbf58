import { adviceFor } from '../domain/nearest.ts';
import type { Problem } from '../domain/problems.ts';
import { site } from '../site.ts';
import type { ArticleEntry } from './articles.ts';

/**
 * Finds translations of what is no article, of themselves, of other translations, and such as are in the language of their
 * original or, unless one is retracted, of another translation: search engines are to be told of one version in a language.
 * @param files every article's file by its id, also of drafts and of those with faults
 */
export function checkTranslations(
	articles: readonly ArticleEntry[],
	files: ReadonlyMap<string, string>,
	problems: Problem[],
): void {
	const byId = new Map(articles.map((article) => [article.id, article]));
	const versions = new Map<string, string>();
	for (const { id, file, data } of articles) {
		const { translationOf, lang = site.language } = data;
		if (translationOf === undefined) continue;
		const fault = faultOf(translationOf, id, files, byId.get(translationOf));
		const original = byId.get(translationOf)?.data.lang ?? site.language;
		if (fault !== undefined) problems.push({ file, field: 'translationOf', message: `"${translationOf}" ${fault}` });
		else if (byId.has(translationOf) && original === lang)
			problems.push({
				file,
				field: 'lang',
				message: `the article is in "${lang}", as is what it translates. Write the language of each that is not in that of the paper`,
			});
		else if (!data.retracted) {
			const other = versions.getOrInsert(`${translationOf} ${lang}`, file);
			if (other !== file)
				problems.push({
					file,
					field: 'translationOf',
					message: `"${translationOf}" has a translation into "${lang}" already, ${other}. Keep one of the two`,
				});
		}
	}
}

function faultOf(
	named: string,
	id: string,
	files: ReadonlyMap<string, string>,
	original: ArticleEntry | undefined,
): string | undefined {
	if (named === id) return 'is the article itself. Remove the field';
	if (!files.has(named))
		return `is no article. ${adviceFor(named, files.keys(), 'Name the path of its file in content/articles/, without .md')}`;
	const other = original?.data.translationOf;
	if (other === id) return 'is a translation of this one. Remove the field from one of the two';
	return other === undefined ? undefined : `is a translation itself. Name what it translates, "${other}"`;
}
