import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { matchesGlob } from 'node:path';
import { z } from 'astro/zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getLanguageService, type LanguageService, TextDocument } from 'yaml-language-server';
import { writeEditorSchemas } from '../../src/loaders/editor-schemas.ts';
import { readContent } from '../../src/loaders/newsroom.ts';
import { splitFrontMatter } from '../../src/markdown/front-matter.ts';
import { parseJson } from '../support/json.ts';
import { circumstances } from '../support/problems.ts';

/** A newsroom as an editor opens it: its content, the schemas that the paper writes, and the settings of the editor. */
let folder: string;
let associations: [schema: string, pattern: string][];
let service: LanguageService;
/** The server keeps what it has read of a version. */
let version = 0;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'meridian-editor-'));
	await cp('content', join(folder, 'content'), { recursive: true });
	const content = await readContent(join(folder, 'content'), circumstances);
	await writeEditorSchemas(content, pathToFileURL(join(folder, '.astro/schemas/')));
	const settings = z.object({ 'yaml.schemas': z.record(z.string(), z.string()) });
	associations = Object.entries(parseJson(settings, await readFile('.vscode/settings.json', 'utf8'))['yaml.schemas']);
	service = getLanguageService({
		schemaRequestService: (uri) => readFile(fileURLToPath(uri), 'utf8'),
		workspaceContext: { resolveRelativePath: (path, resource) => new URL(path, resource).href },
	});
	service.configure({
		validate: true,
		completion: true,
		hover: true,
		yamlVersion: '1.2',
		schemas: associations.map(([schema, pattern]) => ({
			uri: pathToFileURL(join(folder, schema)).href,
			fileMatch: [pattern],
		})),
	});
});
afterAll(() => rm(folder, { recursive: true }));

