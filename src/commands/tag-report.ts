import { count } from '../domain/count.ts';
import type { TagReport } from '../domain/tag-report.ts';

type Part = readonly [title: string, lines: readonly string[]];

/** Returns the report as lines for people; a part without findings is left out. */
export function formatTagReport(report: TagReport): string {
	const parts = toParts(report).map(([title, lines]) =>
		[`${title}: ${lines.length}`, ...lines.map((line) => `  ${line}`)].join('\n'),
	);
	return [headOf(report), ...(parts.length > 0 ? parts : ['Nothing to mend.'])].join('\n\n');
}

/** Returns how much the report names, as lines for people. */
export function summariseTagReport(report: TagReport): string {
	const lines = toParts(report).map(([title, { length }]) => `  ${title}: ${length}`);
	const source = lines.length > 0 ? ' "npm run tags" names what is counted here.' : ' Nothing to mend.';
	return [`Tags: ${headOf(report)}${source}`, ...lines].join('\n');
}

function headOf({ tags, articles }: TagReport): string {
	return `${count(tags, 'tag')}, ${count(articles, 'article')}.`;
}

/** Returns what was found; a part without findings is left out. */
function toParts(report: TagReport): Part[] {
	const named = ({ id, name }: { id: string; name: string }) => `${id} (${name})`;
	const counted = ({ id, articles }: { id: string; articles: number }) => `${id} (${count(articles, 'article')})`;
	const parts: Part[] = [
		[
			'Tags of articles that are not in content/tags.yaml, so that the paper cannot be published',
			report.unknown.map(({ label, advice, files }) => [`${label}: ${advice}`, ...files].join('\n    ')),
		],
		['Tags that no article has', report.unused.map(named)],
		['Tags that only articles have which readers cannot see yet', report.unpublished.map(named)],
		['Tags that one article has', report.once.map((tag) => `${named(tag)}: ${tag.file}`)],
		[
			'Probable duplicates',
			report.duplicates.map(
				({ from, into, reason, command }) => `${counted(from)}, ${counted(into)}: ${reason}\n    ${command}`,
			),
		],
		['Articles with fewer than three tags', report.fewTags.map(({ file, tags }) => `${file}: ${tags}`)],
		['Tags without a description', report.undescribed.map(named)],
	];
	return parts.filter(([, lines]) => lines.length > 0);
}
