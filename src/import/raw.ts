import { posix } from 'node:path';
import { tellProgress } from '../environment.ts';
import { type OthersText } from '../markdown/others.ts';
import { faultOfRange, toMarkdown, withoutReserved } from './html.ts';
import { toPlainLine } from './html-text.ts';
import { unknownHome } from './places.ts';
import type { ImportedPicture, ImportedPost, LeftOut, LinkTo, Source } from './post.ts';

/** A post whose text is still as its former paper had it. */
export interface RawPost extends Omit<ImportedPost, 'markdown' | 'pictures'> {
	/** Returns the text as HTML. */
	text: () => OthersText;
	/** The post's own address, whole or a path, to which its links are relative. */
	base: string;
	/** Returns where a picture lies in the folder of media, by its address in the text; that itself where it lies elsewhere. */
	locate: (address: string) => string;
}

/** A former paper that fits into the memory. */
export interface RawPaper {
	title: string;
	address: string | undefined;
	/** The path of the folder that it was read from, from the current one on. */
	folder?: string;
	posts: readonly RawPost[];
	/** What else there was, known once the posts were read. */
	leftOut: () => readonly LeftOut[];
}

/** Returns a former paper as it is brought in. Of posts with the same key it has the first. */
export function toSource(paper: RawPaper): Source {
	const { title, address, leftOut } = paper;
	const home = address ?? unknownHome;
	const { first, others } = tellApart(paper);
	const posts = [...first.values()];
	const addresses = new Map(posts.map(({ origin, base }) => [origin, base]));
	return {
		title,
		address,
		outlines: () => toAsync(posts),
		posts: (linkTo) =>
			toAsync(
				posts.values().map((post, i) => {
					tellProgress(i + 1, posts.length, post.origin);
					return toPost(post, home, addresses, linkTo);
				}),
			),
		leftOut: () => [
			...leftOut(),
			...others.map(({ origin }) => ({ what: `${origin}: in the source twice`, count: 1 })),
		],
	};
}

/** Addresses that stand in the settings of papers which were given none: `/`, `https://example.org/`. */
const placeholder = /^(?!https?:)|^https?:\/\/(?:www\.)?(?:example\.(?:org|com|net)|localhost)(?=[:/]|$)/i;

/** Puts what names the paper into the keys of its posts: another paper may have posts that are called the same. */
function tellApart({ title, address, folder, posts }: RawPaper): { first: Map<string, RawPost>; others: RawPost[] } {
	const own = address === undefined || placeholder.test(address) ? undefined : address;
	const paper = own ?? folder ?? address ?? title;
	const first = new Map<string, RawPost>();
	const others: RawPost[] = [];
	for (const post of posts) {
		const key = `${post.key} of ${paper}`.replace(/[\s#]+/g, ' ');
		if (first.has(key)) others.push(post);
		else first.set(key, { ...post, key });
	}
	return { first, others };
}

// The values are there already; whoever takes them waits for those of other papers.
// eslint-disable-next-line @typescript-eslint/require-await
async function* toAsync<T>(values: Iterable<T>): AsyncGenerator<T> {
	yield* values;
}

function toPost(post: RawPost, home: string, addresses: ReadonlyMap<string, string>, linkTo: LinkTo): ImportedPost {
	const { text, base, locate, ...fields } = post;
	const page = URL.parse(base, home)?.href ?? home;
	const toWhole = (address: string) => URL.parse(address, page)?.href ?? address;
	const locatePicture = (picture: ImportedPicture): ImportedPicture => ({
		...picture,
		address: locate(picture.address),
		otherwise: [toWhole(picture.address)],
	});
	const { html, footnotes, fault: unread } = readSafely(text);
	const { markdown, pictures, notes, fault } = toMarkdown(withoutReserved(html), {
		linkTo(href) {
			const named = addressOfFile(href, post.origin, addresses);
			return linkTo(href.startsWith('#') ? href : toWhole(named ?? href.trim()));
		},
		pictureOf(img) {
			const address = sourceOf(img);
			const [alt, caption] = ['alt', 'title'].map((name) => toPlainLine(img.getAttribute(name) ?? ''));
			return address === undefined ? undefined : locatePicture({ address, alt, caption });
		},
		footnotes,
	});
	const lead = post.lead && locatePicture(post.lead);
	return { ...fields, markdown, pictures, lead, fault: unread ?? fault, notes: [...post.notes, ...notes] };
}

/** Returns the text, or why it could not be read. */
function readSafely(text: RawPost['text']): OthersText & { fault?: string } {
	try {
		return text();
	} catch (error) {
		if (error instanceof RangeError) return { html: '', footnotes: new Map(), fault: faultOfRange(error) };
		throw error;
	}
}

function sourceOf(img: Element): string | undefined {
	return ['data-src', 'src'].map((name) => img.getAttribute(name)?.trim()).find((source) => source);
}

/**
 * Returns the address of the text whose file a link names, from the file of its own text on or by the end of its path;
 * nothing where it names none.
 */
function addressOfFile(href: string, file: string, addresses: ReadonlyMap<string, string>): string | undefined {
	const [, path = '', fragment = ''] = /^(?![a-z][a-z\d+.-]*:|\/\/)([^#?]+\.(?:md|markdown))(#.*)?$/i.exec(href) ?? [];
	if (path === '') return undefined;
	const near = posix.join(posix.dirname(file), path);
	const ends = [path, path.replace(/\.\w+$/, '/index.md')].map((end) => posix.join('/', end));
	const found =
		addresses.get(near) ?? [...addresses].find(([name]) => ends.some((end) => `/${name}`.endsWith(end)))?.[1];
	return found === undefined ? undefined : found + fragment;
}
