import type { Problem } from './problems.ts';

/** What a file `_headers` says of one header: the value that it has at addresses of a form. */
export interface HeaderValue {
	/** As the file has it: `/*`, `/about/`. */
	pattern: string;
	/** Empty where the header is not to be sent. */
	value: string;
}

/** Headers by their names, each with its values in the order of the file: of several for one address the last counts. */
export type Headers = ReadonlyMap<string, readonly HeaderValue[]>;

/** Headers that follow from a file and from how it is sent. */
const described =
	/^(?:accept-ranges|connection|content-(?:encoding|length|range|type)|date|etag|keep-alive|last-modified|location|server|transfer-encoding|vary)$/i;

/**
 * Reads a file `_headers`, as Netlify and Cloudflare have it, and finds the lines that say what servers of one's own cannot
 * be told.
 * @param file as people are told of it
 * @param preset what holds where the file says nothing else, by the names of headers
 */
export function parseHeadersFile(
	text: string,
	file: string,
	preset: Readonly<Record<string, HeaderValue>> = {},
): { headers: Headers; problems: Problem[] } {
	const headers = new Map<string, HeaderValue[]>();
	const names = new Map<string, string>();
	const problems: Problem[] = [];
	for (const [name, value] of Object.entries(preset)) {
		names.set(name.toLowerCase(), name);
		headers.set(name, [value]);
	}
	let pattern: string | undefined;
	for (const [i, line] of text.split('\n').entries()) {
		const words = line.trim();
		if (words === '' || words.startsWith('#')) continue;
		const complain = (message: string) => problems.push({ file, line: i + 1, message: `"${words}" ${message}` });
		if (!/^\s/.test(line)) {
			pattern = words;
			if (!/^\/[^\s"\\`{}$]*$/.test(words))
				complain('is no path. Begin it with /, and write it without spaces and quotes');
			continue;
		}
		const header = readHeader(words);
		if (typeof header === 'string') complain(header);
		else if (pattern === undefined) complain('stands below no path. Write one before, without space at its beginning');
		else
			headers
				.getOrInsert(names.getOrInsert(header.name.toLowerCase(), header.name), [])
				.push({ pattern, value: header.value });
	}
	return { headers, problems };
}

/** Reads the line of a header; returns what is wrong with it where it cannot be told to servers. */
function readHeader(words: string): { name: string; value: string } | string {
	const [, removed, written, value = ''] = /^(?:! ?([\w-]+)|([\w-]+)\s*:\s*([\t\x20-\x7e]+))$/.exec(words) ?? [];
	const name = removed ?? written;
	if (name === undefined) return 'is no header. Write it as Name: value, in ASCII';
	if (described.test(name)) return 'is for servers to say, which know what they send. Remove it';
	if (/[`$]/.test(value)) return 'has a "`" or "$", which servers would not send as it is. Write it without';
	return { name, value };
}

/** Returns what tells the headers of a path, which has its base. */
export function headersByPath(headers: Headers): (path: string) => Record<string, string> {
	const all = [...headers].map(([name, values]) => ({
		name,
		rules: values.map(({ pattern, value }) => ({ addresses: new RegExp(toExpression(pattern)), value })),
	}));
	return (path) => {
		const said: Record<string, string> = {};
		for (const { name, rules } of all) {
			const value = rules.findLast(({ addresses }) => addresses.test(path))?.value ?? '';
			if (value !== '') said[name] = value;
		}
		return said;
	};
}

/** Returns the regular expression, as nginx, Caddy and our server read it, of the addresses that a pattern names. */
export function toExpression(pattern: string): string {
	const escaped = pattern
		.replace(/[\^.|?+()[\]]/g, '\\$&')
		.replaceAll('*', '.*')
		.replace(/(?<=\/):\w+/g, '[^/]+');
	// A page is asked for by its address, and looked for by its file.
	return `^${escaped}${pattern.endsWith('/') ? '(?:index\\.html)?' : ''}$`.replace(/\.\*\$$/, '');
}
