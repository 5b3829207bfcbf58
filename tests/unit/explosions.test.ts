import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';

/** Far more than any of it takes: what is told apart is seconds from never. */
const limit = 20_000;

/** Reads in a worker of its own, which is ended at the limit; returns how many complaints there were. */
async function read(kind: 'text' | 'yaml' | 'fields', source: string): Promise<unknown> {
	const worker = new Worker(new URL('../support/exploding-worker.ts', import.meta.url), {
		workerData: { kind, source },
		execArgv: [],
	});
	try {
		return await new Promise((resolve, reject) => {
			worker.once('message', resolve).once('error', reject);
			setTimeout(() => reject(new Error(`It was not read in ${limit / 1000} s.`)), limit).unref();
		});
	} finally {
		await worker.terminate();
	}
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
const table = (columns: number) => `${'|a'.repeat(columns)}|\n${'|-'.repeat(columns)}|\n${'|b'.repeat(columns)}|\n`;

describe('a text that explodes is dealt with', { timeout: limit * 3 }, () => {
	test.each<[string, string]>([
		['nested quotations', `${'> '.repeat(5_000)}x`],
		[
			'nested lists',
			numbers(2_000)
				.map((i) => `${'  '.repeat(i)}- x`)
				.join('\n'),
		],
		['brackets', '['.repeat(50_000)],
		['closed brackets', `${'['.repeat(25_000)}${']'.repeat(25_000)}`],
		['links', '[a](b'.repeat(20_000)],
		['a line of a megabyte', 'a '.repeat(500_000)],
		['as long a line as is read', 'a '.repeat(149_000)],
		['as long a word as is read', 'a'.repeat(299_000)],
		['stars', '*a _'.repeat(50_000)],
		[
			'back-ticks',
			numbers(500)
				.map((i) => '`'.repeat(i))
				.join(' '),
		],
		['signs of HTML', '<'.repeat(100_000)],
		['comments', '<!-- '.repeat(50_000)],
		[
			'footnotes',
			numbers(10_000)
				.map((i) => `A[^${i}]\n\n[^${i}]: B.\n\n`)
				.join(''),
		],
		['references to one footnote', `${'A[^1] '.repeat(10_000)}\n\n[^1]: B.`],
		['references without a note', 'A[^x] '.repeat(20_000)],
		['a wide table', table(10_000)],
		['headings', '## A\n\n'.repeat(100_000)],
		['as many headings as are read', '## A\n\n'.repeat(49_000)],
		[
			'definitions',
			numbers(20_000)
				.map((i) => `[${i}]: /x\n`)
				.join('') + '[a][1]',
		],
		['ids by hand', 'A {#a} '.repeat(20_000)],
		['signs of ids', '{#'.repeat(50_000)],
		['isolates', `${'\u2066'.repeat(50_000)}${'\u2069'.repeat(50_000)}`],
		['joiners', 'ا\u200C'.repeat(140_000)],
		['empty lines', `A${'\n \t'.repeat(100_000)}`],
		['spaces in front matter', `---${' '.repeat(100_000)}x`],
	])('%s', async (_, source) => {
		expect(await read('text', source)).toBeTypeOf('number');
	});
});

describe('YAML that explodes is dealt with', { timeout: limit * 3 }, () => {
	const bomb = numbers(9)
		.map((i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]\n`)
		.join('');
	test.each<[string, string]>([
		['aliases of aliases', `a0: &a0 [x,x,x,x,x,x,x,x,x]\n${bomb}`],
		['nested lists', `a: ${'['.repeat(20_000)}`],
		['nested lists that close', `a: ${'['.repeat(5_000)}${']'.repeat(5_000)}`],
		[
			'nested fields',
			numbers(2_000)
				.map((i) => `${' '.repeat(i)}a:\n`)
				.join(''),
		],
		['an opened quotation', `a: "${'x\n'.repeat(50_000)}`],
		['a line of a megabyte', `a: ${'x'.repeat(1_000_000)}`],
	])('%s', async (_, source) => {
		expect(await read('yaml', source)).toBeTypeOf('number');
	});

	test.each(['a', '-', ' ', '\n \t', '1', 'a-', 'http://a/', '%41', '\u2066', 'é', '👩\u200D', '\\'])(
		'fields of %j',
		async (sign) => {
			expect(await read('fields', sign.repeat(100_000))).toBe(1);
		},
	);
});
