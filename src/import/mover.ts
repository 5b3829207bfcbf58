import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { type Draft, draftPost, faultsOf } from './article.ts';
import { draftComments } from './comments.ts';
import { faultOfRange } from './html.ts';
import { type Ledger, type Outcome, toPictureKey } from './ledger.ts';
import type { Media } from './media.ts';
import { type Place, type Places, toPath } from './places.ts';
import { detach, toLine } from './plain.ts';
import type { ImportedPost } from './post.ts';
import type { Report } from './report.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The newsroom that something is brought into. */
export interface Destination {
	/** The content folder, absolute. */
	content: string;
	/** The folder of the comments, absolute. */
	comments: string;
	/** In milliseconds since 1970. */
	now: number;
	media: Media;
}

/** Articles and pages that no import has written: their files, in the content folder, by their ids. */
export type Foreign = ReadonlyMap<string, string>;

/** What a mover works with. */
interface Equipment {
	places: Places;
	vocabulary: Vocabulary;
	foreign: Foreign;
	ledger: Ledger;
	report: Report;
}

/** Returns the folder, beside the content, of what imports keep: their report, what was put aside, what they have written. */
export function recordsOf(content: string): string {
	return join(dirname(content), 'import');
}

/** Moves posts in, one after another. */
export class Mover {
	/** Keys of posts that turned out to have no page. */
	readonly absent = new Set<string>();
	readonly #newsroom: Destination;
	readonly #equipment: Equipment;
	/** Keys of the written posts that link to a path. */
	readonly #linking = new Map<string, Set<string>>();

	constructor(newsroom: Destination, equipment: Equipment) {
		this.#newsroom = newsroom;
		this.#equipment = equipment;
	}

