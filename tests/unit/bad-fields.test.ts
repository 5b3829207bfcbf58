import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { formatProblem, type Problem } from '../../src/domain/problems.ts';
import { writeEditorSchemas } from '../../src/loaders/editor-schemas.ts';
import { toFieldName } from '../../src/loaders/fields.ts';
import { readContent } from '../../src/loaders/newsroom.ts';
import { figureSchemas } from '../../src/schemas/figure.ts';
import { type BadInput, badInputsOf, fieldsOfSchema, mend, nameOfField } from '../support/bad-fields.ts';
import { articleFile, writeFiles, writeFilesTo } from '../support/content.ts';
import { type Example, examples, filesAroundExamples, ownName, pictureName, toOriginal } from '../support/examples.ts';
import { makePhotograph } from '../support/photographs.ts';
import { circumstances, problemsWith } from '../support/problems.ts';
import { toTree, type Tree, write } from '../support/yaml-tree.ts';

type Written = Readonly<{ example: Example; tree: Tree }>;

/** Reads examples whose fields were changed, each in a file of its own or one after another; returns each one's problems. */
async function read(inputs: readonly Written[]): Promise<Problem[][]> {
	const folder = await mkdtemp(join(tmpdir(), 'meridian-content-'));
	const picture = await makePhotograph(8, 8);
	const placed = inputs.map(({ example, tree }, i) => ({
		file: example.file.replace('*', `input-${i}`),
		text: example.wrap(write(tree).lines).text.replaceAll(ownName, `input-${i}`),
	}));
	const [alone, shared] = [true, false].map((isAlone) =>
		placed.filter(({ file }) => file.includes('input-') === isAlone),
	);
	await writeFilesTo(folder, filesAroundExamples);
	const found = new Map<object, Problem[]>();
	for (const input of shared ?? []) {
		const texts = { ...filesAroundExamples, [input.file]: input.text };
		found.set(input, await problemsWith(folder, new Map(Object.entries(texts))));
	}
	for (const { file, text } of alone ?? []) {
		await writeFilesTo(folder, { [file]: text });
		const name = /^articles\/.*\/(input-\d+)/.exec(file)?.[1];
		if (name !== undefined)
			await writeFilesTo(folder, { [`articles/${toOriginal(name)}.md`]: articleFile({ lang: 'kk' }) });
		if (file.endsWith('/index.md')) await writeFilesTo(folder, { [join(dirname(file), pictureName)]: picture });
	}
	const byFile = Map.groupBy(await problemsWith(folder, new Map()), ({ file }) => file);
	await rm(folder, { recursive: true });
	return placed.map((input) => found.get(input) ?? byFile.get(input.file) ?? []);
}

/** Words of programs, which say nothing to an editor. */
const jargon = /invalid|expected|received|undefined|null|NaN|\[object|union|zod|error|exception|>=|<=/i;
/** What was found, and how to mend it. */
const twoSentences = /: .+\. [A-Z].+[.?]$/su;

/** Returns in what the problems of an input do not tell where it is, what was found and how to mend it. */
function faultsOf(input: BadInput, problems: readonly Problem[]): string[] {
	const { example, path, place, tree, mayPass } = input;
	if (problems.length === 0) return mayPass ? [] : [`${nameOf(input)} was accepted.`];
	const { lines, lineOf } = write(tree);
	const { before, head } = example.wrap(lines);
	const line = place.length === 0 ? head : before + lineOf(place) + 1;
	const field = toFieldName([...example.prefix, ...path.map(unquote)]);
	const isTold = (problem: Problem) =>
		problem.line === line &&
		(problem.field === field ||
			problem.field?.startsWith(`${field}.`) === true ||
			(problem.field === path[0] && isOfReference(problem)) ||
			// A character that no YAML may hold is told of before there are fields.
			(problem.field === undefined && problem.message.includes(' character U+')));
	const isAnothersFault = mayPass && input.what === 'missing';
	const told = problems.map(formatProblem);
	return [
		...(isAnothersFault || problems.some(isTold) ? [] : [`is not told in line ${line}, ${field}: ${told.join(' ')}`]),
		...told.filter((text) => !isPlainSentence(text)),
	].map((fault) => `${nameOf(input)}: ${fault}`);
}

function isPlainSentence(text: string): boolean {
	const ours = text.replace(/"(?:\\.|[^"])*"|input-\d+|-?\.(?:nan|inf)/g, 'X');
	return text.length < 700 && !/[\p{Cc}\p{Cs}\u202E]/u.test(text) && !jargon.test(ours) && twoSentences.test(ours);
}

