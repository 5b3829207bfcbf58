import { escapeXml } from '../markdown/xml.ts';
import type { ArticleFrontMatter } from '../schemas/article.ts';
import type { Chart, Figure, FigureSource, LocatorMap, Table } from '../schemas/figure.ts';
import { site } from '../site.ts';
import { words } from '../words/words.ts';
import { markOwnWords } from '../words/writing.ts';
import { formatDay, formatMonth } from './dates.ts';

const numbers = new Intl.NumberFormat(site.language, { maximumFractionDigits: 10 });
const conjunction = new Intl.ListFormat(site.language, { type: 'conjunction' });

/** A picture at its address, as feeds need it. */
export interface FeedImage {
	src: string;
	/** In pixels. */
	width: number;
	/** In pixels. */
	height: number;
}

/** A map with its drawing, an SVG. */
interface DrawnMap extends LocatorMap {
	svg: string;
}

/** A figure as pages show it. */
export type ShownFigure = Exclude<Figure, LocatorMap> | DrawnMap;

/** Returns all figures of an article, the one above its text first. */
export function figuresOf({ lead, figures }: Pick<ArticleFrontMatter, 'lead' | 'figures'>): readonly Figure[] {
	return lead ? [lead, ...figures] : figures;
}

/** Returns a figure of a table or a chart as readers see it: `1,234.5`. */
export function formatNumber(value: number | string): string {
	return typeof value === 'number' ? numbers.format(value).replace('-', '−') : value;
}

/** Returns what a map shows, for those who do not see it. */
export function describeMap({ places, route, shows }: LocatorMap): string {
	const namesOf = (points: readonly { name: string }[]) => conjunction.format(points.map(({ name }) => name));
	const parts = [
		words.mapOf(conjunction.format(shows)),
		...(places.length > 0 ? [words.mapMarks(namesOf(places))] : []),
		...(route.length > 0 ? [words.mapRoute(namesOf(route))] : []),
	];
	return parts.join(', ');
}

/** A bar of a chart: where it begins and how long it is, in hundredths of the width. */
export interface Bar {
	label: string;
	start: number;
	length: number;
	/** Where zero is, the same for all bars of a chart. */
	zero: number;
	/** The figure that the source gives, with its note, from which no line parts it. */
	value: string;
	year: number | undefined;
}

/** Returns the bars of a chart; all begin at one zero line, to the left of it where a figure is negative. */
export function toBars({ bars }: Chart): Bar[] {
	const lowest = Math.min(0, ...bars.map(({ value }) => value));
	const highest = Math.max(0, ...bars.map(({ value }) => value));
	const share = (value: number) => Math.round((value / (highest - lowest || 1)) * 10_000) / 100;
	return bars.map(({ label, value, year, note }) => ({
		label,
		start: share(Math.min(0, value) - lowest),
		length: share(Math.abs(value)),
		zero: share(-lowest),
		value: [note, formatNumber(value)].filter((part) => part !== undefined).join('\u00A0'),
		year,
	}));
}

/** Returns what a chart counts, and when where that is one year: `billion US dollars, 2024`. */
export function unitOf({ unit, year }: Chart): string {
	return year === undefined ? unit : `${unit}, ${year}`;
}

/** Returns `2025`, `June 2025` or `16 June 2025`, as exactly as the date is known. */
export function formatDate(date: string): string {
	if (date.length === 4) return date;
	return date.length === 7 ? formatMonth(date) : formatDay(date);
}

/** Tells whether every entry of a table's column is a number, so that it is set flush right. */
export function isNumeric({ rows }: Table, column: number): boolean {
	return rows.every((row) => typeof row[column] === 'number' || row[column] === '');
}

/** Returns a text with a stop at its end, so that another can follow it. */
function asSentence(text: string): string {
	return /[.?!…。؟][\p{Pf}\p{Pe}"']*$/u.test(text) ? text : `${text}.`;
}

/** Returns the words of a figure, as search finds them. */
export function textOfFigure(figure: Figure): string {
	const words = [figure.caption];
	if (figure.kind === 'chart') words.push(...figure.bars.map(({ label }) => label));
	if (figure.kind === 'table') words.push(...figure.columns, ...figure.rows.flat().map(formatNumber));
	if (figure.kind === 'timeline') words.push(...figure.events.map(({ text }) => text));
	return words.join(' ');
}

/**
 * Returns a figure as HTML that any feed reader can show.
 * @param image of a picture or of a map
 * @param lang the language of what stands in the figure
 */
export function toFeedHtml(
	figure: Figure,
	image: FeedImage | undefined,
	description: string,
	lang: string = site.language,
): string {
	const text = escapeXml;
	const own = (ownWords: string) => markOwnWords(ownWords, lang);
	const caption = (credit: string) => {
		const said = credit === '' ? text(figure.caption) : `${text(asSentence(figure.caption))} ${credit}`;
		return `<figcaption>${said}</figcaption>`;
	};
	const picture =
		image &&
		`<img src="${text(image.src)}" alt="${text(description)}" width="${image.width}" height="${image.height}">`;
	const row = (cells: readonly string[], tag: string) =>
		`<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
	const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
		`<table><thead>${row(head, 'th')}</thead><tbody>${rows.map((cells) => row(cells.map(text), 'td')).join('')}</tbody></table>`;
	const source = (given: FigureSource | undefined) => {
		if (!given) return '';
		const name = given.url === undefined ? text(given.name) : `<a href="${text(given.url)}">${text(given.name)}</a>`;
		return asSentence(`${own(`${words.figureSource}:`)} ${name}`);
	};
	const inside = () => {
		switch (figure.kind) {
			case 'picture':
				return picture && picture + caption(text(figure.credit));
			case 'map': {
				const credits = figure.credit === undefined ? [] : [text(asSentence(figure.credit))];
				return picture && own(picture) + caption([...credits, own(text(words.mapCredit))].join(' '));
			}
			case 'chart': {
				const hasYears = figure.year === undefined;
				const rows = toBars(figure).map(({ label, value, year }) => [
					label,
					...(hasYears ? [String(year)] : []),
					value,
				]);
				const head = ['', ...(hasYears ? [own(words.year)] : []), text(unitOf(figure))];
				return table(head, rows) + caption(source(figure.source));
			}
			case 'table':
				return (
					table(
						figure.columns.map(text),
						figure.rows.map((cells) => cells.map(formatNumber)),
					) + caption(source(figure.source))
				);
			case 'timeline': {
				const events = figure.events.map(
					(event) => `<li><b>${own(formatDate(event.date))}</b>: ${text(event.text)}</li>`,
				);
				return `<ul>${events.join('')}</ul>${caption(source(figure.source))}`;
			}
		}
	};
	return `<figure>${inside() ?? ''}</figure>`;
}
