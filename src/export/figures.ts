import { stringify } from 'yaml';
import { describeMap, formatDate, formatNumber, toBars, unitOf } from '../domain/figures.ts';
import { escapeMarkdown, toMarkdownLink } from '../markdown/escape.ts';
import type { MapPlace } from '../maps/subject.ts';
import type { Chart, Figure, FigureSource, LocatorMap, Table } from '../schemas/figure.ts';
import { words } from '../words/words.ts';

/** Returns a figure as its front matter or its block has it, which needs no gazetteer. */
export function toWrittenFigure(figure: Figure): Record<string, unknown> {
	if (figure.kind === 'map') return toWrittenMap(figure);
	const { kind, ...fields } = figure;
	if ('image' in fields) delete fields.image;
	return { [kind]: fields };
}

function toWrittenMap({ places, route, countries, caption, credit }: LocatorMap): Record<string, unknown> {
	const toPlace = ({ name, longitude, latitude, isArea }: MapPlace) => ({ name, at: [longitude, latitude], isArea });
	return { map: { places: places.map(toPlace), route: route.map(toPlace), countries, caption, credit } };
}

/** Returns the fenced block of a figure, as this program reads it. */
export function toFigureBlock(figure: Figure): string {
	const yaml = stringify(toWrittenFigure(figure)[figure.kind], { lineWidth: 0 });
	return `\`\`\`${figure.kind}\n${yaml}\`\`\``;
}

/**
 * Returns a figure as markdown that any program shows: pictures and maps as pictures, charts and tables as tables, times
 * as lists, each with its caption and whose it is.
 * @param file the picture's address, of a picture or a map
 */
export function toFigureMarkdown(figure: Figure, file: string | undefined): string {
	switch (figure.kind) {
		case 'picture':
			return withCaption(toPictureMarkdown(figure.alt, file), figure.caption, escapeMarkdown(figure.credit));
		case 'map': {
			const credit = [...(figure.credit === undefined ? [] : [figure.credit]), words.mapCredit].join(' ');
			return withCaption(toPictureMarkdown(describeMap(figure), file), figure.caption, escapeMarkdown(credit));
		}
		case 'chart':
			return withCaption(toChartMarkdown(figure), figure.caption, toSourceMarkdown(figure.source));
		case 'table':
			return withCaption(toTableMarkdown(figure), figure.caption, toSourceMarkdown(figure.source));
		case 'timeline': {
			const events = figure.events.map(({ date, text }) => `- **${formatDate(date)}**: ${escapeMarkdown(text)}`);
			return withCaption(events.join('\n'), figure.caption, toSourceMarkdown(figure.source));
		}
	}
}

function withCaption(body: string, caption: string, credit: string): string {
	return `${body}\n\n*${escapeMarkdown(caption)}*${credit === '' ? '' : ` ${credit}`}`;
}

function toPictureMarkdown(description: string, file: string | undefined): string {
	return file === undefined ? escapeMarkdown(description) : `!${toMarkdownLink(description, file)}`;
}

function toSourceMarkdown(source: FigureSource | undefined): string {
	if (!source) return '';
	const { name, url } = source;
	return `${words.figureSource}: ${url === undefined ? escapeMarkdown(name) : toMarkdownLink(name, url)}`;
}

function toChartMarkdown(chart: Chart): string {
	const hasYears = chart.year === undefined;
	const rows = toBars(chart).map(({ label, value, year }) => [label, ...(hasYears ? [String(year)] : []), value]);
	return toRows(['', ...(hasYears ? [words.year] : []), unitOf(chart)], rows);
}

function toTableMarkdown({ columns, rows }: Table): string {
	return toRows(
		columns,
		rows.map((cells) => cells.map(formatNumber)),
	);
}

function toRows(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const toRow = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
	return [toRow(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(toRow)].join('\n');
}
