import { isDeepStrictEqual } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { answerRoutes } from '../../src/edition/plan.ts';
import { onlyChanged } from '../../src/queries/changed.ts';
import { digestOf } from '../../src/queries/digest.ts';
import { seeded } from '../bench/corpus.ts';

type Random = () => number;
type Data = string | number | boolean | null | undefined | readonly Data[] | { readonly [key: string]: Data };

const steps = 20_000;

const texts = ['', 'a', 'b', 'a,b', '"a"', 'a","b', ':', '{}', '[]', 'undefined', 'null', '1', 'true'];

const pick = <T>(random: Random, from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];

/** Makes data in which the same parts stand again and again. */
function makeData(random: Random, pool: readonly Data[], depth = 3): Data {
	const kind = Math.floor(random() * (depth > 0 ? 9 : 5));
	if (kind === 0) return pick(random, [0, 1, 12, -1.5, true, false, null, undefined]);
	if (kind < 5) return pick(random, texts);
	if (kind < 6) return pick(random, pool);
	const parts = Array.from({ length: Math.floor(random() * 4) }, () => makeData(random, pool, depth - 1));
	return kind < 7 ? parts : toObject(parts.map((part) => [pick(random, texts) ?? '', part]));
}

/** Returns an object whose keys stand in order, as those of equal data do. */
function toObject(entries: readonly (readonly [string, Data])[]): Data {
	return Object.fromEntries([...new Map(entries)].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Returns data that is like other data but for one place at most, all else in it the same objects. */
function change(data: Data, random: Random, pool: readonly Data[]): Data {
	if (typeof data !== 'object' || data === null || random() < 0.1) return makeData(random, pool, 1);
	const entries = Object.entries(data);
	const position = Math.floor(random() * (entries.length + 1));
	const [key, part] = entries[position] ?? [pick(random, texts) ?? '', undefined];
	const isGone = random() < 0.1;
	const changed: [string, Data][] = isGone ? [] : [[key, change(part, random, pool)]];
	const others = entries.toSpliced(position, 1, ...changed);
	return Array.isArray(data) ? others.map(([, entry]) => entry) : toObject(others);
}

const isLarge = (data: Data) => JSON.stringify([data]).length > 500;

describe('a digest', () => {
	test(`is the same for equal data and for no other, in ${steps} steps of chance`, { timeout: 60_000 }, () => {
		const random = seeded(1);
		const pool: Data[] = [];
		let data: Data = {};
		let equals = 0;
		for (let step = 0; step < steps; step++) {
			const next: Data = random() < 0.02 ? makeData(random, pool) : change(data, random, pool);
			const isEqual = isDeepStrictEqual(data, next);
			if (isEqual) equals++;
			if ((digestOf(data) === digestOf(next)) !== isEqual)
				expect.fail(`step ${step}: ${JSON.stringify(data)} and ${JSON.stringify(next)}`);
			// What was never looked into has the digest of what was, part by part.
			if (digestOf(structuredClone(next)) !== digestOf(next)) expect.fail(`step ${step}: ${JSON.stringify(next)}`);
			data = next;
			pool[Math.floor(random() * 20)] = next;
			if (isLarge(data)) data = {};
		}
		expect(equals).toBeGreaterThan(steps / 100);
		expect(equals).toBeLessThan(steps / 2);
	});

	test('tells apart what could be written alike', () => {
		const alike: Data[] = [
			...['a', ['a'], [['a']], [], [[]], {}, [{}], '', [''], ['', ''], { a: '' }, { a: undefined }, { '': 'a' }],
			...[null, 'null', undefined, 'undefined', [undefined], [null], 0, '0', [0], false, 'false', '[]', '{}'],
			...[['a', 'b'], ['a,b'], ['a","b'], [['a'], 'b'], [['a', 'b']], { 0: 'a', 1: 'b' }],
			...[
				{ a: 'a', b: 'b' },
				{ 'a:"a",b': 'b' },
				{ a: 'a",b:"b' },
				{ a: { a: 'a' }, b: 'b' },
				{ a: { a: 'a', b: 'b' } },
			],
			...[digestOf(['a']), [digestOf(['a'])]],
		];
		expect(new Set(alike.map(digestOf)).size).toBe(alike.length);
	});

	test.for([
		['Map', new Map()],
		['Set', new Set()],
		['Date', new Date(0)],
		['RegExp', /a/],
		['function', () => 1],
		['symbol', Symbol('a')],
		['bigint', 1n],
	] as const)('of a %s is refused by its name', ([name, value]) => {
		expect(() => digestOf({ parts: [{ value }] })).toThrow(TypeError);
		expect(() => digestOf({ parts: [{ value }] })).toThrow(`A ${name} is given to a page`);
	});

	test('leaves out what Astro makes of a picture, which may not even be asked', () => {
		const image = {
			get src() {
				throw new Error('It was asked.');
			},
		};
		const picture = { kind: 'picture', file: 'a.png' };
		expect(digestOf({ ...picture, image })).toBe(digestOf(picture));
		expect(digestOf({ name: 'Anna', image: 'a.png' })).not.toBe(digestOf({ name: 'Anna' }));
	});
});

interface Page {
	params: Record<string, string>;
	props: { data: Data };
}

const files = { '/[a]': '$/index.html', '/[a]/feed.json': '$/feed.json', '/x/[...a]': 'x/$/index.html' };

/** Returns what routes would make, by file, and what of that they were told to make. */
function ask(routes: ReadonlyMap<string, readonly Page[]>): { asked: Map<string, unknown>; made: Set<string> } {
	const asked = new Map<string, unknown>();
	const made = new Set<string>();
	for (const [routePattern, pages] of routes) {
		const form = Object.entries(files).find(([pattern]) => pattern === routePattern)?.[1] ?? '';
		const fileOf = ({ params }: Page) => form.replace('$', params['a'] ?? '');
		for (const page of pages) asked.set(fileOf(page), [routePattern, page]);
		for (const page of onlyChanged({ routePattern }, pages)) made.add(fileOf(page));
	}
	return { asked, made };
}

describe('routes', () => {
	test(`make what has changed and nothing else, in ${steps} steps of chance`, { timeout: 60_000 }, () => {
		const random = seeded(2);
		const pool: Data[] = [];
		const routes = new Map<string, Page[]>(Object.keys(files).map((pattern) => [pattern, []]));
		let former: { asked: Map<string, unknown>; inputs: Record<string, string> } = { asked: new Map(), inputs: {} };
		let kept = 0;
		for (let step = 0; step < steps; step++) {
			const pages = pick(random, [...routes.values()]) ?? [];
			const a = pick(random, ['one', 'two', 'three', 'two/page/2']) ?? '';
			const position = pages.findIndex(({ params }) => params['a'] === a);
			const page = pages[position];
			if (!page) pages.push({ params: { a }, props: { data: makeData(random, pool) } });
			else if (random() < 0.3 || isLarge(page.props.data)) pages.splice(position, 1);
			else pages[position] = { ...page, props: { data: change(page.props.data, random, pool) } };
			// Objects of another build are others, however equal they are.
			const { asked, made, inputs, carried } = build(structuredClone(routes), former.inputs);
			const unchanged = [...asked].filter(([file, what]) => isDeepStrictEqual(former.asked.get(file), what));
			const expected = new Set(unchanged.map(([file]) => file));
			const isRight =
				isDeepStrictEqual(carried, expected) &&
				isDeepStrictEqual(made, new Set(asked.keys()).difference(expected)) &&
				isDeepStrictEqual(new Set(Object.keys(inputs)), new Set(asked.keys()));
			if (!isRight) expect.fail(`step ${step}: ${JSON.stringify([...routes])}`);
			kept += carried.size;
			former = { asked, inputs };
		}
		expect(kept).toBeGreaterThan(steps);
	});

	test('make everything where no build has asked, and once it has ended', () => {
		const routes = new Map([['/[a]', [{ params: { a: 'one' }, props: { data: 'a' } }]]]);
		const { inputs, stop } = answerRoutes({});
		onTestFinished(stop);
		ask(routes);
		stop();
		expect([...ask(routes).made]).toEqual(['one/index.html']);
		expect([...build(routes, inputs).made]).toEqual([]);
	});
});

function build(routes: ReadonlyMap<string, readonly Page[]>, former: Readonly<Record<string, string>>) {
	const { inputs, carried, stop } = answerRoutes(former);
	try {
		return { ...ask(routes), inputs, carried };
	} finally {
		stop();
	}
}