const nameOf = ({ example, path, what }: BadInput) => `${example.name}: ${nameOfField(path)}: ${what}`;
const unquote = (key: string | number) =>
	typeof key === 'string' && key.startsWith('"') ? String(JSON.parse(key)) : key;
const isOfReference = ({ message }: Problem) => /is not in content\/|is no article|is no comment/.test(message);
/** Tells whether a problem is of how fields go together, which is told when each of them is sound. */
const isOfOthers = ({ message }: Problem) =>
	/more than one figure, or none|Write both, or neither|has no year|but there are \d+ columns|has no room for the name|has a translation into/.test(
		message,
	);

let inputs: BadInput[];
let problems: Problem[][];
let mended: { input: BadInput; message: string; example: Example; tree: Tree }[];
let left: Problem[][];

beforeAll(async () => {
	inputs = examples.flatMap(badInputsOf);
	problems = await read(inputs);
	const tried = new Set<string>();
	mended = inputs.flatMap((input, i) => {
		const { example, what } = input;
		const message = problems[i]?.[0]?.message ?? '';
		const tree = mend(input, message);
		if (!tree || (example.isSlow && tried.has(what))) return [];
		if (example.isSlow) tried.add(what);
		return [{ input, message, example, tree }];
	});
	left = await read(mended);
}, 120_000);

describe('every field of everything that editors write', () => {
	test('is of a schema that has an example', async () => {
		const folder = await writeFiles(filesAroundExamples);
		const content = await readContent(folder, circumstances);
		await writeEditorSchemas(content, pathToFileURL(`${folder}/schemas/`));
		const schemas = (await readdir(join(folder, 'schemas'))).map((file) => file.replace('.json', ''));
		const blocks = Object.keys(figureSchemas).map((kind) => `block: ${kind}`);
		const names = new Set(examples.map(({ name }) => name));
		expect([...schemas, ...blocks].filter((name) => !names.has(name))).toEqual([]);
	});

	test('is in an example, which can be published', async () => {
		for (const [schema, ofSchema] of Map.groupBy(examples, (example) => example.schema)) {
			const walked = ofSchema.flatMap(badInputsOf).map(({ path }) => nameOfField(path));
			expect([...fieldsOfSchema(schema).difference(new Set(walked))]).toEqual([]);
		}
		const sound = await read(examples.map((example) => ({ example, tree: toTree(example.fields) })));
		expect(sound.flat()).toEqual([]);
	});

	test.each([...new Set(examples.map(({ name }) => name))])('%s: is told of with its place and its mend', (name) => {
		const ofExample = inputs.map((input, i) => ({ input, i })).filter(({ input }) => input.example.name === name);
		expect(ofExample.filter(({ i }) => problems[i]?.length).length).toBeGreaterThan(ofExample.length / 2);
		expect(ofExample.flatMap(({ input, i }) => faultsOf(input, problems[i] ?? []))).toEqual([]);
	});

	test('can be published when what was told has been done', () => {
		const faults = mended.flatMap(({ input, message }, i) =>
			(left[i] ?? [])
				.filter((problem) => !isOfReference(problem) && !isOfOthers(problem))
				.map((problem) => `${nameOf(input)}: ${message}: ${formatProblem(problem)}`),
		);
		expect(faults).toEqual([]);
		expect(mended.length).toBeGreaterThan(inputs.length / 2);
	});

	test('refuses what it refers to where that is not there', () => {
		const refused = inputs.filter(({ what }, i) => what === 'unknown' && problems[i]?.some(isOfReference));
		expect(new Set(refused.map(({ path }) => nameOfField(path)))).toEqual(
			new Set([
				...['section', 'authors[]', 'tags[]', 'broader', 'replyTo', 'lead.article', 'pins[].article'],
				...['lead.map.places[]', 'lead.map.route[]', 'places[]', 'route[]'],
			]),
		);
	});
});
