import type { TagReport } from '../domain/tag-report.ts';
import { words } from '../words/words.ts';

/** Returns the report as lines for people; a part without findings is left out. */
export function formatTagReport(report: TagReport): string {
	const named = ({ id, name }: { id: string; name: string }) => `${id} (${name})`;
	const counted = ({ id, articles }: { id: string; articles: number }) => `${id} (${words.articles(articles)})`;
	const part = (title: string, lines: readonly string[]) =>
		lines.length === 0 ? [] : [[`${title}: ${lines.length}`, ...lines.map((line) => `  ${line}`)].join('\n')];
	const parts = [
		...part(
			'Tags of articles that are not in content/tags.yaml, so that the paper cannot be published',
			report.unknown.map(({ label, advice, files }) => [`${label}: ${advice}`, ...files].join('\n    ')),
		),
		...part('Tags that no article has', report.unused.map(named)),
		...part('Tags that only articles have which readers cannot see yet', report.unpublished.map(named)),
		...part(
			'Tags that one article has',
			report.once.map((tag) => `${named(tag)}: ${tag.file}`),
		),
		...part(
			'Probable duplicates',
			report.duplicates.map(
				({ from, into, reason, command }) => `${counted(from)}, ${counted(into)}: ${reason}\n    ${command}`,
			),
		),
		...part(
			'Articles with fewer than three tags',
			report.fewTags.map(({ file, tags }) => `${file}: ${tags}`),
		),
		...part('Tags without a description', report.undescribed.map(named)),
	];
	const head = `${report.tags} tags, ${words.articles(report.articles)}.`;
	return [head, ...(parts.length > 0 ? parts : ['Nothing to mend.'])].join('\n\n');
}
