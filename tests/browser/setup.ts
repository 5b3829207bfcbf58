import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { articleFile, writeFilesTo } from '../support/content.ts';
import { mustBuild, openWorkshop } from '../support/build.ts';
import { launchBrowser } from '../support/browser.ts';
import { serve } from '../support/serve.ts';

declare module 'vitest' {
	export interface ProvidedContext {
		/** Origin of the paper's own edition. */
		origin: string;
	}
}

/** Sixty letters without a place to break. */
const longWord = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsges';

/**
 * Enough articles that lists have several pages, one with everything that an article can have, one with the longest
 * words and writing from the right, and one with the shortest.
 */
async function plenty(): Promise<Record<string, string>> {
	const fields = { publishedAt: '2024-03-02', authors: '[sophia-klein]', tags: '[AFP, Mexico]' };
	const stories = Array.from({ length: 45 }, (_, i): [string, string] => [
		`articles/2024/03/story-${i}.md`,
		articleFile({
			...fields,
			title: `Story number ${i}`,
			publishedAt: `2024-03-${String((i % 28) + 1).padStart(2, '0')}`,
		}),
	]);
	const text = [
		'A fact.[^1] A [link](/tags/mexico/).',
		'## A part',
		'| Year | Sum |\n|---|--:|\n| 2024 | 94.82 |',
		'> A quotation.',
		'1. One\n2. Two',
		'Қазақстан Республикасы, *емлі*; Ōsaka.',
		'[^1]: The source.',
	];
	const comment = (name: string, more = '') =>
		`name: ${name}\nwrittenAt: 2024-03-20T10:00Z\napprovedAt: 2024-03-21T10:00Z\ntext: A comment.\n${more}`;
	return {
		...Object.fromEntries(stories),
		'articles/2024/03/everything.md': articleFile(
			{
				...fields,
				publishedAt: '2024-03-16T21:40+05:00',
				updatedAt: '2024-03-17T08:05+05:00',
				source: '{ name: Elsewhere, url: https://elsewhere.example/, relation: reported }',
				corrections: '[{ at: 2024-03-18, text: A year was wrong., was: It began in 1991., is: It began in 1992. }]',
				formerPaths: '[2024/02/everything]',
			},
			text.join('\n\n'),
		),
		'tags.yaml': `${await readFile('content/tags.yaml', 'utf8')}\nlongest: { name: ${longWord}, kind: topic, aliases: [長い], formerly: [longer] }\n`,
		'articles/2024/03/longest.md': articleFile(
			{
				...fields,
				title: `${longWord} and ${'many words more '.repeat(5)}end`,
				standfirst: `${longWord} ${'and more of the same '.repeat(12)}`.trim(),
				tags: '[longest, Mexico]',
				sources: `[{ name: ${longWord}, title: ${longWord}, url: "https://a.example/" }]`,
			},
			[
				`A paragraph with ${longWord}, with \`${longWord}\`, with the words السلام عليكم (peace be upon you) and שלום in it.`,
				`## ${longWord}`,
				'> مرحبا بالعالم في عام 2024.',
				`> ${longWord}`,
			].join('\n\n'),
		),
		'articles/2024/03/shortest.md': articleFile({
			...fields,
			title: 'Tides',
			standfirst: 'Low.',
			tags: '[Mexico]',
			lang: 'en-US',
		}),
		'articles/2024/03/retracted.md': articleFile({
			...fields,
			corrections: '[{ at: 2024-03-18, text: A name was wrong. }]',
			retracted: `{ at: 2024-03-20T10:00+05:00, reason: "The report was invented: ${longWord}.\\n\\nWe regret it." }`,
		}),
		'comments/2024/03/everything/one.yaml': comment('A'),
		'comments/2024/03/everything/two.yaml': comment('B', 'replyTo: one\n'),
	};
}

/** Builds and serves the paper once for all browser tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	// A browser is looked for here, once, because that may mean installing one.
	await (await launchBrowser()).close();
	const workshop = await openWorkshop('content');
	await writeFilesTo(join(workshop.folder, 'content'), await plenty());
	await mustBuild(workshop);
	const server = await serve(workshop.folder);
	project.provide('origin', server.origin);
	return async () => {
		await server.stop();
		await workshop.remove();
	};
}
