import { adviceFor } from '../domain/nearest.ts';
import type { Problem } from '../domain/problems.ts';
import { colourNames, type Colours, findFaintColours, leastContrast } from '../styles/colours.ts';
import { explainForbidden, findForbiddenCharacter, isBlank } from '../markdown/characters.ts';
import { isLanguage } from '../words/writing.ts';

const file = 'src/site.ts';

/** What of the publication can be wrong. */
interface Publication {
	title: string;
	tagline: string;
	description: string;
	language: string;
	timeZone: string;
	origin: string;
	base: string;
	feedAuthority: string;
	editorEmail: string;
	comments: string;
	tagFeeds: string;
	webSubHub: string | undefined;
	navigation: readonly { label: string; path: string }[];
	footer: readonly { label: string; path: string }[];
}

/** Checks the publication as `src/site.ts` describes it. @param hasWords whether the interface speaks its language */
export function checkPublication(site: Publication, hasWords: boolean): Problem[] {
	const problems: Problem[] = [];
	const check = (field: Exclude<keyof Publication, 'navigation' | 'footer'>, isRight: boolean, message: string) => {
		if (!isRight) problems.push({ file, field, message: `"${site[field]}" ${message}` });
	};
	check(
		'language',
		hasWords && isLanguage(site.language),
		'has no words in src/words/. Add a file of words for it there, or choose another language',
	);
	if (!isTimeZone(site.timeZone)) {
		const zones = Intl.supportedValuesOf('timeZone');
		const advice = adviceFor(site.timeZone, zones, 'Write its IANA name, such as Asia/Almaty');
		check('timeZone', false, `is not a time zone. ${advice}`);
	}
	const isOrigin = URL.parse(site.origin)?.origin === site.origin && /^https?:/.test(site.origin);
	check('origin', isOrigin, 'is not the address of a host. Write it as https://example.org, without a path');
	const isBase = /^\/(?:[\w~-][\w.~-]*\/)*$/.test(site.base);
	check('base', isBase, 'is not a path. Write / or a path with both strokes, such as /news/');
	const isAuthority = /^[\w.-]+(?:@[\w.-]+)?,\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d{2})?)?$/.test(site.feedAuthority);
	check('feedAuthority', isAuthority, 'is not the authority of tag URIs. Write a host and a year, as example.org,2025');
	check('editorEmail', isEmailAddress(site.editorEmail), 'is not an e-mail address');
	check(
		'tagFeeds',
		/^(?:full|standfirst)$/.test(site.tagFeeds),
		'is not what a feed can hold. Write full or standfirst',
	);
	check(
		'comments',
		/^(?:service|letters)$/.test(site.comments),
		'is not where comments can go. Write service or letters',
	);
	const isHub = site.webSubHub === undefined || /^https?:$/.test(URL.parse(site.webSubHub)?.protocol ?? '');
	check(
		'webSubHub',
		isHub,
		'is not the address of a hub. Write it as https://hub.example.org/, or undefined without one',
	);
	const checkText = (field: keyof Publication, text: string) => {
		const forbidden = findForbiddenCharacter(text);
		if (forbidden) problems.push({ file, field, message: `holds ${explainForbidden(forbidden)}` });
		if (isBlank(text)) problems.push({ file, field, message: 'is empty. Write it' });
	};
	for (const field of ['title', 'tagline', 'description'] as const) checkText(field, site[field]);
	for (const field of ['navigation', 'footer'] as const)
		for (const { label, path } of site[field]) for (const text of [label, path]) checkText(field, text);
	return problems;
}

/** Checks the colours of the publication: their names, what they are, and whether text stands out from the paper. */
export function checkColours(colours: Colours): Problem[] {
	const unknown = Object.keys(colours).filter((name) => !colourNames.includes(name));
	if (unknown.length > 0) {
		const adviceOn = (name: string) => adviceFor(name, colourNames, `Name one of ${colourNames.join(', ')}`);
		return unknown.map((name) => ({ file, field: `colours.${name}`, message: `nothing has it. ${adviceOn(name)}` }));
	}
	const malformed = Object.entries(colours).flatMap(([name, pair]) =>
		pair
			.filter((colour) => !/^#[0-9a-f]{6}$/.test(colour))
			.map((colour) => ({
				file,
				field: `colours.${name}`,
				message: `"${colour}" is not a colour. Write it as #1e4a94, in small letters`,
			})),
	);
	if (malformed.length > 0) return malformed;
	return findFaintColours(colours).map(({ colour, ground, scheme, contrast }) => ({
		file,
		field: `colours.${colour}`,
		message: `stands out too little from ${ground} in ${scheme}: ${contrast.toFixed(2)} to 1, where text needs ${leastContrast}. Make it ${scheme === 'light' ? 'darker' : 'lighter'}`,
	}));
}

/** Tells whether a text can be the editor's address: with a domain, not with the number of a computer. */
export function isEmailAddress(text: string): boolean {
	return /^[\w.+-]+@[\w.-]+\.(?:[a-z]+|xn--[a-z\d-]+)$/i.test(text);
}

function isTimeZone(name: string): boolean {
	try {
		return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
}
