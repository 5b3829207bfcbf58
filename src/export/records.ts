import { z } from 'astro/zod';
import { toTagUri } from '../domain/feed-items.ts';
import * as paths from '../domain/paths.ts';
import { isRecord } from '../loaders/yaml.ts';
import type { Moment } from '../schemas/moment.ts';
import { site } from '../site.ts';
import type { Collection, Extent, Holding } from './collect.ts';
import { toWrittenFigure } from './figures.ts';
import type { ExportedPicture } from './pictures.ts';
import type { ExportedArticle, ExportedLists, ExportedPage, FrontMatter } from './shape.ts';
import type { ExportedText } from './texts.ts';

const frontMatter = z.custom<FrontMatter>();

/**
 * Returns the front matter of an article as it would be written: tags by their ids, places of maps by their positions,
 * fields that say nothing left out, and so is what is dated in the future where that is not part of the export.
 */
export function toFrontMatter({ article, entry, status }: Holding, { drafts }: Extent): FrontMatter {
	const { figures: _figures, version: _version, lead, retracted, draft, ...fields } = entry.data;
	const isShown = status === 'retracted' || drafts;
	const written = {
		...fields,
		updatedAt: article.updatedAt,
		corrections: article.corrections,
		lead: lead && toWrittenFigure(lead),
		retracted: isShown ? retracted : undefined,
		draft: draft || undefined,
	};
	return frontMatter.parse(toPlain(written));
}

/** Returns data as JSON has it: moments as they are written, lists without entries left out. */
function toPlain(data: object): unknown {
	return JSON.parse(
		JSON.stringify(data, (_, value: unknown) => {
			if (isMoment(value)) return value.iso;
			return Array.isArray(value) && value.length === 0 ? undefined : value;
		}),
	);
}

function isMoment(value: unknown): value is Moment {
	return isRecord(value) && typeof value['iso'] === 'string' && typeof value['instant'] === 'number';
}

/** Returns an article as an export in JSON has it. */
export function toArticleRecord(
	holding: Holding,
	extent: Extent,
	pictures: Iterable<ExportedPicture>,
	{ markdown, source, html }: ExportedText,
): ExportedArticle {
	const { article, status } = holding;
	return {
		id: article.id,
		address: paths.toAbsolute(paths.article(article.id)),
		feedId: toTagUri(article),
		status,
		frontMatter: toFrontMatter(holding, extent),
		pictures: [...pictures].map(({ file, alt, width, height }) => ({ file, alt, width, height })),
		text: { markdown, source, html },
	};
}

/** Returns a page as an export in JSON has it. */
export function toPageRecord(
	{ id, data }: Collection['pages'][number],
	{ markdown, source, html }: ExportedText,
): ExportedPage {
	return { id, address: paths.toAbsolute(paths.page(id)), frontMatter: data, text: { markdown, source, html } };
}

/** Returns everything of an export that is neither a text nor a picture. What nothing in it is about is left out. */
export function toLists({ paper, holdings }: Collection): ExportedLists {
	const { title, tagline, description, language, timeZone } = site;
	const address = paths.toAbsolute(paths.home());
	return {
		publication: { title, tagline, description, language, timeZone, address },
		sections: paper.sections.map(({ subject }) => ({
			...subject,
			address: paths.toAbsolute(paths.section(subject.id)),
		})),
		authors: paper.authors.map(({ subject }) => ({ ...subject, address: paths.toAbsolute(paths.author(subject.id)) })),
		tags: paper.tags.map(({ subject }) => ({
			...subject,
			broader: paper.broaderOf(subject)[0]?.id,
			address: paths.toAbsolute(paths.tag(subject.id)),
		})),
		comments: holdings.flatMap(({ comments }) =>
			comments.map(({ articleId, writtenAt, approvedAt, ...comment }) => ({
				...comment,
				article: articleId,
				writtenAt: writtenAt.iso,
				approvedAt: approvedAt.iso,
			})),
		),
		retractions: paper.retracted.map(({ id, publishedAt, retractedAt, reason, formerPaths }) => ({
			...{ id, reason },
			address: paths.toAbsolute(paths.article(id)),
			publishedAt: publishedAt.iso,
			at: retractedAt.iso,
			formerPaths: [...formerPaths],
		})),
	};
}
