import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorkshop, type Workshop } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';
import { makePhotograph } from '../support/photographs.ts';

/** What Astro does about each of these by itself is to log it, and to go on. */
let workshop: Workshop;
let config: string;

beforeAll(async () => {
	workshop = await openWorkshop();
	config = await readFile('astro.config.mjs', 'utf8');
	await writeFilesTo(join(workshop.folder, 'content'), {
		...newsroomFiles,
		'articles/2025/06/x/index.md': articleFile({
			lead: '{ picture: { file: x.jpg, alt: Blue., caption: A caption., credit: The Desk } }',
		}),
		'articles/2025/06/x/x.jpg': await makePhotograph(400, 300),
	});
});
afterAll(() => workshop.remove());

/** Builds with files and an integration added, and returns what the refusal says. */
async function refusalOf(files: Readonly<Record<string, string>>, hooks = ''): Promise<string> {
	const changed = config.replace('integrations: [', `integrations: [{ name: 'added', hooks: { ${hooks} } }, `);
	await writeFile(join(workshop.folder, 'astro.config.mjs'), changed);
	await writeFilesTo(workshop.folder, files);
	const { status, output } = await workshop.build();
	await Promise.all(Object.keys(files).map((file) => rm(join(workshop.folder, file))));
	expect(status, output).toBe(1);
	await expect(readFile(join(workshop.dist, 'index.html'))).rejects.toThrow('ENOENT');
	return output;
}

test('entries that are missing, pages behind a file and integrations that report errors are all told', async () => {
	const output = await refusalOf(
		{
			'src/pages/probe.txt.ts':
				"import { getEntry } from 'astro:content';\nexport const GET = async () => new Response(String(await getEntry('tags', 'chna')));\n",
			'public/robots.txt': 'A file of the same name as a page.\n',
			'public/tags/china/rss.xml': 'A file of the same name as a feed.\n',
		},
		"'astro:build:done': ({ logger }) => logger.error('The plug-in could not do its work.')",
	);
	expect(output).toContain('content: Entry tags → chna was not found.');
	expect(output).toContain('because a file with the same name exists in the public folder: robots.txt');
	expect(output).toContain('because a file with the same name exists in the public folder: tags/china/rss.xml');
	expect(output).toContain('added: The plug-in could not do its work.');
	expect(output).toContain('The edition would not be whole. Mend this, and build again.');
});

test('two pages at one address', async () => {
	const output = await refusalOf({
		'src/pages/tags/china/index.astro': '<h1>Another</h1>',
	});
	expect(output).toMatch(/Could not render `\/tags\/china` from route `\/tags\/\[tag\]`/);
});

test('an address that one route makes twice', async () => {
	const output = await refusalOf({
		'src/pages/twice/[id].txt.ts':
			"export const getStaticPaths = () => ['a', 'a'].map((id) => ({ params: { id } }));\nexport const GET = () => new Response('');\n",
	});
	expect(output).toMatch(/twice\/a\.txt/);
});

test('an integration that throws', async () => {
	const throws = "() => { throw new Error('The plug-in broke.'); }";
	expect(await refusalOf({}, `'astro:build:done': ${throws}`)).toContain('The plug-in broke.');
});

test('a picture that vanishes after it was checked', async () => {
	const picture = join(workshop.folder, 'content/articles/2025/06/x/x.jpg');
	const remove = `async () => { const { rm } = await import('node:fs/promises'); await rm(${JSON.stringify(picture)}, { force: true }); }`;
	expect(await refusalOf({}, `'astro:build:start': ${remove}`)).toContain('x.jpg');
});

test('collections that could not be configured', async () => {
	const file = join(workshop.folder, 'src/content.config.ts');
	const sound = await readFile(file, 'utf8');
	await writeFile(file, 'export const collections = { articles: 1 };\n');
	const output = await refusalOf({});
	await writeFile(file, sound);
	expect(output).toContain('There was a problem with your content config');
});