/** Opens the YAML of a file of the content: all of it, or the front matter of a text, as the editor's extension does. */
async function open(file: string, change: (yaml: string) => string = (yaml) => yaml) {
	const text = await readFile(join(folder, file), 'utf8');
	const yaml = file.endsWith('.md') ? (splitFrontMatter(text)?.frontMatter ?? '') : text;
	// Their modelines work by themselves: here it is the settings that are tried.
	const changed = change(yaml.replace(/^# yaml-language-server:.*\n/, ''));
	return toDocument(pathToFileURL(join(folder, file)).href, changed);
}

/** The server wants a document of a later make than the one that it hands out. */
function toDocument(uri: string, text: string) {
	// eslint-disable-next-line @typescript-eslint/no-deprecated -- the package that has the new one is not ours
	const document = TextDocument.create(uri, 'yaml', ++version, text);
	const getLineRange = (line: number) => ({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
	return Object.assign(document, { getLineRange, getEOLCharacters: () => '\n' });
}

/** Returns what is offered at the sign | of a file. */
async function offered(file: string, change: (yaml: string) => string): Promise<string[]> {
	const document = await open(file, change);
	const offset = document.getText().indexOf('|');
	const text = document.getText().replace('|', '');
	const plain = toDocument(document.uri, text);
	const { items } = await service.doComplete(plain, plain.positionAt(offset), false);
	return items.map(({ label }) => label);
}

/** Returns what is wrong with a file, with the lines counted from 1. */
async function faults(file: string, change?: (yaml: string) => string): Promise<string[]> {
	const found = await service.doValidation(await open(file, change), false);
	return found.map(
		({ range, message }) => `${range.start.line + 1}: ${typeof message === 'string' ? message : message.value}`,
	);
}

const article = 'content/articles/2025/06/kazakhstan-nuclear-plants.md';
const inField = (name: string, value: string) => (yaml: string) =>
	yaml.replace(new RegExp(`^${name}:.*\\n(?:[ -].*\\n)*`, 'm'), `${name}: ${value}\n`);

describe('an editor with the language server of YAML', () => {
	test(
		'takes each file of the newsroom for what it is, and finds nothing wrong with it',
		{ timeout: 30_000 },
		async () => {
			const content = await readContent(join(folder, 'content'), circumstances);
			const { articles, authors, pages } = content;
			const files = [...articles, ...authors, ...pages].map(({ file }) => file.slice(file.indexOf('content/')));
			for (const file of [...files, 'content/sections.yaml', 'content/tags.yaml', 'content/gazetteer.yaml']) {
				expect(
					associations.filter(([, pattern]) => matchesGlob(file, pattern)),
					file,
				).toHaveLength(1);
				expect(await faults(file), file).toEqual([]);
			}
		},
	);

	test.each([
		['content/tags.yaml', 'tags'],
		['content/sections.yaml', 'sections'],
		['content/authors/meridian.yaml', 'author'],
	])('reads in the first line of %s which schema it has', async (file, schema) => {
		const [line = ''] = (await readFile(join(folder, file), 'utf8')).split('\n', 1);
		const path = line.replace('# yaml-language-server: $schema=', '');
		expect(fileURLToPath(new URL(path, pathToFileURL(join(folder, file))))).toBe(
			join(folder, `.astro/schemas/${schema}.json`),
		);
	});

	test('offers the fields of an article', async () => {
		const fields = await offered(article, (yaml) => `|\n${yaml.replace(/^(?:updatedAt|draft):.*\n/gm, '')}`);
		expect(fields).toEqual(expect.arrayContaining(['updatedAt', 'draft', 'corrections', 'retracted', 'formerPaths']));
		expect(fields).not.toContain('title');
	});

	test.each<[what: string, change: (yaml: string) => string, offers: string[]]>([
		['section', inField('section', '|'), ['economy', 'politics']],
		['authors', inField('authors', '[|]'), ['meridian', 'sophia-klein']],
		['tags', inField('tags', '\n  - |'), ['China', 'Xi Jinping', 'Kazakhstan']],
		['fields of a lead', inField('lead', '\n  |'), ['picture', 'map', 'chart', 'table', 'timeline']],
		['places of a map', inField('lead', '\n  map:\n    places:\n      - |'), ['astana', 'ulken']],
		['relation of a source', (yaml) => `${yaml}source:\n  relation: |\n`, ['retold', 'republished', 'reported']],
		['draft', (yaml) => `${yaml}draft: |\n`, ['true', 'false']],
	])('offers the newsroom’s own in an article: %s', async (_, change, offers) => {
		expect(await offered(article, change)).toEqual(expect.arrayContaining(offers));
	});

	test.each<[file: string, addition: string, offers: string[]]>([
		['content/tags.yaml', '\nnew-tag:\n  |\n', ['name', 'kind', 'aliases', 'broader', 'sameAs', 'formerly']],
		['content/tags.yaml', '\nnew-tag:\n  kind: |\n', ['person', 'place', 'organisation', 'topic']],
		['content/tags.yaml', '\nnew-tag:\n  broader: |\n', ['Kazakhstan', 'China']],
		['content/sections.yaml', '\nnew-section:\n  |\n', ['name', 'description']],
		['content/authors/meridian.yaml', '\n|', ['url']],
		['content/front.yaml', '  - article: |\n', ['2025/06/kazakhstan-nuclear-plants']],
	])('offers what can stand in %s: %j', async (file, addition, offers) => {
		const change = (yaml: string) => yaml + addition;
		expect(await offered(file, change)).toEqual(expect.arrayContaining(offers));
	});

	test.each<[file: string, what: string, change: (yaml: string) => string, fault: RegExp]>([
		[article, 'a field that is none', (yaml) => `titel: A\n${yaml}`, /^1: .*titel/],
		[
			article,
			'a section that is none',
			(yaml) => `section: sport\n${inField('section', '')(yaml).replace('section: \n', '')}`,
			/^1: .*"politics"/,
		],
		[article, 'an author that is none', inField('authors', '[nobody]'), /"meridian"/],
		[article, 'a missing headline', (yaml) => yaml.replace(/^title:.*\n/m, ''), /title/],
		[
			'content/tags.yaml',
			'a kind that is none',
			(yaml) => `new-tag: { name: A, kind: thing }\n${yaml}`,
			/^1: .*"person"/,
		],
		[
			'content/tags.yaml',
			'a field that is none',
			(yaml) => `new-tag: { name: A, kind: topic, alias: B }\n${yaml}`,
			/^1: .*alias/,
		],
		['content/sections.yaml', 'a field that is none', (yaml) => `a: { name: A, desc: B }\n${yaml}`, /^1: .*desc/],
		['content/authors/meridian.yaml', 'a field that is none', (yaml) => `nmae: A\n${yaml}`, /^1: .*nmae/],
	])('finds in %s %s', async (file, _, change, fault) => {
		expect(await faults(file, change)).toContainEqual(expect.stringMatching(fault));
	});
});
