import { z } from 'astro/zod';

/** A part of what is shipped, and the licence (SPDX) under which it is. */
export interface Part {
	name: string;
	licence: string | undefined;
}

/** What is shipped and no package of the lock file. */
const otherParts: readonly Part[] = [
	{ name: 'Outlines of countries in world-atlas (Natural Earth)', licence: 'Public domain' },
	{ name: 'Outlines of lakes in src/maps/lakes-50m.json (Natural Earth)', licence: 'Public domain' },
];

/** Packages that name no licence in the lock file, by how their names begin, with that of the project they belong to. */
const unnamed: readonly (readonly [start: string, licence: string])[] = [['@astrojs/compiler-binding-', 'MIT']];

/** Licences under which parts may be shipped, each as it stands in an expression (SPDX). */
const known: ReadonlySet<string> = new Set([
	'0BSD',
	'Apache-2.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'BlueOak-1.0.0',
	'CC0-1.0',
	'ISC',
	'LGPL-3.0-or-later',
	'MIT',
	'MIT-0',
	'MPL-2.0',
	'OFL-1.1',
	'Public domain',
	'Python-2.0',
	'Zlib',
]);

const lockFile = z.object({
	packages: z.record(
		z.string(),
		z.object({ version: z.string().optional(), license: z.string().optional(), dev: z.boolean().optional() }),
	),
});

/** Returns everything that the paper is shipped with, packages for other platforms too, but none that only tests need. */
export function listParts(lock: unknown): Part[] {
	const packages = Object.entries(lockFile.parse(lock).packages)
		.filter(([place, { dev }]) => place !== '' && dev !== true)
		.map(([place, { version = '', license }]) => {
			const name = place.replace(/^.*node_modules\//, '');
			const licence = license ?? unnamed.find(([start]) => name.startsWith(start))?.[1];
			return { name: `${name} ${version}`, licence };
		});
	return [...packages, ...otherParts];
}

/** Tells whether a part may be shipped: each licence of its expression is known. */
export function isKnown({ licence }: Part): boolean {
	const names = licence?.replace(/[()]/g, '').split(/ (?:AND|OR) /) ?? [];
	return names.length > 0 && names.every((name) => known.has(name));
}

/** Returns the parts under the names of their licences, as lines. */
export function formatParts(parts: readonly Part[]): string {
	const groups = Map.groupBy(parts, ({ licence = 'without a licence' }) => licence);
	return [...groups]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(
			([licence, of]) =>
				`${licence} (${of.length})\n${[...new Set(of.map(({ name }) => `  ${name}\n`))].sort().join('')}`,
		)
		.join('\n');
}
