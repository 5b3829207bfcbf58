import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { hash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';

/** What became of a file that was to be written. */
export type Outcome =
	/** It was not there before. */
	| 'new'
	/** It is as an earlier import left it, and as it is to be. */
	| 'same'
	/** It was as an earlier import left it, and is now as it is to be. */
	| 'changed'
	/** An editor has changed it since, and it was left alone. */
	| 'edited'
	/** An editor has moved or deleted it since, and it was not written again. */
	| 'removed'
	/** Something else stands in its place, which was left alone. */
	| 'taken';

interface Entry {
	/** Relative to the root. */
	file: string;
	digest: string;
}

/**
 * Knows which files imports have written and how they were then, so that no file is ever overwritten that an editor has
 * changed or that somebody else has made.
 */
export class Ledger {
	readonly #file: string;
	readonly #root: string;
	readonly #entries: Map<string, Entry>;
	/** Keys of pictures by those of their posts. */
	readonly #pictures = new Map<string, Set<string>>();

	private constructor(file: string, root: string, entries: Map<string, Entry>) {
		this.#file = file;
		this.#root = root;
		this.#entries = entries;
		for (const key of entries.keys()) this.#addPicture(key);
	}

	/**
	 * Reads what earlier imports have noted, if there were any.
	 * @param file where that stands
	 * @param root the folder that all paths are relative to
	 * @throws Error where the file has another form
	 */
	static async open(file: string, root: string): Promise<Ledger> {
		const lines = existsSync(file) ? (await readFile(file, 'utf8')).split('\n') : [];
		const entries = new Map<string, Entry>();
		for (const [i, line] of lines.entries()) {
			if (line === '') continue;
			const [key, path, digest, ...rest] = line.split('\t');
			if (key === undefined || path === undefined || digest === undefined || rest.length > 0)
				throw new Error(`${file}:${i + 1}: is no line of an import. Take the file back from Git or a backup.`);
			entries.set(key, { file: path, digest });
		}
		return new Ledger(file, root, entries);
	}

	/** Returns the file that was written under the key, relative to the root. */
	fileOf(key: string): string | undefined {
		return this.#entries.get(key)?.file;
	}

	/** Returns all files that were written, relative to the root. */
	files(): string[] {
		return [...this.#entries.values()].map(({ file }) => file);
	}

	/** Returns the keys of the pictures that were written with a post. @param key of the post */
	picturesOf(key: string): string[] {
		return [...(this.#pictures.get(key) ?? [])];
	}

	/** Returns whether what was written under a key was changed since, or nothing where nothing was. */
	async stateOf(key: string): Promise<'untouched' | 'edited' | 'removed' | undefined> {
		const entry = this.#entries.get(key);
		if (!entry) return undefined;
		const bytes = await this.#read(entry.file);
		if (bytes === undefined) return 'removed';
		return digestOf(bytes) === entry.digest ? 'untouched' : 'edited';
	}

	/**
	 * Writes a file where that takes nothing away from anybody. What was written under the key before, elsewhere, goes.
	 * @param file relative to the root, in it
	 */
	async write(key: string, file: string, content: string | Uint8Array): Promise<Outcome> {
		const bytes = Buffer.from(content);
		const former = this.#entries.get(key);
		const state = await this.stateOf(key);
		if (state === 'edited' || state === 'removed') return state;
		const present = await this.#read(file);
		const isSame = present?.equals(bytes) === true;
		if (present !== undefined && former?.file !== file && !isSame) return 'taken';
		if (!isSame) await this.#replace(file, bytes);
		const old = former?.file ?? file;
		if (old !== file) await this.#remove(old);
		this.#entries.set(key, { file, digest: digestOf(bytes) });
		this.#addPicture(key);
		return isSame ? 'same' : former ? 'changed' : 'new';
	}

	/** Changes a file that was written in this import already. */
	async rewrite(key: string, change: (text: string) => string): Promise<void> {
		const file = this.#entries.get(key)?.file;
		const text = file === undefined ? undefined : (await this.#read(file))?.toString();
		if (file !== undefined && text !== undefined) await this.write(key, file, change(text));
	}

	/** Removes what was written under a key, where nobody has changed it. */
	async drop(key: string): Promise<void> {
		const entry = this.#entries.get(key);
		if (!entry || (await this.stateOf(key)) !== 'untouched') return;
		await this.#remove(entry.file);
		this.#entries.delete(key);
		this.#pictures.get(ownerOf(key) ?? '')?.delete(key);
	}

	/** Forgets that something was written under a key. */
	forget(key: string): void {
		this.#entries.delete(key);
	}

	/** Notes on the disk what was written. */
	async save(): Promise<void> {
		const lines = [...this.#entries].map(([key, { file, digest }]) => `${key}\t${file}\t${digest}\n`);
		await mkdir(dirname(this.#file), { recursive: true });
		await writeFile(`${this.#file}.new`, lines);
		await rename(`${this.#file}.new`, this.#file);
	}

	#addPicture(key: string): void {
		const owner = ownerOf(key);
		if (owner !== undefined) this.#pictures.getOrInsertComputed(owner, () => new Set()).add(key);
	}

	async #read(file: string): Promise<Buffer | undefined> {
		try {
			return await readFile(join(this.#root, file));
		} catch (error) {
			if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
			throw error;
		}
	}

	/** Writes a file whole or not at all. */
	async #replace(file: string, bytes: Buffer): Promise<void> {
		const path = join(this.#root, file);
		await mkdir(dirname(path), { recursive: true });
		// Names with a dot are no content.
		const unfinished = join(dirname(path), `.${basename(path)}.${process.pid}`);
		try {
			await writeFile(unfinished, bytes);
			await rename(unfinished, path);
		} catch (error) {
			await rm(unfinished, { force: true });
			throw error;
		}
	}

	/** Removes a file, and its folder where nothing else is in it. */
	async #remove(file: string): Promise<void> {
		const path = join(this.#root, file);
		await rm(path, { force: true });
		await rmdir(dirname(path)).catch(() => undefined);
	}
}

/** Returns the key under which a picture of a post is noted. */
export function toPictureKey(key: string, name: string): string {
	return `${key}#picture ${name}`;
}

/** Returns the key of the post to which a picture belongs; nothing where the key is that of something else. */
function ownerOf(key: string): string | undefined {
	return /^(.*)#picture /.exec(key)?.[1];
}

function digestOf(bytes: Uint8Array): string {
	return hash('sha256', bytes, 'base64url');
}
