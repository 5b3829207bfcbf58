import { getSearchRecords, getSubjects } from '../../queries/search.ts';

/**
 * What the index is made of once all pages are there, a line of JSON for the subjects and one for each article. The
 * edition does not keep it.
 */
export async function GET(): Promise<Response> {
	const lines = [await getSubjects(), ...(await getSearchRecords())].map(toLine);
	return new Response(lines.join('\n'));
}

/** Returns JSON on one line also for programs that take U+2028 and U+2029 for the end of a line, as Node's `readline` does. */
function toLine(entry: object): string {
	return JSON.stringify(entry).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
