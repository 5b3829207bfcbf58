import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { prepareFonts } from '../../src/styles/fonts.ts';

describe.for(['en-GB', 'ru', 'kk'])('the type of a paper in %s', async (language) => {
	const faces = await prepareFonts(process.cwd(), '.cache/fonts', language);

	test('weighs at most 64 KB, whatever a page is written in', async () => {
		const sizes = await Promise.all(faces.map(async ({ src: [path] }) => (await stat(join(process.cwd(), path))).size));
		expect(sizes.length).toBeGreaterThan(3);
		expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(65_536);
	});

	test('says the same of all faces of a style, since browsers choose by that before they look for letters', () => {
		const told = new Set(faces.map(({ style, weight }) => `${style} ${weight}`));
		expect([...told].sort()).toEqual(['italic 400', 'normal 400 700']);
	});
});

test('a paper in Cyrillic has that in bold and italic', async () => {
	const faces = await prepareFonts(process.cwd(), '.cache/fonts', 'kk');
	const files = faces.map(({ src: [path] }) => path);
	for (const name of ['cyrillic-wght-italic', 'cyrillic-ext-wght-italic'])
		expect(files.some((file) => file.includes(`/${name}-`))).toBe(true);
	const inEnglish = await prepareFonts(process.cwd(), '.cache/fonts', 'en');
	const upright = /\/cyrillic-(?:ext-)?wght-normal-/;
	const named = (paths: readonly string[]) => paths.filter((path) => upright.test(path));
	expect(named(files)).toHaveLength(2);
	expect(named(inEnglish.map(({ src: [path] }) => path)).filter((path) => files.includes(path))).toEqual([]);
});
