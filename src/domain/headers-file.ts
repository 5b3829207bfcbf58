/** What a file `_headers` says of one header: the value that it has at addresses of a form. */
export interface HeaderValue {
	/** As the file has it: `/*`, `/about/`. */
	pattern: string;
	/** Empty where the header is not to be sent. */
	value: string;
}

/** Headers by their names, each with its values in the order of the file: of several for one address the last counts. */
export type Headers = ReadonlyMap<string, readonly HeaderValue[]>;

/**
 * Reads a file `_headers`, as Netlify and Cloudflare have it.
 * @param preset what holds where the file says nothing else, by the names of headers
 * @throws Error that names the line where it says what servers of one's own cannot be told
 */
export function parseHeadersFile(text: string, preset: Readonly<Record<string, HeaderValue>>): Headers {
	const headers = new Map<string, HeaderValue[]>();
	const names = new Map<string, string>();
	for (const [name, value] of Object.entries(preset)) {
		names.set(name.toLowerCase(), name);
		headers.set(name, [value]);
	}
	let pattern: string | undefined;
	for (const [i, line] of text.split('\n').entries()) {
		const words = line.trim();
		if (words === '' || words.startsWith('#')) continue;
		const fault = (message: string) => new Error(`_headers:${i + 1}: "${words}" ${message}`);
		if (!/^\s/.test(line)) {
			if (!/^\/[^\s"\\`{}$]*$/.test(words))
				throw fault('is no path. Begin it with /, and write it without spaces and quotes');
			pattern = words;
			continue;
		}
		if (pattern === undefined) throw fault('stands below no path. Write one before, without space at its beginning');
		const [, removed, written, value = ''] = /^(?:! ?([\w-]+)|([\w-]+)\s*:\s*([\t\x20-\x7e]+))$/.exec(words) ?? [];
		const name = removed ?? written;
		if (name === undefined) throw fault('is no header. Write it as Name: value, in ASCII');
		const known = names.getOrInsert(name.toLowerCase(), name);
		headers.getOrInsert(known, []).push({ pattern, value });
	}
	return headers;
}

/** Returns the regular expression, as nginx and Caddy read it, of the addresses that a pattern names. */
export function toExpression(pattern: string): string {
	const escaped = pattern
		.replace(/[\^.|?+()[\]]/g, '\\$&')
		.replaceAll('*', '.*')
		.replace(/(?<=\/):\w+/g, '[^/]+');
	// A page is asked for by its address, and looked for by its file.
	return `^${escaped}${pattern.endsWith('/') ? '(?:index\\.html)?' : ''}$`.replace(/\.\*\$$/, '');
}
