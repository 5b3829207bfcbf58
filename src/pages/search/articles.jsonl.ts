import { getSubjects, getTraits } from '../../queries/search.ts';

/**
 * What the files for narrowing are made of once all pages are there, a line of JSON for the subjects and one for each
 * article. The edition does not keep it.
 */
export async function GET(): Promise<Response> {
	const lines = [await getSubjects(), ...(await getTraits())].map((entry) => JSON.stringify(entry));
	return new Response(lines.join('\n'));
}
