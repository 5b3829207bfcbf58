import { stringify } from 'yaml';
import type { Problem } from '../domain/problems.ts';
import { checkArticle } from '../loaders/articles.ts';
import { readMarkdown } from '../loaders/markdown.ts';
import type { References } from '../loaders/references.ts';
import { toScalar } from '../loaders/yaml-edit.ts';
import { removeForbidden } from '../markdown/characters.ts';
import { isBefore, type Moment, toMoment } from '../schemas/moment.ts';
import { pageSchema } from '../schemas/page.ts';
import { site } from '../site.ts';
import { primaryOf } from '../words/languages.ts';
import { words } from '../words/words.ts';
import { isLanguage } from '../words/writing.ts';
import { type Brought, bringPicture, type Media } from './media.ts';
import type { Place } from './places.ts';
import { beginningOf, lengthOf, shorten, toLine, toRemark } from './plain.ts';
import { type ImportedPicture, type ImportedPost, markers } from './post.ts';
import type { Subjects } from './vocabulary.ts';

/** In characters, as the schemas have them. */
const limits = { standfirst: 320, alt: 250, caption: 400 } as const;

/** The file of a post, as it would be written. */
export interface Draft {
	text: string;
	/** What is to lie beside it. */
	pictures: Brought[];
	/** What an editor should look at: sentences without their stops. */
	notes: string[];
}

/** A picture's block and file; its fault where it has none. */
type Settled = { fields: Record<string, string>; brought: Brought } | { fault: string };

/** Writes a post as the file that is to stand at its place. */
export async function draftPost(
	post: ImportedPost,
	place: Place,
	subjects: Subjects | undefined,
	media: Media,
): Promise<Draft> {
	const notes = [...post.notes, ...(subjects?.notes ?? [])];
	const lang = toForeignLanguage(post.language ?? site.language);
	if (lang !== undefined && !isLanguage(lang)) notes.push(`it is in a language that is not known: ${lang}`);
	const pictures = new Map<string, Settled>();
	const names = new Set<string>();
	const settle = async (picture: ImportedPicture): Promise<Settled> => {
		const known = pictures.get(picture.address);
		if (known && 'fault' in known) return known;
		const brought = known?.brought ?? (await bringPicture(picture, media, names));
		const settled = 'fault' in brought ? brought : { fields: toFields(picture, brought.name, notes), brought };
		if ('fault' in settled) notes.push(`the picture ${picture.address} ${settled.fault}`);
		else names.add(settled.brought.name);
		pictures.set(picture.address, settled);
		return settled;
	};
	const lead = post.lead && post.kind === 'article' ? await settle(post.lead) : undefined;
	const blocks: string[] = [];
	for (const picture of post.pictures)
		blocks.push(post.kind === 'article' ? toBlock(await settle(picture), picture) : withoutPicture(picture, notes));
	const fields = {
		...toHead(post, notes),
		...(subjects && fieldsOfArticle(place.publishedAt, subjects, updateOf(post, place, notes))),
		...(lead && 'fields' in lead && { lead: { picture: lead.fields } }),
		...post.fields,
		...(lang !== undefined && isLanguage(lang) && { lang }),
		...(place.formerPaths.length > 0 && post.kind === 'article' && { formerPaths: place.formerPaths }),
		...(post.isDraft && post.kind === 'article' && { draft: true }),
	};
	const body = removeForbidden(post.markdown.replace(markers, (_, number: string) => blocks[Number(number)] ?? ''));
	return {
		text: `---\n${toYaml(fields)}---\n\n${body.trim()}\n`,
		pictures: [...pictures.values()].flatMap((settled) => ('brought' in settled ? [settled.brought] : [])),
		notes,
	};
}

/**
 * Returns what keeps a file from being published, as the loader of articles finds it.
 * @param file as people are told of it
 */
export function faultsOf(
	{ text, pictures }: Draft,
	{ id, kind }: Pick<Place, 'id' | 'kind'>,
	file: string,
	references: References,
): Problem[] {
	if (kind === 'page') {
		const problems: Problem[] = [];
		readMarkdown(text, file, pageSchema, problems);
		return problems;
	}
	const names = pictures.length > 0 ? new Set(pictures.map(({ name }) => name)) : undefined;
	return checkArticle({ id, file, text, version: '', digest: '', pictures: names }, references).problems;
}

