import { toLabelKey } from '../domain/labels.ts';
import type { TagKind } from '../schemas/vocabulary.ts';
import { site } from '../site.ts';

/** Words by which names of organisations can be told, as labels are compared. */
const organisations =
	/(?:^| )(?:academy|agency|alliance|association|authority|bank|bureau|chamber|commission|committee|company|congress|corporation|council|court|federation|foundation|institute|league|ministry|organi[sz]ation|parliament|party|senate|society|union|university)(?: |$)/;

let countries: ReadonlySet<string> | undefined;

/** Returns the names of all countries in English and in the paper's language, as labels are compared. */
function namesOfCountries(): ReadonlySet<string> {
	const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i));
	const codes = letters.flatMap((first) => letters.map((second) => first + second));
	const namers = ['en', site.language].map(
		(language) => new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }),
	);
	const names = namers.flatMap((namer) => codes.map((code) => namer.of(code)));
	return new Set(names.filter((name) => name !== undefined).map(toLabelKey));
}

/**
 * Returns what a tag most likely is, by its name alone: a guess, which an editor has to look at.
 * @param isPlace tells whether the newsroom knows a place of this name
 */
export function guessKind(name: string, isPlace: (name: string) => boolean): TagKind {
	const key = toLabelKey(name);
	countries ??= namesOfCountries();
	if (countries.has(key) || isPlace(name)) return 'place';
	if (organisations.test(key)) return 'organisation';
	return 'topic';
}
