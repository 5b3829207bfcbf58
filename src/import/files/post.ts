import { extname } from 'node:path';
import { readClock } from '../../environment.ts';
import { toHtmlOfOthers } from '../../markdown/others.ts';
import { toPlainText } from '../../markdown/plain.ts';
import { readText } from '../../markdown/text.ts';
import { toMoment } from '../../schemas/moment.ts';
import { site } from '../../site.ts';
import type { LeftOut } from '../post.ts';
import type { RawPost } from '../raw.ts';
import { toDate } from './dates.ts';
import { type ForeignFolder, locate, readFrom } from './folder.ts';
import { type KnownFields } from './front-matter.ts';

/** What a kind of former paper says of one of its files. */
export interface FileFacts {
	file: string;
	fields: KnownFields;
	/** The text below the front matter, markdown or HTML as the name of the file says. */
	body: string;
	kind: RawPost['kind'];
	slug: string;
	/** Date where the front matter has none. */
	date?: string | undefined;
	isDraft: boolean;
	/** Paths of the former paper, the one that was last used first. */
	oldAddresses: readonly string[];
	/** Folders whose files have addresses from the root on. */
	roots: readonly string[];
	/** The section where the front matter names no category. */
	section?: string | undefined;
	notes: readonly string[];
}

/** Makes posts of texts in a folder; of those that cannot be read it is told why. @param toPost returns nothing for what is no text of readers */
export async function readPosts(
	folder: ForeignFolder,
	files: readonly string[],
	toPost: (file: string, text: string) => RawPost | undefined,
): Promise<{ posts: RawPost[]; leftOut: LeftOut[] }> {
	const posts: RawPost[] = [];
	const leftOut: LeftOut[] = [];
	for (const file of files) {
		try {
			const post = toPost(file, await readFrom(folder, file));
			if (!post) continue;
			posts.push(post);
			folder.used.add(file);
		} catch (error) {
			if (!(error instanceof Error)) throw error;
			const [reason = ''] = error.message.split('\n', 1);
			leftOut.push({ what: `${file} cannot be read: ${reason}`, count: 1 });
			folder.used.add(file);
		}
	}
	return { posts, leftOut };
}

/** Returns a post made of a file of a former paper. @param name of the program */
export function toRawPost(folder: ForeignFolder, name: string, facts: FileFacts): RawPost {
	const { file, fields, kind, slug, oldAddresses, roots } = facts;
	// What stands behind a heading in braces is its address, in most programs.
	const body = facts.body.replace(/^(#{1,6} .*?)[ \t]*\{#[^{}\n]*\}[ \t]*$/gm, '$1');
	const [category = facts.section, ...others] = fields.categories;
	const isMarkdown = !extname(file).toLowerCase().startsWith('.htm');
	const heading = fields.title === '' && isMarkdown ? /^# +(.+?)(?: +#*)?$/m.exec(body) : null;
	const own = oldAddresses[0] ?? '/';
	const { date, isDraft, notes } = whenToBeSeen(facts);
	const isUnclear = fields.updated !== undefined && toDate(fields.updated) === undefined;
	return {
		key: `${name} ${file.replace(/[\t\n#]/g, ' ')}`,
		kind,
		origin: file,
		title: fields.title === '' ? toPlainText(readText(heading?.[1] ?? '').tree) : fields.title,
		slug,
		publishedAt: date,
		isDraft,
		oldAddresses,
		standfirst: fields.standfirst,
		updatedAt: toDate(fields.updated),
		text() {
			const text = heading ? body.replace(heading[0], '') : body;
			return isMarkdown ? toHtmlOfOthers(text) : { html: text, footnotes: new Map() };
		},
		base: own,
		locate: (address) => locate(folder, file, address, roots),
		lead: fields.picture,
		authors: fields.authors.map((author) => ({ name: author })),
		section: category === undefined ? undefined : { name: category },
		tags: [...others, ...fields.tags].map((tag) => ({ name: tag })),
		comments: [],
		language: fields.language,
		notes: [
			...facts.notes,
			...notes,
			...(isUnclear ? [`it was updated ${fields.updated}, which is no date: that was left out`] : []),
		],
	};
}

/** Returns from when on readers may see a text, if at all. */
function whenToBeSeen({ fields, date, isDraft, kind }: FileFacts) {
	const { embargo, expires } = fields;
	const [written, from, until] = [fields.date ?? date, embargo, expires].map(toDate);
	const isEmbargoed = from !== undefined && (written === undefined || startOf(from) > startOf(written));
	const isOver = expires !== undefined && (until === undefined || startOf(until) <= readClock());
	// What is no date, as `published: true`, keeps nothing back unless it looks like one.
	const isUnclear = embargo !== undefined && from === undefined && /\d/.test(embargo);
	const isToWait = kind === 'page' && isEmbargoed && startOf(from) > readClock();
	return {
		date: isEmbargoed ? from : written,
		isDraft: isDraft || fields.isDraft || isOver || isUnclear || isToWait,
		notes: [
			...(isOver ? [`it was to be seen until ${expires}, and is a draft here`] : []),
			...(expires !== undefined && !isOver ? [`it was to be seen until ${expires}: take it down then`] : []),
			...(isUnclear ? [`it was to be seen from ${embargo} on, which is no date: it is a draft here`] : []),
		],
	};
}

/** In milliseconds since 1970. @param date a day or a time, as {@link toDate} returns it */
function startOf(date: string): number {
	return toMoment(date, site.timeZone)?.instant ?? Infinity;
}
