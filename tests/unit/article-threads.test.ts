import { expect, test } from 'vitest';
import { openArticleThreads } from '../../src/loaders/article-threads.ts';
import { readContent } from '../../src/loaders/newsroom.ts';
import { articleFile, newsroomFiles, writeFiles } from '../support/content.ts';
import { circumstances } from '../support/problems.ts';

/** More than are checked without threads, and no whole number of parcels. */
const count = 530;

test('threads find the same in many articles as is found without them', { timeout: 60_000 }, async () => {
	const folder = await writeFiles({
		...newsroomFiles,
		...Object.fromEntries(
			Array.from({ length: count }, (_, i) => [
				`articles/2025/06/story-${String(i).padStart(4, '0')}.md`,
				articleFile(
					{ title: `Story ${i}`, tags: i % 97 === 0 ? '[CHNA]' : '[china, XI]' },
					`[a](/2025/06/story-0000/) ${i}`,
				),
			]),
		),
	});
	const { share, end } = openArticleThreads(2);
	const alone = await readContent(folder, circumstances);
	const shared = await readContent(folder, { ...circumstances, share });
	await end();
	expect(alone.problems).toHaveLength(6);
	expect(alone.articles).toHaveLength(count - 6);
	expect(shared.problems).toEqual(alone.problems);
	expect(shared.articles).toEqual(alone.articles);
	expect(shared.faultyArticles).toEqual(alone.faultyArticles);
});
