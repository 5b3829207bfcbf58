import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { formatParts, isKnown, listParts } from '../../src/commands/licence-list.ts';

const lock = (packages: object) => ({ packages: { '': { version: '1.0.0' }, ...packages } });

test('what is shipped is listed under its licence, and what only tests need is not', () => {
	const parts = listParts(
		lock({
			'node_modules/one': { version: '1.0.0', license: 'MIT' },
			'node_modules/one/node_modules/@a/two': { version: '2.0.0', license: 'ISC' },
			'node_modules/tester': { version: '3.0.0', license: 'MIT', dev: true },
		}),
	);
	const listed = formatParts(parts);
	expect(listed).toContain('MIT (1)\n  one 1.0.0\n');
	expect(listed).toContain('ISC (1)\n  @a/two 2.0.0\n');
	expect(listed).toContain('Natural Earth');
	expect(listed).not.toContain('tester');
});

test.each([
	['MIT', true],
	['(MIT AND Zlib)', true],
	['Apache-2.0 AND LGPL-3.0-or-later', true],
	['GPL-3.0-only', false],
	['MIT AND Own-1.0', false],
	['', false],
	[undefined, false],
])('whether the licence %s is known is told', (licence, is) => {
	expect(isKnown({ name: 'a', licence })).toBe(is);
});

test('every part of the paper has a licence that is known', async () => {
	const parts = listParts(JSON.parse(await readFile('package-lock.json', 'utf8')));
	expect(parts.filter((part) => !isKnown(part))).toEqual([]);
	expect(parts.find(({ name }) => name.startsWith('@fontsource-variable/source-serif-4 '))?.licence).toBe('OFL-1.1');
});
