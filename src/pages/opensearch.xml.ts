import * as paths from '../domain/paths.ts';
import { escapeXml } from '../markdown/xml.ts';
import { site } from '../site.ts';
import { words } from '../words/words.ts';

/** Lets a browser offer the paper's search (OpenSearch 1.1). */
export function GET(): Response {
	const element = (name: string, text: string) => `<${name}>${escapeXml(text)}</${name}>`;
	const search = escapeXml(paths.toAbsolute(paths.search('?q=')));
	const lines = [
		'<?xml version="1.0" encoding="UTF-8"?>',
		'<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
		element('ShortName', Array.from(site.title).slice(0, 16).join('')),
		element('Description', words.searchDescription(site.title)),
		element('InputEncoding', 'UTF-8'),
		element('Image', paths.toAbsolute(paths.file('favicon.ico'))),
		`<Url type="text/html" template="${search}{searchTerms}"/>`,
		'</OpenSearchDescription>',
	];
	return new Response(lines.join('\n'), { headers: { 'Content-Type': 'application/opensearchdescription+xml' } });
}
