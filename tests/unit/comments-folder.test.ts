import { symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { byPlace, formatProblem } from '../../src/domain/problems.ts';
import { readContent } from '../../src/loaders/newsroom.ts';
import { articleFile, newsroomFiles, writeFiles } from '../support/content.ts';
import { circumstances } from '../support/problems.ts';

const comment = 'name: A\nwrittenAt: 2025-06-16\napprovedAt: 2025-06-16\ntext: Yes.\n';

/** Reads a newsroom with one article whose comments lie in another folder. */
async function read(files: Readonly<Record<string, string>>, comments: Readonly<Record<string, string>>) {
	const folder = await writeFiles({ ...newsroomFiles, 'articles/2025/06/x.md': articleFile(), ...files });
	const commentsFolder = await writeFiles(comments);
	const content = await readContent(folder, { ...circumstances, commentsFolder });
	return { ...content, folder, commentsFolder, lines: content.problems.sort(byPlace).map(formatProblem) };
}

describe('comments that lie in a folder of their own', () => {
	test('are read from there', async () => {
		const { comments, lines } = await read({}, { '2025/06/x/one.yaml': comment });
		expect(lines).toEqual([]);
		expect(comments.map(({ id }) => id)).toEqual(['2025/06/x/one']);
	});

	test('are named by their place there where something is wrong with them', async () => {
		const { lines, commentsFolder } = await read(
			{},
			{
				'2025/06/x/one.yaml': comment.replace('Yes.', '""'),
				'2025/06/z/one.yaml': comment,
				'2025/06/x/two.txt': comment,
			},
		);
		const name = basename(commentsFolder);
		expect(lines.map((line) => line.replace(/\S*(?=meridian-content-)/, ''))).toEqual([
			`${name}/2025/06/x/one.yaml:4:1: text: is empty. Write it, or remove the field if it may be left out.`,
			`${name}/2025/06/x/two.txt: does not belong here: the form is comments/<year>/<month>/<slug>/<id>.yaml. Rename or move it.`,
			`${name}/2025/06/z/one.yaml: comments on "2025/06/z", but there is no such article. Did you mean "2025/06/x"?`,
		]);
	});

	test('are not looked for in the content folder, where they would be lost', async () => {
		const { comments, lines } = await read({ 'comments/2025/06/x/one.yaml': comment }, {});
		expect(comments).toEqual([]);
		expect(lines).toEqual([
			expect.stringMatching(
				/comments\/2025\/06\/x\/one\.yaml: is nothing that the paper publishes\. Move it out of the content folder\.$/,
			),
		]);
	});

	test('are no symbolic links, and hidden files are none', async () => {
		const folder = await writeFiles({ ...newsroomFiles, 'articles/2025/06/x.md': articleFile() });
		const commentsFolder = await writeFiles({ '2025/06/x/.one.yaml': 'half', '2025/06/x/two.yaml': comment });
		await symlink('two.yaml', join(commentsFolder, '2025/06/x/three.yaml'));
		const { problems } = await readContent(folder, { ...circumstances, commentsFolder });
		expect(problems.map(formatProblem)).toEqual([
			expect.stringMatching(/2025\/06\/x\/three\.yaml: is a symbolic link\. Put the file itself in its place\.$/),
		]);
	});

	test('may lie in the content folder under another name', async () => {
		const folder = await writeFiles({
			...newsroomFiles,
			'articles/2025/06/x.md': articleFile(),
			'readers/2025/06/x/one.yaml': comment,
		});
		const content = await readContent(folder, { ...circumstances, commentsFolder: join(folder, 'readers') });
		expect([content.problems, content.comments.length]).toEqual([[], 1]);
	});

	test('stop the build where the folder is not there; without one named, there are none', async () => {
		const folder = await writeFiles(newsroomFiles);
		expect((await readContent(folder, circumstances)).problems).toEqual([]);
		await expect(readContent(folder, { ...circumstances, commentsFolder: '/nowhere/comments' })).rejects.toThrow(
			'There is no folder of comments /nowhere/comments. Make it, or correct COMMENTS_DIR.',
		);
	});
});
