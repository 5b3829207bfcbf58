import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'astro/zod';
import { runCommand } from '../../src/commands/run.ts';
import { peoplesEnvironment } from '../support/build.ts';
import { parseJson } from '../support/json.ts';
import { type Contestant, openMeridian, openPeers } from './contestants.ts';

const help = `npm run bench -- 1000 3000 10000

Makes generated papers of so many articles, builds each of them cold, after one edited headline, after one added article
and without a change, and prints medians: seconds in all, of the processor and of each part of the work, the peak of
memory in MB, and how many files differ from the edition before. The processor's time and the peak need GNU time (in
Debian the package time).

  -- --runs 3        how often everything is done
  -- --against DIR   runs other generators in turns with it, those in DIR/peers/ that can be started, and prints the
                     ratios of their times; DIR/corpus.mjs makes their articles`;

const time = '/usr/bin/time';
const kinds = ['cold', 'edit', 'add', 'none'] as const;
type Kind = (typeof kinds)[number];

/** Seconds, but for `peak`, megabytes, and `files`, a count; nothing where it was not measured. */
type Figures = Readonly<Record<string, number | undefined>>;

const columns = [
	'wall',
	'cpu',
	'peak',
	'files',
	'reading',
	'pages',
	'feeds',
	'cards',
	'search',
	'check',
	'compress',
] as const;

/** Which column the time between a line of the build and the next one belongs to. */
const steps: readonly [beginning: string, column: (typeof columns)[number] | undefined][] = [
	['Reading', 'reading'],
	['Making the search', 'search'],
	['Checking', 'check'],
	['Compressing', 'compress'],
	['', undefined],
];

/** Runs a build. @throws Error with what it printed where it fails */
async function measure({ folder, command, environment }: Contestant): Promise<Figures> {
	const before = await filesOf(folder);
	const [program = '', ...args] = existsSync(time) ? [time, '-f', 'TIME %U %S %M', ...command] : command;
	const start = performance.now();
	const child = spawn(program, args, {
		cwd: folder,
		env: { ...peoplesEnvironment(), ...environment, CLOCK: '2025-07-01T00:00:00Z' },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const lines: string[] = [];
	const parts = new Map<string, number>();
	let part: string | undefined;
	let begun = performance.now();
	const listen = (line: string) => {
		lines.push(line);
		const now = performance.now();
		if (part !== undefined) parts.set(part, (parts.get(part) ?? 0) + (now - begun) / 1000);
		part = steps.find(([beginning]) => line.startsWith(beginning))?.[1];
		begun = now;
	};
	for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', listen);
	const status = await new Promise((ended) => child.once('close', ended));
	const wall = (performance.now() - start) / 1000;
	const [, user, system, peak] = /^TIME (\S+) (\S+) (\S+)$/m.exec(lines.join('\n')) ?? [];
	if (status !== 0) throw new Error(`${command.join(' ')} failed:\n${lines.join('\n')}`);
	const after = await filesOf(folder);
	const routes = await routesOf(environment['ROUTES_FILE']);
	const search = (parts.get('search') ?? 0) + (routes['search'] ?? 0);
	return {
		...Object.fromEntries(parts),
		...routes,
		...(part !== undefined && { search }),
		wall,
		cpu: user === undefined ? undefined : Number(user) + Number(system),
		peak: peak === undefined ? undefined : Number(peak) / 1024,
		files: before && after && differences(before, after),
	};
}

const manifestSchema = z.object({ files: z.record(z.string(), z.string()) });

async function filesOf(folder: string): Promise<Record<string, string> | undefined> {
	const file = join(folder, 'dist/edition.json');
	return existsSync(file) ? parseJson(manifestSchema, await readFile(file, 'utf8')).files : undefined;
}

function differences(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): number {
	return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((path) => before[path] !== after[path])
		.length;
}

/** Returns the seconds that routes took, by what they make. */
async function routesOf(file: string | undefined): Promise<Figures> {
	if (file === undefined) return {};
	const times = parseJson(z.record(z.string(), z.number()), await readFile(file, 'utf8'));
	const sums = { pages: 0, feeds: 0, cards: 0, search: 0 };
	for (const [route, milliseconds] of Object.entries(times)) {
		const kind = /\.xml$|feed\.json$|\.opml$/.test(route)
			? 'feeds'
			: route.endsWith('card.png')
				? 'cards'
				: route.startsWith('/search/')
					? 'search'
					: 'pages';
		if (route !== '') sums[kind] += milliseconds / 1000;
	}
	return sums;
}

function medianOf(runs: readonly Figures[], column: string): number | undefined {
	const values = runs.map((run) => run[column]).filter((value) => value !== undefined);
	return values.sort((a, b) => a - b)[values.length >> 1];
}

const show = (value: number | undefined) => (value === undefined ? '' : value.toFixed(value < 10 ? 1 : 0));

/** Prints a table in markdown. */
function print(rows: readonly (readonly string[])[]): void {
	const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? [];
	const lines = rows.map((row) => `| ${row.map((cell, i) => cell.padStart(widths[i] ?? 0)).join(' | ')} |`);
	console.log(
		[lines[0], `|${widths.map((width) => `${'-'.repeat(width + 1)}:`).join('|')}|`, ...lines.slice(1)].join('\n'),
	);
}

async function compare(articles: number, runs: number, against: string | undefined): Promise<void> {
	const meridian = await openMeridian(articles);
	try {
		const contestants = [meridian, ...(against === undefined ? [] : await openPeers(against, articles))];
		const results = new Map(contestants.map(({ name }) => [name, new Map<Kind, Figures[]>()]));
		for (let round = 1; round <= runs; round++)
			for (const contestant of contestants) {
				await contestant.reset();
				for (const kind of kinds) {
					if (kind === 'edit' || kind === 'add') await contestant[kind](round);
					const figures = await measure(contestant);
					console.error(
						`${contestant.name}, ${articles} articles, round ${round}, ${kind}: ${show(figures['wall'])} s`,
					);
					results.get(contestant.name)?.getOrInsert(kind, []).push(figures);
				}
			}
		const rows = [...results].flatMap(([name, ofKinds]) =>
			[...ofKinds].map(([kind, figures]) => [
				name,
				String(articles),
				kind,
				...columns.map((column) => show(medianOf(figures, column))),
				...(against === undefined ? [] : [ratioTo('hugo', kind, figures)]),
			]),
		);
		const ratio = against === undefined ? [] : ['to Hugo'];
		function ratioTo(peer: string, kind: Kind, figures: readonly Figures[]): string {
			const other = medianOf(results.get(peer)?.get(kind) ?? [], 'wall');
			return other === undefined ? '' : ((medianOf(figures, 'wall') ?? 0) / other).toFixed(2);
		}
		print([['program', 'articles', 'build', ...columns, ...ratio], ...rows]);
	} finally {
		await meridian.remove();
	}
}

await runCommand(
	help,
	async ({ words, options }) => {
		const sizes = words.length > 0 ? words.map(Number) : [1000];
		const against = options.get('against');
		for (const size of sizes)
			await compare(size, Number(options.get('runs') ?? 3), against === undefined ? undefined : resolve(against));
	},
	[],
	['runs', 'against'],
);
