import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Geodata, isLakes, isWorld, toGeodata } from './maps/geodata.ts';
import { site } from './site.ts';

let geodata: Geodata | undefined;

/** Returns the outlines of the world (Natural Earth), read and prepared once. */
export function readGeodata(): Geodata {
	geodata ??= toGeodata(
		readJson(packageFile('world-atlas/countries-50m.json'), isWorld),
		readJson(packageFile('world-atlas/countries-110m.json'), isWorld),
		readJson(join(process.cwd(), 'src/maps/lakes-50m.json'), isLakes),
		nameOf,
	);
	return geodata;
}

const names = new Intl.DisplayNames(site.language, { type: 'region' });

/** Returns a country's name in the paper's language. @param code ISO 3166-1 alpha-2 */
function nameOf(code: string): string {
	return names.of(code) ?? code;
}

/** Finds a file of a package from the project, since the code that asks may have been bundled to a folder far from both. */
function packageFile(path: string): string {
	return createRequire(join(process.cwd(), 'package.json')).resolve(path);
}

function readJson<T>(file: string, isExpected: (value: unknown) => value is T): T {
	const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
	if (!isExpected(value)) throw new TypeError(`${file} does not hold the outlines that maps need.`);
	return value;
}
