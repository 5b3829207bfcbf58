import { rmSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ContentError, type Problem } from '../domain/problems.ts';
import { readStamps } from './check/cache.ts';
import { type Checked, checkEdition } from './check/check.ts';
import { broughtBack, type Counts, isIntact, type Manifest, readManifest, writeManifest } from './check/manifest.ts';
import { explainDisk } from './disk.ts';
import { takeLock } from './lock.ts';
import { logPublication, readLastEntry } from './log.ts';
import { packEdition, tidyPacked } from './pack.ts';
import { type Making, type Plan, readPlan, writePlan } from './plan.ts';
import { cleanUpAtSignals } from './signals.ts';
import {
	currentEdition,
	fileEdition,
	mend,
	nextName,
	openStore,
	packingIn,
	planOf,
	removeLeniently,
	showEdition,
	spareOf,
	type Store,
	tidy,
} from './store.ts';

/** What a build has come to. Whoever is told of them can end the process at each: readers have a whole edition. */
export type Step = 'locked' | 'writing' | 'written' | 'checked' | 'packed' | 'filed' | 'linked' | 'shown' | 'tidied';

export interface PublishOptions {
	/** Is called where another process is at work, with its id; without it, nothing is waited for. */
	onWait?: ((holder: number) => void) | undefined;
	onStep?: ((step: Step) => void) | undefined;
	/** The moment for which the edition is made, in milliseconds since 1970. */
	clock?: number | undefined;
	/** Tells whether an edition that was made so would be made again. */
	isCurrent?: ((plan: Plan) => Promise<boolean>) | undefined;
	/** Keeps between builds what the check has learned. */
	cacheFile?: string | undefined;
	/** Is told of files, by their paths, that were changed or removed in the edition that readers get. */
	onDamage?: ((files: readonly string[]) => void) | undefined;
	/** Lets everything be made anew, also what could be taken over from the edition that readers get. */
	isFull?: boolean | undefined;
}

/** The edition that readers get, with what it was made of and what it says of itself. */
export interface Former {
	name: string;
	folder: string;
	plan: Plan;
	manifest: Manifest;
	/** Where an edition may lie that is to be removed. */
	spare: string;
}

/** What the next edition was made of, and the paths of the files in it that were taken over from the former one. */
interface Written {
	making: Making;
	carried: ReadonlySet<string>;
}

/**
 * Writes an edition into a new folder; may take files over from the former one.
 * @returns nothing where no later edition can take anything over
 */
type Write = (folder: string, former: Former | undefined) => Promise<Written | undefined> | Promise<void>;

export interface Published {
	/** The edition that readers get, among the editions of the store. */
	name: string;
	/** False where nothing has changed, so that readers keep the edition that they had. */
	isNew: boolean;
	counts: Counts;
	/** How many files were taken over from the edition before. */
	carried: number;
	/** What is not as it should be, but may be published. */
	warnings: readonly Problem[];
}

/**
 * Publishes an edition at `path`, whole and checked or not at all.
 * @param write is called once nobody else is at work; and again, to make everything anew, where what was taken over
 * turns out to be damaged
 * @throws ContentError where the check has findings; BusyError where another is at work; Error where `path` holds
 * something else or the disk is in the way
 */
