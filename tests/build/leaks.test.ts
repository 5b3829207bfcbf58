import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mustBuild, openWorkshop, type Workshop } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';
import { findTraces } from '../support/traces.ts';

/** A word that stands for something alone, and that nothing else holds. */
const mark = (what: string) => `zq${what}x`;

/** What readers must not see before it is published, each with a word or a colour of its own. */
const hidden = [
	...['draftaddress', 'drafttitle', 'draftstandfirst', 'drafttext', 'draftsource', 'draftsection', 'draftauthor'],
	...['drafttag', 'drafttagalias', 'broadertag', 'picturefile', 'picturetext', 'mapplace', 'gazetteerplace'],
	...['draftcomment', 'futurecomment', 'futurecommenter', 'futurecorrection', 'futureaddress', 'futuretext'],
	...['retractedtitle', 'retractedtext', 'retractedtag', 'retractedauthor', 'retractedcorrection'],
	...['retractedcomment', 'retractedpicture'],
];
const hiddenColours = {
	draftcolour: [255, 0, 255],
	futurecolour: [0, 255, 0],
	retractedcolour: [0, 255, 255],
} as const;

/** What is never published. */
const secret = ['textremark', 'articleremark', 'tagremark', 'frontremark', 'commentremark', 'hiddenfile', 'backup'];
const secretColours = { hiddencolour: [255, 255, 0] } as const;

const traces = {
	words: Object.fromEntries([...hidden, ...secret].map((what) => [what, mark(what)])),
	colours: { ...hiddenColours, ...secretColours },
};
const names = [...hidden, ...Object.keys(hiddenColours)].sort();
const secretNames = [...secret, ...Object.keys(secretColours)].sort();

const paint = ([r, g, b]: readonly [number, number, number]) =>
	sharp({ create: { width: 400, height: 300, channels: 3, background: { r, g, b } } })
		.jpeg()
		.toBuffer();

const picture = (file: string, alt: string) =>
	`{ picture: { file: ${file}, alt: ${alt}, caption: A caption., credit: The Desk } }`;

