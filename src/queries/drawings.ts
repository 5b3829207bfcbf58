import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOfProgram } from '../environment.ts';

const folder = join(process.cwd(), '.cache', 'pictures');

/** What drawings follow from beside their input: rooms that import from no others, which a lint rule holds, and who asks. */
const code = [
	...['cards', 'maps', 'markdown', 'styles', 'words', 'site.ts', 'geodata.ts'],
	...['queries/figures.ts', 'queries/pictures.ts', 'queries/png.ts'],
];

/** In milliseconds: drawings that were not used for so long before the last one that was are removed. */
const keptFor = 30 * 24 * 60 * 60 * 1000;

let prepared: Promise<string> | undefined;
const inWork = new Map<string, Promise<Uint8Array>>();

/**
 * Returns a drawing that an earlier build made of the same input with the same code, or makes it.
 * @param input everything that it follows from beside the code
 */
export async function keepDrawing(
	ending: 'svg' | 'png',
	input: readonly unknown[],
	draw: () => Promise<Uint8Array> | Uint8Array,
): Promise<Uint8Array> {
	prepared ??= prepare();
	const key = createHash('sha256')
		.update(JSON.stringify([await prepared, input]))
		.digest('hex');
	const file = join(folder, `${key}.${ending}`);
	// Equal drawings of several articles are made once, not over each other.
	const drawing = inWork.get(file) ?? readOrMake(file, draw).finally(() => inWork.delete(file));
	inWork.set(file, drawing);
	return drawing;
}

async function prepare(): Promise<string> {
	await mkdir(folder, { recursive: true });
	await removeUnused();
	return digestOfProgram(process.cwd(), code);
}

async function readOrMake(file: string, draw: () => Promise<Uint8Array> | Uint8Array): Promise<Uint8Array> {
	const known = await readIfThere(file);
	if (known) return known;
	const drawing = await draw();
	// While it runs, a preview takes over changes of the code, of which its digest does not know.
	if (IS_PREVIEW) return drawing;
	await writeFile(`${file}.${process.pid}`, drawing);
	await rename(`${file}.${process.pid}`, file);
	return drawing;
}

/** Other builds, also of other papers, use the same folder at the same time: what one removes the next makes again. */
async function readIfThere(file: string): Promise<Uint8Array | undefined> {
	try {
		const drawing = await readFile(file);
		await utimes(file, new Date(), new Date());
		return drawing;
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw error;
	}
}

async function removeUnused(): Promise<void> {
	const files = (await readdir(folder)).map((name) => join(folder, name));
	const uses = files.map((file) => ({ file, usedAt: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }));
	const last = uses.reduce((latest, { usedAt }) => Math.max(latest, usedAt), 0);
	await Promise.all(uses.filter(({ usedAt }) => usedAt < last - keptFor).map(({ file }) => rm(file, { force: true })));
}
