import type {
	BreadcrumbList,
	CollectionPage,
	Comment as DescribedComment,
	CorrectionComment,
	CreativeWork,
	Graph,
	ListItem,
	NewsArticle,
	NewsMediaOrganization,
	Organization,
	Person,
	Thing,
	WebPage,
	WebSite,
} from 'schema-dts';
import { cardSize } from '../cards/card.ts';
import { site } from '../site.ts';
import { words } from '../words/words.ts';
import { type Article, type Author, isRetold, lastChangedAt, type Translation } from './articles.ts';
import { explainCorrection } from './corrections.ts';
import type { Comment } from './comments.ts';
import { formatMonth, monthOf, yearOf } from './dates.ts';
import * as paths from './paths.ts';
import { describeSubjects, describeTerm } from './subjects.ts';
import type { Tag } from './tags.ts';

/** A step of the way to a page, as breadcrumbs show it. */
export interface Crumb {
	name: string;
	path: string;
}

/** Returns the way to an article: the home page, its year, its month. */
export function crumbsTo({ publishedAt: { day } }: Pick<Article, 'publishedAt'>): Crumb[] {
	return [
		{ name: words.home, path: paths.home() },
		{ name: yearOf(day), path: paths.year(yearOf(day)) },
		{ name: formatMonth(monthOf(day)), path: paths.month(monthOf(day)) },
	];
}

/** Structured data of a page (schema.org), ready to be serialised. */
export type StructuredData = Graph;

const absolute = paths.toAbsolute;
const organisationId = absolute(`${paths.home()}#organisation`);
const siteId = absolute(`${paths.home()}#site`);

/** The publication's logo, which also stands for pages that have no picture of their own. */
export const logo = { path: paths.file('icon-512.png'), width: 512, height: 512 } as const;

const publisher: NewsMediaOrganization = {
	'@type': 'NewsMediaOrganization',
	'@id': organisationId,
	name: site.title,
	url: absolute(paths.home()),
	logo: { '@type': 'ImageObject', url: absolute(logo.path), width: String(logo.width), height: String(logo.height) },
};

const website = { '@type': 'WebSite', '@id': siteId, name: site.title, url: absolute(paths.home()) } satisfies WebSite;

/** Returns the whole publication, for its home page; other pages only name it. */
export function describePublication(): StructuredData {
	return graph(publisher, {
		...website,
		description: site.description,
		inLanguage: site.language,
		publisher: { '@id': organisationId },
	});
}

/** Returns a page that is no article, and the way to it. @param isList true for a list of articles or subjects */
export function describePage(isList: boolean, name: string, path: string, crumbs: readonly Crumb[]): StructuredData {
	return graph(toPage(isList, name, path), website, publisher, toBreadcrumbs(crumbs));
}

/** Returns the page of a tag, the tag as a term of the vocabulary and the way to it. */
export function describeTagPage(tag: Tag, crumbs: readonly Crumb[]): StructuredData {
	const page = { ...toPage(true, tag.name, paths.tag(tag.id)), about: describeTerm(tag) };
	return graph(page, website, publisher, toBreadcrumbs(crumbs));
}

function toPage(isList: boolean, name: string, path: string) {
	return {
		'@type': isList ? 'CollectionPage' : 'WebPage',
		name,
		url: absolute(path),
		inLanguage: site.language,
		isPartOf: { '@id': siteId },
	} as const satisfies CollectionPage | WebPage;
}

/**
 * Returns an article (Google's and schema.org's `NewsArticle`), its publisher and the way to it.
 * @param translations the same article in other languages
 */