/** @param isHidden false for the same newsroom once it has published everything */
async function contentOf(isHidden: boolean): Promise<Record<string, string | Uint8Array>> {
	const draft = `articles/2025/06/${mark('draftaddress')}`;
	const future = `articles/2025/08/${mark('futureaddress')}`;
	return {
		...newsroomFiles,
		'sections.yaml': `politics: { name: Politics }\n${mark('draftsection')}: { name: ${mark('draftsection')} }\n`,
		'tags.yaml': [
			`china: { name: China, kind: place, broader: ${mark('broadertag')} } # ${mark('tagremark')}`,
			`${mark('drafttag')}: { name: ${mark('drafttag')}, kind: topic, aliases: [${mark('drafttagalias')}] }`,
			`${mark('broadertag')}: { name: ${mark('broadertag')}, kind: place }`,
			`${mark('retractedtag')}: { name: ${mark('retractedtag')}, kind: topic }\n`,
		].join('\n'),
		'gazetteer.yaml': `${mark('gazetteerplace')}: { name: ${mark('gazetteerplace')}, at: [71.45, 51.18], country: KZ, source: a map }\n`,
		'front.yaml': `# ${mark('frontremark')}\nlead: { article: ${draft.slice(9)} }\npins: [{ article: ${future.slice(9)}, until: 2026-01-01 }]\n`,
		[`authors/${mark('draftauthor')}.yaml`]: `name: ${mark('draftauthor')}\ndescription: Writes.\n`,
		[`authors/${mark('retractedauthor')}.yaml`]: `name: ${mark('retractedauthor')}\ndescription: Writes.\n`,
		'articles/2025/06/x/index.md': articleFile(
			{
				tags: `[china] # ${mark('articleremark')}`,
				corrections: `[{ at: 2025-07-15, text: ${mark('futurecorrection')}. }]`,
			},
			`A paragraph.\n\n<!-- ${mark('textremark')} -->\n\nAnother.\n`,
		),
		'articles/2025/06/x/.hidden.md': mark('hiddenfile'),
		'articles/2025/06/x/.hidden.png': await sharp(await paint(secretColours.hiddencolour))
			.png()
			.toBuffer(),
		'articles/2025/06/x/index.md~': mark('backup'),
		'comments/2025/06/x/one.yaml': `name: Reader # ${mark('commentremark')}\nwrittenAt: 2025-06-17\napprovedAt: 2025-06-18\ntext: Yes.\n`,
		'comments/2025/06/x/two.yaml': `name: ${mark('futurecommenter')}\nwrittenAt: 2025-06-17\napprovedAt: 2025-07-15\nreplyTo: one\ntext: ${mark('futurecomment')}.\n`,
		[`${draft}/index.md`]: articleFile(
			{
				title: mark('drafttitle'),
				standfirst: mark('draftstandfirst'),
				section: mark('draftsection'),
				authors: `[desk, ${mark('draftauthor')}]`,
				tags: `[china, ${mark('drafttagalias')}, ${mark('broadertag')}]`,
				source: `{ name: ${mark('draftsource')}, url: "https://a.example/", relation: retold }`,
				lead: picture(`${mark('picturefile')}.jpg`, mark('picturetext')),
				draft: isHidden ? 'true' : undefined,
			},
			`${mark('drafttext')}.\n\n\`\`\`map\nplaces: [${mark('gazetteerplace')}, { name: ${mark('mapplace')}, at: [60, 45] }]\ncaption: A map.\n\`\`\`\n`,
		),
		[`${draft}/${mark('picturefile')}.jpg`]: await paint(hiddenColours.draftcolour),
		[`comments/${draft.slice(9)}/one.yaml`]: `name: Reader\nwrittenAt: 2025-06-17\napprovedAt: 2025-06-18\ntext: ${mark('draftcomment')}.\n`,
		[`${future}/index.md`]: articleFile(
			{ publishedAt: '2025-08-16', lead: picture('future.jpg', 'Green.') },
			`${mark('futuretext')}.\n`,
		),
		[`${future}/future.jpg`]: await paint(hiddenColours.futurecolour),
		'articles/2025/06/retracted/index.md': articleFile(
			{
				title: mark('retractedtitle'),
				authors: `[${mark('retractedauthor')}]`,
				tags: `[china, ${mark('retractedtag')}]`,
				lead: picture(`${mark('retractedpicture')}.jpg`, 'Cyan.'),
				corrections: `[{ at: 2025-06-17, text: ${mark('retractedcorrection')}. }]`,
				retracted: isHidden ? '{ at: 2025-06-20, reason: It was untrue. }' : undefined,
			},
			`${mark('retractedtext')}.\n`,
		),
		[`articles/2025/06/retracted/${mark('retractedpicture')}.jpg`]: await paint(hiddenColours.retractedcolour),
		'comments/2025/06/retracted/one.yaml': `name: Reader\nwrittenAt: 2025-06-17\napprovedAt: 2025-06-18\ntext: ${mark('retractedcomment')}.\n`,
	};
}

let workshop: Workshop;

beforeAll(async () => {
	workshop = await openWorkshop();
	await writeFilesTo(join(workshop.folder, 'content'), await contentOf(true));
});
afterAll(() => workshop.remove());

/**
 * Hides or publishes everything, and looks for traces of it. Files that stay the same are not written again: for the
 * caches they are what they were.
 * @returns the files of the edition by what they hold
 */
async function tracesIn(isHidden: boolean): Promise<Record<string, string[]>> {
	const [other, content] = [await contentOf(!isHidden), await contentOf(isHidden)];
	const isNew = ([path, text]: [string, string | Uint8Array]) =>
		Buffer.compare(Buffer.from(text), Buffer.from(other[path] ?? '')) !== 0;
	await writeFilesTo(join(workshop.folder, 'content'), Object.fromEntries(Object.entries(content).filter(isNew)));
	await mustBuild(workshop, { CLOCK: isHidden ? '2025-07-01T00:00:00Z' : '2025-09-01T00:00:00Z' });
	return findTraces(workshop.dist, traces);
}

test('the search finds whatever the content folder holds', async () => {
	const found = await findTraces(join(workshop.folder, 'content'), traces);
	expect(Object.keys(found).sort()).toEqual([...names, ...secretNames].sort());
});

// One after the other: what is published in between lies in the caches of the last build.
test('of what is not published nothing is in any file of an edition', async () => {
	expect(await tracesIn(true)).toEqual({});
});

test('once it is published it all is found, and what is never published is not', async () => {
	const found = await tracesIn(false);
	expect(Object.keys(found).sort()).toEqual(names);
	// The search looks into files that are packed.
	for (const ending of ['.pf_index', '.pf_fragment'])
		expect(found['drafttext']?.some((file) => file.endsWith(ending))).toBe(true);
});

test('once it is taken back, nothing of it is left, though the caches hold it', async () => {
	expect(await tracesIn(true)).toEqual({});
});
