import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'astro/zod';
import { readYaml } from '../../src/loaders/yaml.ts';
import { toHtml } from '../../src/markdown/html.ts';
import { readText } from '../../src/markdown/text.ts';
import { articleSchema } from '../../src/schemas/article.ts';
import { commentSchema } from '../../src/schemas/comment.ts';

const input = z.object({ kind: z.enum(['text', 'yaml', 'fields']), source: z.string() });

/** Reads the source, as a text, as YAML or as every plain field, and tells how many complaints there were. */
function read({ kind, source }: z.infer<typeof input>): number {
	if (kind === 'yaml') {
		const problems: [] = [];
		readYaml(source, 'x.yaml', problems);
		return problems.length;
	}
	if (kind === 'fields') {
		const fields = { title: source, standfirst: source, publishedAt: source, tags: [source], authors: [source] };
		articleSchema.safeParse({ ...fields, section: source, source: { name: source, url: source } });
		commentSchema.safeParse({ name: source, text: source, writtenAt: source, approvedAt: source, replyTo: source });
		return 1;
	}
	const { tree, findings } = readText(source);
	if (findings.length === 0) toHtml(tree, { linkTo: (path) => path });
	return findings.length;
}

parentPort?.postMessage(read(input.parse(workerData)));