export function describeArticle(
	article: Article,
	wordCount: number,
	comments: number,
	crumbs: readonly Crumb[],
	translations: readonly Translation[] = [],
): StructuredData {
	const url = absolute(paths.article(article.id));
	const people = article.authors.map(describeAuthor);
	const basis = describeBasis(article, people);
	const news: NewsArticle = {
		'@type': 'NewsArticle',
		'@id': idOf(article),
		url,
		mainEntityOfPage: { '@type': 'WebPage', '@id': url },
		headline: article.title,
		description: article.standfirst,
		datePublished: article.publishedAt.iso,
		dateModified: lastChangedAt(article).iso,
		author: isRetold(article) ? { '@id': organisationId } : people,
		publisher: { '@id': organisationId },
		isPartOf: { '@id': siteId },
		articleSection: article.section.name,
		...describeSubjects(article),
		inLanguage: article.lang,
		...describeTranslations(article, translations),
		wordCount,
		commentCount: comments,
		image: {
			'@type': 'ImageObject',
			url: absolute(paths.card(article.id)),
			width: String(cardSize.width),
			height: String(cardSize.height),
		},
		...(article.corrections.length > 0 && {
			correction: article.corrections.map((correction): CorrectionComment => ({
				'@type': 'CorrectionComment',
				text: explainCorrection(correction),
				datePublished: correction.at.iso,
			})),
		}),
		...(basis && { isBasedOn: basis }),
		...(article.sources.length > 0 && {
			citation: article.sources.map(({ title, name, url }): CreativeWork => ({
				'@type': 'CreativeWork',
				name: title,
				publisher: { '@type': 'Organization', name },
				url,
			})),
		}),
	};
	return graph(news, publisher, website, toBreadcrumbs(crumbs));
}

/** Returns of which article one is a translation, or which are its translations. */
function describeTranslations(
	article: Article,
	translations: readonly Translation[],
): { translationOfWork?: { '@id': string }; workTranslation?: { '@id': string }[] } {
	const name = (version: Translation) => ({ '@id': idOf(version) });
	const original = translations.find(({ id }) => id === article.translationOf);
	if (original) return { translationOfWork: name(original) };
	const isOriginal = article.translationOf === undefined && translations.length > 0;
	return isOriginal ? { workTranslation: translations.map(name) } : {};
}

/** Returns comments on an article that its page shows, all of one article, as what the article has beside the rest. */
export function describeComments(article: Pick<Article, 'id'>, comments: readonly Comment[]): StructuredData {
	return graph({ '@type': 'NewsArticle', '@id': idOf(article), comment: comments.map(describeComment) });
}

function describeComment({ name, text, writtenAt, isDesk }: Comment): DescribedComment {
	return {
		'@type': 'Comment',
		author: isDesk ? { '@id': organisationId } : { '@type': 'Person', name },
		dateCreated: writtenAt.iso,
		text,
	};
}

const idOf = ({ id }: Pick<Article, 'id'>) => `${absolute(paths.article(id))}#article`;

/** Returns the page of an author. */
export function describeAuthorPage(author: Author, crumbs: readonly Crumb[]): StructuredData {
	return graph(
		{ '@type': 'ProfilePage', url: absolute(paths.author(author.id)), mainEntity: describeAuthor(author) },
		website,
		publisher,
		toBreadcrumbs(crumbs),
	);
}

/** Returns the data as JSON that can stand inside a `<script>` element whatever texts it holds. */
export function serialise(data: StructuredData): string {
	return JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (character) => {
		return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
	});
}

function graph(...things: Thing[]): StructuredData {
	return { '@context': 'https://schema.org', '@graph': things };
}

function describeAuthor(author: Author): Person | Organization {
	return {
		'@type': author.kind === 'person' ? 'Person' : 'Organization',
		name: author.name,
		url: absolute(paths.author(author.id)),
		...(author.url !== undefined && { sameAs: author.url }),
	};
}

function describeBasis({ source }: Article, people: (Person | Organization)[]): NewsArticle | undefined {
	if (!source) return undefined;
	const isTheirs = source.relation !== 'reported';
	return {
		'@type': 'NewsArticle',
		...(source.title !== undefined && { headline: source.title }),
		url: source.url,
		publisher: { '@type': 'Organization', name: source.name },
		...(isTheirs && { author: people }),
	};
}

function toBreadcrumbs(crumbs: readonly Crumb[]): BreadcrumbList {
	return {
		'@type': 'BreadcrumbList',
		itemListElement: crumbs.map(({ name, path }, i): ListItem => ({
			'@type': 'ListItem',
			position: i + 1,
			name,
			item: absolute(path),
		})),
	};
}
