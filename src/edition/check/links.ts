import { adviceFor } from '../../domain/nearest.ts';
import type { Problem } from '../../domain/problems.ts';
import type { Finished } from './finished.ts';

/** Finds addresses of the paper that lead nowhere. */
export function* checkLinks({ pages, byPath, resolve }: Finished): Generator<Problem> {
	const idsOf = new Map(pages.map(({ path, facts }) => [path, new Set(facts.ids)]));
	const advise = adviser(new Set(byPath.keys()));
	for (const { file, path, facts } of pages) {
		for (const link of facts.links) {
			const target = resolve(link, path);
			if (!target) continue;
			const ids = idsOf.get(target.path);
			if (!byPath.has(target.path))
				yield { file, message: `leads to ${link}, which is not there. ${advise(target.path)}` };
			else if (ids && isMissing(target.fragment, ids))
				yield {
					file,
					message: `leads to ${link}, but that page has no such id. ${adviceFor(target.fragment, ids, 'Correct or remove it')}`,
				};
		}
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
