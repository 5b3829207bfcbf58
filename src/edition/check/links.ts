import { adviceFor } from '../../domain/nearest.ts';
import * as paths from '../../domain/paths.ts';
import type { Problem } from '../../domain/problems.ts';
import { type CheckedPage, type Finished, isSameEverywhere, type Target } from './finished.ts';

interface BrokenLink {
	page: CheckedPage;
	/** As the page names it. */
	link: string;
	target: Target;
	/** The ids that the page has to which it leads; nothing where there is none. */
	ids: ReadonlySet<string> | undefined;
}

/**
 * Finds addresses of the paper that lead nowhere, in the order of the pages.
 * @param isAnswered tells whether something else than a file answers a path
 */
export function* brokenLinks(
	{ pages, byPath, targetOf, texts }: Finished,
	isAnswered: (path: string) => boolean,
): Generator<BrokenLink> {
	const idsOf = new Map(pages.map(({ path, facts }) => [path, new Set(facts.ids.map((id) => texts[id] ?? ''))]));
	/** By number, 1 for links that are sound on whatever page they stand: most stand on very many. */
	const sound = new Uint8Array(texts.length);
	for (const page of pages) {
		for (const number of page.facts.links) {
			if (sound[number] === 1) continue;
			const link = texts[number] ?? '';
			const target = targetOf(number, page.path);
			const ids = target && idsOf.get(target.path);
			if (target && (ids ? isMissing(target.fragment, ids) : !byPath.has(target.path) && !isAnswered(target.path)))
				yield { page, link, target, ids };
			else if (isSameEverywhere(link)) sound[number] = 1;
		}
	}
}

/** Finds addresses of the paper that lead nowhere. */
export function* checkLinks(finished: Finished): Generator<Problem> {
	const advise = adviser(new Set(finished.byPath.keys()));
	for (const { page, link, target, ids } of brokenLinks(finished, paths.isOfService)) {
		const message = ids
			? `leads to ${link}, but that page has no such id. ${adviceFor(target.fragment, ids, 'Correct or remove it')}`
			: `leads to ${link}, which is not there. ${advise(target.path)}`;
		yield { file: page.file, message };
	}
}

function isMissing(fragment: string, ids: ReadonlySet<string>): boolean {
	const [id = ''] = fragment.split(':~:', 1);
	return id !== '' && id !== 'top' && !ids.has(id);
}

/** Returns what looks for the address that was meant, once for each: one mistake can be in every page. */
function adviser(known: ReadonlySet<string>): (wanted: string) => string {
	const kept = new Map<string, string>();
	return (wanted) => {
		const advice =
			kept.get(wanted) ??
			(known.has(`${wanted}/`) ? `Write ${wanted}/` : adviceFor(wanted, known, 'Correct or remove it'));
		kept.set(wanted, advice);
		return advice;
	};
}

/** Finds addresses that lead on to something else than a page. */
export function* checkRedirects({ pages, resolve }: Finished): Generator<Problem> {
	const byPath = new Map(pages.map((page) => [page.path, page]));
	for (const { file, path, facts } of pages) {
		if (facts.refresh === undefined) continue;
		const target = byPath.get(resolve(facts.refresh, path)?.path ?? '');
		const fault = target ? 'leads on to another' : 'is no page of the paper';
		if (target?.facts.refresh !== undefined || !target)
			yield { file, message: `redirects to ${facts.refresh}, which ${fault}. Let it lead to a page` };
	}
}

/** Returns where pages lead on by themselves, by their own addresses, both relative to the edition: `tags/china/`. */
export function redirectsOf({ pages, resolve }: Finished): Record<string, string> {
	const redirects: Record<string, string> = {};
	for (const { path, facts } of pages) {
		const target = facts.refresh === undefined ? undefined : resolve(facts.refresh, path);
		if (target) redirects[toAddress(path)] = toAddress(target.path);
	}
	return redirects;
}

const toAddress = (path: string) => paths.withoutBase(path).slice(1);