/** Returns a language as its tag is usually written; nothing where it is the paper's own, whatever the country. */
function toForeignLanguage(language: string): string | undefined {
	const written = language.replaceAll('_', '-').replace(/^[a-z]+/i, (primary) => primary.toLowerCase());
	if (primaryOf(written) === primaryOf(site.language)) return undefined;
	return written.replace(/-[a-z]{2}$/i, (country) => country.toUpperCase());
}

function toHead(post: ImportedPost, notes: string[]): { title: string; standfirst: string } {
	const beginning = beginningOf(post.markdown);
	const title = toLine(post.title);
	if (title === '') notes.push('it had no title: the beginning of its text stands for it');
	const written = toLine(post.standfirst ?? '');
	if (written === '') notes.push('it had no standfirst: the beginning of its text stands for it');
	const standfirst = shorten(written === '' ? beginning : written, limits.standfirst);
	if (written !== '' && standfirst !== written)
		notes.push(
			`its standfirst has ${lengthOf(written)} characters and was cut; it went on: “${written.slice(standfirst.length - 1)}”`,
		);
	return { title: title === '' ? shorten(beginning, 80) : title, standfirst };
}

function fieldsOfArticle(
	publishedAt: Moment | undefined,
	{ section, authors, tags }: Subjects,
	updatedAt: Moment | undefined,
) {
	return {
		...(publishedAt && { publishedAt: publishedAt.iso }),
		...(updatedAt && { updatedAt: updatedAt.iso }),
		section,
		authors,
		tags,
	};
}

/** Returns when a post was updated, where that is later than its publication. */
function updateOf({ updatedAt }: ImportedPost, { publishedAt }: Place, notes: string[]): Moment | undefined {
	const update = updatedAt === undefined ? undefined : toMoment(updatedAt, site.timeZone);
	if (!update || !publishedAt || update.iso === publishedAt.iso) return undefined;
	if (isBefore(publishedAt, update)) return update;
	if (isBefore(update, publishedAt))
		notes.push(`it was updated before it was published, ${update.iso}: that was left out`);
	return undefined;
}

function toFields(picture: ImportedPicture, file: string, notes: string[]): Record<string, string> {
	const given = (text: string | undefined, limit: number) => {
		const line = toLine(text ?? '');
		const cut = shorten(line, limit);
		if (cut !== line) notes.push(`the words with the picture ${file} were cut: “${line}”`);
		return cut;
	};
	const [alt, caption] = [given(picture.alt, limits.alt), given(picture.caption, limits.caption)];
	const credit = given(picture.credit, 200);
	if (alt === '') notes.push(`the picture ${file} had no alternative text: say what it shows`);
	if (caption === '') notes.push(`the picture ${file} had no caption`);
	if (credit === '') notes.push('pictures had no credit: say who made them');
	return {
		file,
		alt: alt || shorten(caption, limits.alt) || words.notStated,
		caption: caption || alt || words.notStated,
		credit: credit || words.notStated,
	};
}

function toBlock(settled: Settled, { address, alt, caption }: ImportedPicture): string {
	if ('fields' in settled) return `\`\`\`picture\n${toYaml(settled.fields)}\`\`\``;
	return toRemark(`a picture is missing here: ${[address, alt, caption].filter((part) => part).join(' | ')}`);
}

function withoutPicture({ address, alt, caption }: ImportedPicture, notes: string[]): string {
	notes.push(`the picture ${address} was left out, since pages can have none`);
	return toRemark(`a picture stood here: ${[address, alt, caption].filter((part) => part).join(' | ')}`);
}

/** Returns fields as YAML, one a line; lists of words in brackets. */
function toYaml(fields: Readonly<Record<string, unknown>>): string {
	return Object.entries(fields)
		.map(([name, value]) => {
			const isList = Array.isArray(value) && value.every((item) => typeof item === 'string');
			if (isList) return `${name}: [${value.map(toScalar).join(', ')}]\n`;
			return typeof value === 'string'
				? `${name}: ${toScalar(value)}\n`
				: stringify({ [name]: value }, { lineWidth: 0, singleQuote: true });
		})
		.join('');
}
