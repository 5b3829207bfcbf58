import { getSearchRecords, getSubjects } from '../../queries/search.ts';

/**
 * What the index is made of once all pages are there, a line of JSON for the subjects and one for each article. The
 * edition does not keep it.
 */
export async function GET(): Promise<Response> {
	const lines = [await getSubjects(), ...(await getSearchRecords())].map((entry) => JSON.stringify(entry));
	return new Response(lines.join('\n'));
}
