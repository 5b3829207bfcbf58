import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { rm } from 'node:fs/promises';

const page = '---\ntitle: A page\nstandfirst: About something.\n---\n\nText.\n';

/** A small newsroom's files, by their paths in the content folder, without an article. */
export const newsroomFiles: Readonly<Record<string, string>> = {
	'sections.yaml': 'politics:\n  name: Politics\n',
	'tags.yaml': [
		'china: { name: China, kind: place }',
		'xi-jinping: { name: Xi Jinping, kind: person, aliases: [XI] }',
		'trade: { name: Trade, kind: topic, formerly: [commerce] }',
		'',
	].join('\n'),
	'authors/desk.yaml': 'name: The Desk\nkind: organisation\ndescription: The newsroom.\n',
	'pages/about.md': page,
	'pages/privacy.md': page,
	'pages/accessibility.md': page,
};

/** Returns an article's file. Fields given replace the usual ones; those given as nothing are left out. */
export function articleFile(
	fields: Readonly<Record<string, string | undefined>> = {},
	text = 'A paragraph.\n',
): string {
	const all: Readonly<Record<string, string | undefined>> = {
		title: 'A headline',
		standfirst: 'A standfirst.',
		publishedAt: '2025-06-16',
		section: 'politics',
		authors: '[desk]',
		tags: '[CHINA]',
		...fields,
	};
	const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
	return `---\n${lines.join('\n')}\n---\n\n${text}`;
}

/** Writes files below a new folder that is removed when the test has ended, and returns the folder. */
export async function writeFiles(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'meridian-content-'));
	onTestFinished(() => rm(folder, { recursive: true }));
	await writeFilesTo(folder, files);
	return folder;
}

/** Writes files below a folder. */
export async function writeFilesTo(
	folder: string,
	files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
	for (const [path, content] of Object.entries(files)) {
		await mkdir(dirname(join(folder, path)), { recursive: true });
		await writeFile(join(folder, path), content);
	}
}
