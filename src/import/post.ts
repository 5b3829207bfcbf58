/** What is known of a post before its text is read. */
export interface Outline {
	/** Names the post in every export of the former paper: `wordpress 12`. Holds no tabs, line breaks and `#`. */
	key: string;
	kind: 'article' | 'page';
	/** How people are told of it: its address at the former paper, or its file. */
	origin: string;
	/** Plain text; may be empty. */
	title: string;
	/** The part of its address that named it, in any script; may be empty. */
	slug: string;
	/** A day, or a time with its zone (ISO 8601); nothing where that is not known. */
	publishedAt: string | undefined;
	isDraft: boolean;
	/** Addresses at the former paper, without its host, the one that was last used first: `/2015/03/a-story/`, `/?p=12`. */
	oldAddresses: readonly string[];
}

/** One post of a former paper, in the form that every importer brings it into. */
export interface ImportedPost extends Outline {
	/** Plain text; nothing where the post has none. */
	standfirst: string | undefined;
	/** A day, or a time with its zone (ISO 8601), of the last change that readers were told of. */
	updatedAt?: string | undefined;
	/** Markdown in which {@link toMarker} stands for each picture, alone between two paragraphs. */
	markdown: string;
	pictures: readonly ImportedPicture[];
	/** The picture above the text. */
	lead: ImportedPicture | undefined;
	/** Who wrote it; empty where nobody signed it. */
	authors: readonly ImportedTerm[];
	/** What becomes its section; the others are among the tags. */
	section: ImportedTerm | undefined;
	tags: readonly ImportedTerm[];
	comments: readonly ImportedComment[];
	/** Further front matter, where the former paper was made with this program. */
	fields?: Readonly<Record<string, unknown>>;
	/** A BCP 47 language tag, where the former paper says which. */
	language: string | undefined;
	/** What an editor should look at: sentences without their stops. */
	notes: readonly string[];
	/** Why the text could not be brought into markdown, a sentence without its stop: it is put aside as it was. */
	fault?: string | undefined;
}

/** A name under which a former paper lists posts: of a section, a tag or an author. */
export interface ImportedTerm {
	/** Plain text. */
	name: string;
	/** The part of its address that named it, in any script. */
	slug?: string | undefined;
	/** Addresses of its list at the former paper, without the host. */
	oldAddresses?: readonly string[] | undefined;
	/** Further fields of its entry, as far as they are known; what is none that an entry can have counts for nothing. */
	entry?: Readonly<Record<string, unknown>> | undefined;
}

export interface ImportedPicture {
	/** Address of its file at the former paper, or its path in the folder of media. */
	address: string;
	/** Other addresses of the same picture, such as of a smaller one, which are tried where the first has no file. */
	otherwise?: readonly string[] | undefined;
	alt?: string | undefined;
	caption?: string | undefined;
	credit?: string | undefined;
}

export interface ImportedComment {
	/** The name of its file, unique within the article. */
	id: string;
	name: string;
	/** A day, or a time with its zone (ISO 8601). */
	writtenAt: string | undefined;
	/** Plain text, with an empty line between paragraphs. */
	text: string;
	replyTo?: string | undefined;
	/** When an editor approved it, where that is known; otherwise it counts as approved when it was written. */
	approvedAt?: string;
	isEdited?: boolean;
	isDesk?: boolean;
	/** False for what no editor has approved. */
	isApproved: boolean;
}

/** Things of the former paper that become nothing here. */
export interface LeftOut {
	/** Which, and why. */
	what: string;
	count: number;
}

/** Tells that no article says when it was updated, where a program notes each saving alone. */
export function savingsOf(program: string): LeftOut {
	const reason = 'most changes are none that readers should know of, so that updatedAt is left to editors';
	return { what: `when ${program} last saved each post: ${reason}`, count: 1 };
}

/** Says where a link of the former paper leads now; `fault` says why it can lead nowhere, a clause without its subject. */
export type LinkTo = (href: string) => { href: string; note?: string } | { fault: string };

/** A former paper. */
export interface Source {
	/** Its name, plain text. */
	title: string;
	/** Its address, where it had one. */
	address: string | undefined;
	/** What stood behind the address of a list for its feed: `feed/`; nothing where there were no such feeds. */
	feedSuffix?: string | undefined;
	/** The posts without their texts, in the order of {@link posts}. */
	outlines(): AsyncIterable<Outline>;
	/** The posts, one after another, so that an archive larger than the memory can be brought over. */
	posts(linkTo: LinkTo): AsyncIterable<ImportedPost>;
	/** What else there was, known once the posts were read. */
	leftOut(): readonly LeftOut[];
}

/** Returns what stands in a text for the picture of the number, counted from 0. */
export function toMarker(number: number): string {
	return `\uE000${number}\uE001`;
}

/** Finds what {@link toMarker} made, with its number. */
export const markers = /\uE000(\d+)\uE001/g;