export async function publish(path: string, write: Write, options: PublishOptions = {}): Promise<Published> {
	try {
		const store = await openStore(path);
		const release = await takeLock(store.folder, options.onWait);
		const workshop = join(store.folder, 'next');
		const standBy = cleanUpAtSignals(() => {
			for (const unfinished of [workshop, packingIn(store)])
				rmSync(unfinished, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
		});
		try {
			await mend(store);
			options.onStep?.('locked');
			const current = currentEdition(store);
			const former = current === undefined ? undefined : await openFormer(store, current);
			return (
				(await keepCurrent(store, former, options)) ?? (await publishNext(store, workshop, write, former, options))
			);
		} finally {
			await removeLeniently(workshop);
			release();
			standBy();
		}
	} catch (error) {
		throw explainDisk(error);
	}
}

/** Leaves the edition that readers have, where the next would be the same and it is whole. */
async function keepCurrent(
	store: Store,
	former: OpenedFormer | undefined,
	{ isCurrent, isFull, onStep, cacheFile }: PublishOptions,
): Promise<Published | undefined> {
	if (!isKnown(former) || isFull || (await isCurrent?.(former.plan)) !== true) return undefined;
	const { name, folder, plan, manifest } = former;
	const kept = { name, isNew: false, carried: 0 };
	if (plan.stamps !== undefined && plan.stamps === readStamps(folder))
		return { ...kept, counts: manifest, warnings: plan.warnings };
	onStep?.('written');
	const { findings, counts, warnings } = await checkEdition(folder, cacheFile);
	if (findings.length > 0) return undefined;
	await keepPlan(store, name, manifest.digest, { ...plan, warnings });
	return { ...kept, counts, warnings };
}

/** Keeps what is known of an edition, with the stamps that its files have now. */
function keepPlan(store: Store, name: string, digest: string, plan: Omit<Plan, 'stamps'>): Promise<void> {
	return writePlan(planOf(store, name), digest, { ...plan, stamps: readStamps(join(store.folder, name)) });
}

async function publishNext(
	store: Store,
	workshop: string,
	write: Write,
	former: OpenedFormer | undefined,
	options: PublishOptions,
): Promise<Published> {
	const { onStep, clock } = options;
	const { written, checked } = await makeNext(workshop, write, former, options);
	const { findings, counts } = checked;
	if (findings.length > 0) throw new ContentError(findings);
	const warnings = [...(written ? lostAddresses(former?.manifest, checked) : []), ...checked.warnings];
	const carried = written?.carried.size ?? 0;
	const manifest = await writeManifest(workshop, checked);
	onStep?.('checked');
	if (former && clock !== undefined) await refuseReturns(store, former.name, workshop, clock);
	await packEdition(store, workshop, manifest);
	onStep?.('packed');
	const remember = async (name: string) => {
		const plan = written && { ...written.making, warnings: checked.warnings };
		if (plan) await keepPlan(store, name, manifest.digest, plan);
	};
	if (former && (await isSame(former, manifest))) {
		await remember(former.name);
		return { name: former.name, isNew: false, counts, carried, warnings };
	}
	const name = nextName(store, manifest.digest.slice(0, 8));
	// What readers were taken back from must not stand between the new edition and the one that they have.
	await tidy(store);
	await fileEdition(store, workshop, name);
	onStep?.('filed');
	await remember(name);
	showEdition(store, name, () => onStep?.('linked'));
	onStep?.('shown');
	await logPublication(store.folder, 'published', name, clock);
	await tidy(store);
	await tidyPacked(store);
	onStep?.('tidied');
	return { name, isNew: true, counts, carried, warnings };
}

/** Makes the next edition and checks it; once more, and wholly anew, where what was taken over is damaged. */
async function makeNext(
	workshop: string,
	write: Write,
	former: OpenedFormer | undefined,
	{ onStep, onDamage, cacheFile, isFull = false }: PublishOptions,
): Promise<{ written: Written | undefined; checked: Checked }> {
	const make = async (source: Former | undefined) => {
		await mkdir(workshop);
		onStep?.('writing');
		const written = (await write(workshop, source)) ?? undefined;
		onStep?.('written');
		const checked = await checkEdition(workshop, cacheFile);
		for (const path of checked.unused) await rm(join(workshop, path));
		return { written, checked };
	};
	const source = !isFull && isKnown(former) ? former : undefined;
	const made = await make(source);
	const damaged = source && made.written ? damagedFiles(source, made.written, made.checked) : [];
	if (damaged.length === 0) return made;
	onDamage?.(damaged);
	await removeLeniently(workshop);
	return make(undefined);
}

/** Nothing can be taken over from an edition of which plan or manifest are not known. */
type OpenedFormer = Pick<Former, 'name' | 'folder' | 'spare'> & Partial<Former>;

function isKnown(former: OpenedFormer | undefined): former is Former {
	return former?.plan !== undefined && former.manifest !== undefined;
}

async function openFormer(store: Store, name: string): Promise<OpenedFormer> {
	const folder = join(store.folder, name);
	const manifest = await readManifest(folder);
	const plan = manifest && (await readPlan(planOf(store, name), manifest.digest));
	return { name, folder, spare: spareOf(store), ...(manifest && { manifest }), ...(plan && { plan }) };
}

/** Returns what was taken over and is not what it was when it was published, but for pictures that nothing names. */
function damagedFiles({ manifest }: Former, { carried }: Written, { files, unused }: Checked): string[] {
	const hashes = new Map(files.map(({ path, hash }) => [path, hash]));
	const isDamaged = (path: string) => !hashes.has(path) || hashes.get(path) !== manifest.files[path];
	return [...carried.difference(unused)].filter(isDamaged);
}

const addressKinds: readonly (readonly [form: RegExp, advice: string])[] = [
	[
		/^\d{4}\/\d{2}\/[^/]+\/index\.html$/,
		'Name it in the formerPaths of the article that took its place, or retract the article',
	],
	[/^tags\/[^/]+\/index\.html$/, 'Name it under formerly of the tag that took its place'],
	[/^(?:authors|sections)\/[^/]+\/index\.html$/, 'Keep it where others may lead there'],
];

/** Finds addresses that the edition before had, and at which readers would find nothing any more. */
function* lostAddresses(before: Manifest | undefined, { files }: Checked): Generator<Problem> {
	const present = new Set(files.map(({ path }) => path));
	for (const path of Object.keys(before?.files ?? {})) {
		if (present.has(path)) continue;
		const [, advice] = addressKinds.find(([form]) => form.test(path)) ?? [];
		if (advice !== undefined) yield { file: path, message: `was published, and is gone. ${advice}` };
	}
}

/** By a clock of old nothing retracted comes back; an editor who takes a retraction back means it. */
async function refuseReturns(store: Store, former: string, workshop: string, clock: number): Promise<void> {
	const last = readLastEntry(store.folder);
	if (last?.edition !== former || last.clock === undefined || clock >= Date.parse(last.clock)) return;
	const back = await broughtBack(join(store.folder, former), workshop);
	if (back.length > 0)
		throw new Error(
			`For ${new Date(clock).toISOString()} what was retracted since would be published again: ${back.join(', ')}. Build without CLOCK, or with OUT_DIR in another folder.`,
		);
}

/** Tells whether an edition says of itself what the next one does, and all its files still are what they were. */
async function isSame({ folder, manifest }: OpenedFormer, next: Manifest): Promise<boolean> {
	return manifest !== undefined && isDeepStrictEqual(manifest, next) && (await isIntact(folder, manifest));
}
