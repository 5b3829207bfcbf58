import { resolve, sep } from 'node:path';
import { commentsFolder, contentFolder, newsroomFolders, readClock } from '../environment.ts';
import { collect, type Collection } from '../export/collect.ts';
import { makeFolder } from '../export/folder.ts';
import { exportJson } from '../export/json.ts';
import { exportMarkdown } from '../export/markdown.ts';
import { exportWxr } from '../export/wxr.ts';
import { type Arguments, runCommand } from './run.ts';

const help = `npm run export -- FORM DIR

Writes everything that readers can see into the new folder DIR, for other programs. Nothing else is changed.

  npm run export -- markdown DIR
      a markdown file for each article and page, with plain front matter and its pictures beside it; maps are
      pictures, charts and tables are tables; tags, sections, authors and comments as JSON
  npm run export -- json DIR
      a JSON file for each article and page, with the text as markdown and as HTML; the same lists; schema.json says
      what each of them holds
  npm run export -- wxr DIR
      export.xml, which WordPress imports (WXR 1.2), and the folder wp-content/uploads with the pictures

  --drafts              takes with it drafts, and what is dated in the future
  --retracted           takes with it articles that were retracted
  CLOCK=2025-06-16T12:00:00Z   exports what readers see at that time instead of now
  CONTENT_DIR=folder    takes the content from another folder
  COMMENTS_DIR=folder   takes the comments from another folder than comments in that of the content`;

const forms = { markdown: exportMarkdown, json: exportJson, wxr: exportWxr } as const;

async function leave({ words: [form, folder, ...others], flags }: Arguments): Promise<void> {
	if (form !== 'markdown' && form !== 'json' && form !== 'wxr')
		throw new Error(form === undefined ? help : `"${form}" is nothing that this command writes.\n\n${help}`);
	if (folder === undefined || others.length > 0)
		throw new Error(`Write one folder behind the form: npm run export -- ${form} DIR`);
	refuseOwnFolders(folder);
	const circumstances = { now: readClock(), publicFolder: resolve('public'), commentsFolder: commentsFolder() };
	const extent = { drafts: flags.has('drafts'), retracted: flags.has('retracted') };
	const collection = await collect(contentFolder(), circumstances, extent);
	await makeFolder(resolve(folder));
	const pictures = await forms[form](collection, resolve(folder));
	console.log(describe(collection, pictures, folder));
}

/** @throws Error where the next build would take the export for content, or readers would get it with the paper */
function refuseOwnFolders(folder: string): void {
	const own = [...newsroomFolders(), resolve('public'), resolve(process.env['OUT_DIR'] ?? 'dist')];
	if (own.some((part) => `${resolve(folder)}${sep}`.startsWith(`${part}${sep}`)))
		throw new Error(
			`${folder} is part of the paper: of what it is made of, or of what readers get. Name another folder.`,
		);
}

function describe({ holdings, pages, leftOut }: Collection, pictures: number, folder: string): string {
	const comments = holdings.reduce((sum, holding) => sum + holding.comments.length, 0);
	const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;
	const written = `${count(holdings.length, 'article')}, ${count(pages.length, 'page')}, ${count(comments, 'comment')} and ${count(pictures, 'picture')}`;
	const left = [
		...(leftOut.draft > 0 ? [`${count(leftOut.draft, 'draft')} (--drafts)`] : []),
		...(leftOut.scheduled > 0 ? [`${count(leftOut.scheduled, 'article')} of the future (--drafts)`] : []),
		...(leftOut.retracted > 0 ? [`${count(leftOut.retracted, 'article')} that were retracted (--retracted)`] : []),
	];
	return [`Wrote ${written} into ${folder}.`, ...(left.length > 0 ? [`Left out: ${left.join(', ')}.`] : [])].join('\n');
}

await runCommand(help, leave, ['drafts', 'retracted']);
