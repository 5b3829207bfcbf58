import { toExpression } from '../domain/headers-file.ts';
import * as paths from '../domain/paths.ts';
import { typesByExtension, typesByName, unknownType } from '../edition/media-types.ts';
import { type Paper, quote, toFile } from './paper.ts';

/** Files of nginx's configuration by their names. */
export function nginxFiles(paper: Paper): Record<string, string> {
	return { 'nginx-maps.conf': toFile(mapsOf(paper)), 'nginx-paper.conf': toFile(locationOf(paper)) };
}

/** What nginx is to know of addresses that lead on. */
export function nginxRedirects({ redirects }: Pick<Paper, 'redirects'>): string {
	return toFile([...redirects].map(([from, to]) => `${quote(from)} ${quote(to)};`));
}

/** The file of redirects stands in a block of its own, which nothing in it can leave: another user writes it than reads. */
function mapsOf({ folder, headers }: Paper): string[] {
	const redirects = quote(`${folder}/nginx-redirects.map`);
	return [
		'map_hash_bucket_size 1024;',
		'map_hash_max_size 65536;',
		`map $uri $meridian_path_leads_to {\n\tdefault "";\n\tinclude ${redirects};\n}`,
		`map "$uri?p=$arg_p" $meridian_leads_to {\n\tdefault $meridian_path_leads_to;\n\tinclude ${redirects};\n}`,
		...[...headers].flatMap(([name, values]) => {
			if (values.every(({ pattern }) => isOfAll(pattern))) return [];
			const lines = values.map(
				({ pattern, value }) => `\t${quoteText(`~${toExpression(pattern)}`)} ${quoteText(value)};`,
			);
			// The first expression that matches counts.
			return [`map $uri ${variableOf(name)} {\n\tdefault "";\n${lines.reverse().join('\n')}\n}`];
		}),
	];
}

/** Stands in each location anew, which inherits it from none. */
const leadOn = 'if ($meridian_leads_to) { return 301 $meridian_leads_to$is_args$args; }';

function locationOf({ folder, headers, notice }: Paper): string[] {
	const types = Object.entries(typesByExtension).map(
		([extension, type]) => `\t${quoteText(type)} ${extension.slice(1)};`,
	);
	return [
		`root ${quote(`${folder}/current/files`)};`,
		'index index.html;',
		leadOn,
		'absolute_redirect off;',
		`error_page 403 =404 ${notice};`,
		`error_page 404 ${notice};`,
		'gzip off;',
		'gzip_static on;',
		'brotli_static on;',
		'gzip_vary on;',
		...[...headers].map(([name, values]) => {
			const isSame = values.every(({ pattern }) => isOfAll(pattern));
			return `add_header ${name} ${isSame ? quoteText(values.at(-1)?.value ?? '') : variableOf(name)} always;`;
		}),
		`types {\n${types.join('\n')}\n}`,
		`default_type ${unknownType};`,
		`location ~ "/\\.(?!well-known/)|\\.(?:br|gz)$" {\n\t${leadOn}\n\treturn 404;\n}`,
		// Of each page nginx asks all expressions here: the fewer, the faster.
		`location ~ "\\.(?:${[...new Set(typesByName.map(([name]) => extensionOf(name)))].join('|')})$" {`,
		`\t${leadOn}`,
		...typesByName.map(
			([name, type]) =>
				`\tlocation ~ ${quoteText(toText(name))} {\n\t\t${leadOn}\n\t\ttypes { }\n\t\tdefault_type ${type};\n\t}`,
		),
		'}',
	];
}

function toText(expression: RegExp): string {
	return expression.source.replaceAll('\\/', '/');
}

/** Returns the extension with which an expression ends. */
function extensionOf({ source }: RegExp): string {
	return /\w+(?=\$$)/.exec(source)?.[0] ?? '';
}

function isOfAll(pattern: string): boolean {
	return pattern === '/*' || pattern === paths.withBase('/*');
}

function variableOf(header: string): string {
	return `$meridian_${header.toLowerCase().replaceAll('-', '_')}`;
}

function quoteText(text: string): string {
	return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
