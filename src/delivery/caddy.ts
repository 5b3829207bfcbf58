import { toExpression } from '../domain/headers-file.ts';
import { isText, typesByExtension, typesByName, unknownType } from '../edition/media-types.ts';
import { type Paper, quote, toFile } from './paper.ts';

/** Files of Caddy's configuration by their names. */
export function caddyFiles(paper: Paper): Record<string, string> {
	return { 'caddy-paper': toFile(answerOf(paper)), 'caddy-errors': toFile(noticeOf(paper)) };
}

/** What Caddy is to know of addresses that lead on. */
export function caddyRedirects({ redirects }: Pick<Paper, 'redirects'>): string {
	return toFile([...redirects].map(([from, to]) => `${quote(from)} ${quote(to)}`));
}

function answerOf(paper: Paper): string[] {
	const redirects = quote(`${paper.folder}/caddy-redirects`);
	return [
		`root * ${quote(`${paper.folder}/current/files`)}`,
		...[
			['{path}', '{leads_to}'],
			['{path}?p={query.p}', '{number_leads_to}'],
		].map(([address, to]) => `map ${address} ${to} {\n\timport ${redirects}\n\tdefault ""\n}`),
		'route {',
		...[
			...headersOf(paper),
			'@changing not method GET HEAD',
			'header @changing Allow "GET, HEAD"',
			'error @changing 405',
			...leadOn('leads_on', ['not vars {leads_to} ""'], '{leads_to}'),
			'@number_leads_on not vars {number_leads_to} ""',
			'redir @number_leads_on {number_leads_to} 301',
			// Caddy looks for files by patterns, in which a backslash means nothing, and to browsers it means a stroke.
			'@hidden expression `{path}.replace("/.well-known/", "/").matches(r"/[.]|[.](br|gz)$|^//|[*?\\[\\\\]")`',
			'error @hidden 404',
			...leadOn('without_stroke', ['not path */', 'file {path}/index.html'], '{path}/'),
			'file_server {\n\t\tprecompressed br gzip\n\t\tdisable_canonical_uris\n\t}',
		].map((line) => `\t${line}`),
		'}',
	];
}

/** Leads on for good to another address, with what is asked there. @param matchers of which none is an expression */
function leadOn(name: string, matchers: readonly string[], to: string): string[] {
	const set = (...all: string[]) => `{\n${all.map((matcher) => `\t\t${matcher}\n`).join('')}\t}`;
	return [
		`@${name}_asking ${set(...matchers, 'expression `{query} != ""`')}`,
		`redir @${name}_asking ${to}?{query} 301`,
		`@${name} ${set(...matchers)}`,
		`redir @${name} ${to} 301`,
	];
}

function noticeOf(paper: Paper): string[] {
	return [
		`root * ${quote(`${paper.folder}/current/files`)}`,
		'@missing expression `{err.status_code} == 404`',
		'route @missing {',
		`\trewrite * ${quote(paper.notice)}`,
		...headersOf(paper).map((line) => `\t${line}`),
		'\tfile_server {\n\t\tprecompressed br gzip\n\t}',
		'}',
		'respond "{err.status_code} {err.status_text}"',
	];
}

/** Sets each header anew for the file that is sent: of what was set before, what stands last counts. */
function headersOf({ headers }: Paper): string[] {
	const lines = [`header Content-Type ${unknownType}`];
	const pages = typesByExtension['.html'] ?? unknownType;
	for (const [extension, type] of [['/', pages], ...Object.entries(typesByExtension)] as const)
		lines.push(...setWhere(`path *${extension}`, 'Content-Type', type, lines.length));
	for (const [name, type] of typesByName)
		lines.push(
			...setWhere(`path_regexp ${quoteText(name.source.replaceAll('\\/', '/'))}`, 'Content-Type', type, lines.length),
		);
	for (const [name, values] of headers) {
		// What removes a header waits until the answer is sent, and of what waits the last is done first.
		const isLate = values.some(({ value }) => value === '');
		for (const { pattern, value } of isLate ? values.toReversed() : values) {
			const matcher = `path_regexp ${quoteText(toExpression(pattern))}`;
			lines.push(...setWhere(matcher, name, value, lines.length, isLate));
		}
	}
	const texts = Object.keys(typesByExtension).filter((extension) => isText(`x${extension}`));
	lines.push(`@text path */ ${texts.map((extension) => `*${extension}`).join(' ')}`);
	// Caddy itself says so only of what is compressed, and would say it twice.
	lines.push('header @text {\n\t\tVary Accept-Encoding\n\t\tdefer\n\t}');
	return lines;
}

function setWhere(matcher: string, name: string, value: string, number: number, isLate = false): string[] {
	const isSet = value === '' ? `-${name}` : `${name} ${quoteText(value.replace(/[{}]/g, '\\$&'))}`;
	return [`@h${number} ${matcher}`, `header @h${number} ${isLate ? `{\n\t\t${isSet}\n\t\tdefer\n\t}` : isSet}`];
}

function quoteText(text: string): string {
	return `\`${text}\``;
}