	/** Writes a post, its pictures and its comments into the content, or aside where it does not obey the paper's rules. */
	async move(post: ImportedPost): Promise<void> {
		const { places, vocabulary, ledger } = this.#equipment;
		const place = places.of(post.key) ?? nowhere(post);
		const state = await ledger.stateOf(post.key);
		if (state === 'edited' || state === 'removed') return this.#leave(post, place, state);
		const subjects = post.kind === 'article' ? vocabulary.subjectsOf(post) : undefined;
		const draft = await draftPost(post, place, subjects, this.#newsroom.media);
		const faults = this.#faultsOf(post, place, draft);
		let outcome = faults.length > 0 ? undefined : await this.#write(post.key, this.#fileOf(place, draft), draft);
		if (outcome === 'taken')
			faults.push(`${this.#fileOf(place, draft)} is there already, and no import has written it`);
		const isFit = faults.length === 0;
		if (isFit) {
			if (subjects) vocabulary.use(subjects);
			for (const [, path = ''] of draft.text.matchAll(/\]\((\/[^)\s\]]*)\)/g))
				this.#linking.getOrInsertComputed(detach(path), () => new Set()).add(post.key);
		} else {
			this.absent.add(post.key);
			const text = draft.text.replace('---\n', (line) => line + faults.map((fault) => `# ${toLine(fault)}\n`).join(''));
			outcome = await this.#write(post.key, this.#aside(this.#fileOf(place, draft)), { ...draft, text });
		}
		const notes = [...draft.notes, ...(await this.#moveComments(post, place, isFit))];
		this.#tell(post, outcome ?? 'same', faults, notes);
	}

	/** Takes links out of written posts that lead to such as turned out to have no page. */
	async unlinkAbsent(): Promise<void> {
		const { places, ledger, report } = this.#equipment;
		for (const key of this.absent) {
			const place = places.of(key);
			const path = place && toPath(place);
			for (const linking of this.#linking.get(path ?? '') ?? []) {
				await ledger.rewrite(linking, (text) => text.replaceAll(linkTo(path ?? ''), '$1'));
				const file = ledger.fileOf(linking) ?? '';
				report.addNote(file, `a link was taken out: it led to ${ledger.fileOf(key) ?? key}, which is put aside`);
			}
		}
	}

	/** Leaves a post as editors have left it since an earlier import. */
	async #leave(post: ImportedPost, place: Place, state: 'edited' | 'removed'): Promise<void> {
		const isAside = this.#equipment.ledger.fileOf(post.key)?.startsWith(this.#aside('')) === true;
		if (isAside || (state === 'removed' && !place.isPublic)) this.absent.add(post.key);
		const notes = !isAside && state === 'edited' ? await this.#moveComments(post, place, true) : [];
		this.#tell(post, state, isAside ? ['was put aside by an earlier import'] : [], notes);
	}

	#faultsOf(post: ImportedPost, place: Place, draft: Draft): string[] {
		const { vocabulary, foreign } = this.#equipment;
		const file = this.#fileOf(place, draft);
		if (post.fault !== undefined) return [post.fault];
		if (post.kind === 'article' && !place.publishedAt) return ['it has no date that exists'];
		if (post.kind === 'page' && post.isDraft) return ['it is a draft, which pages cannot be'];
		const other = foreign.get(place.id);
		const occupied = other === undefined ? undefined : `${basename(this.#newsroom.content)}/${other}`;
		if (occupied !== undefined && occupied !== file) return [`${occupied} stands at its address`];
		try {
			return faultsOf(draft, place, file, vocabulary.references).map(({ field, message }) =>
				[field, message].filter((part) => part !== undefined).join(': '),
			);
		} catch (error) {
			if (error instanceof RangeError) return [faultOfRange(error)];
			throw error;
		}
	}

	/** Returns the file of a post, relative to the newsroom. */
	#fileOf({ kind, id }: Place, { pictures }: Draft): string {
		const name = basename(this.#newsroom.content);
		if (kind === 'page') return `${name}/pages/${id}.md`;
		return `${name}/articles/${id}${pictures.length > 0 ? '/index' : ''}.md`;
	}

	/** Returns where a file stands that is put aside: neither the paper nor its checks look there. */
	#aside(file: string): string {
		const { content } = this.#newsroom;
		const folder = relative(dirname(content), join(recordsOf(content), 'aside')).replaceAll(sep, '/');
		return `${folder}/${file.replace(`${basename(content)}/`, '')}`;
	}

	/** Writes a post and its pictures; pictures that it had before and has no more go. */
	async #write(key: string, file: string, { text, pictures }: Draft): Promise<Outcome> {
		const { ledger, report } = this.#equipment;
		const outcome = await ledger.write(key, file, text);
		if (outcome === 'taken') return outcome;
		const kept = new Set<string>();
		for (const { name, picture } of pictures) {
			const part = toPictureKey(key, name);
			kept.add(part);
			const bytes = typeof picture === 'string' ? await readFile(picture) : picture;
			await ledger.write(part, `${dirname(file)}/${name}`, bytes);
		}
		for (const part of ledger.picturesOf(key)) if (!kept.has(part)) await ledger.drop(part);
		report.addPictures(pictures.length);
		return outcome;
	}

	/** @returns what an editor should look at: sentences without their stops */
	async #moveComments({ key, kind, comments }: ImportedPost, { id }: Place, isFit: boolean): Promise<string[]> {
		const { ledger, report } = this.#equipment;
		const { content, comments: folder } = this.#newsroom;
		const root = relative(dirname(content), folder).replaceAll(sep, '/');
		const keyOf = (comment: string) => `${key}#comment ${comment}`;
		const removed = new Set<string>();
		for (const comment of new Set(comments.map(({ replyTo }) => replyTo)))
			if (comment !== undefined && (await ledger.stateOf(keyOf(comment))) === 'removed') removed.add(comment);
		const drafts = draftComments(comments, removed);
		for (const comment of drafts) {
			const isShown = isFit && kind === 'article' && comment.isFit;
			const file = `${isShown ? root : this.#aside('comments')}/${id}/${comment.id}.yaml`;
			const outcome = await ledger.write(keyOf(comment.id), file, comment.text);
			const reasons = [
				outcome === 'taken' && 'It is there already, and no import has written it.',
				comment.fault,
				comment.isFit && kind === 'page' && 'It stands below a page, and pages have no comments.',
				comment.isFit && !isFit && 'Its article was put aside.',
			];
			const fault = reasons.find((reason) => typeof reason === 'string');
			report.addComment(file, isShown && outcome !== 'taken', typeof fault === 'string' ? fault : undefined);
		}
		return drafts
			.filter(({ isLoose }) => isLoose)
			.map(({ id: comment }) => `the comment ${comment} answered one that is not here, and stands by itself`);
	}

	#tell(post: ImportedPost, outcome: Outcome, faults: readonly string[], notes: readonly string[]): void {
		const file = this.#equipment.ledger.fileOf(post.key) ?? '';
		this.#equipment.report.addPost({ outline: post, file, outcome, faults, notes });
	}
}

/** Stands for a place where a post has none. */
function nowhere({ key, kind }: ImportedPost): Place {
	const id = `undated/${key.replace(/[^a-z0-9]+/gi, '-')}`;
	return { key, kind, id, publishedAt: undefined, isPublic: false, since: [], formerPaths: [], oldAddresses: [] };
}

/** Finds links of markdown that lead to a path, with their words. */
function linkTo(path: string): RegExp {
	return new RegExp(`\\[((?:[^\\[\\]\\\\]|\\\\.)*)\\]\\(${RegExp.escape(path)}\\)`, 'g');
}
