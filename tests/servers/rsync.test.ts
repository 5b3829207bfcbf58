import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { publish } from '../../src/edition/publish.ts';
import { checkEdition } from '../../src/edition/check/check.ts';
import { peoplesEnvironment } from '../support/build.ts';
import { installPackages, runProgram } from '../support/debian.ts';
import { type Files, retract, tinyEdition, tinyPage, writeEdition } from '../support/tiny-edition.ts';
import { openFolder } from '../support/web-servers.ts';

beforeAll(() => installPackages({ '/usr/bin/rsync': 'rsync' }));

/** Stands before rsync, and writes down what that sends; in its call CUT it sends only half of a list and fails. */
const observer = `#!/usr/bin/env bash
echo >>"$ROOT/calls"
[[ $1 == --quiet ]] && exec /usr/bin/rsync "$@"
args=(--log-file="$ROOT/log" --log-file-format="%o %n" "$@")
if [[ $(wc -l <"$ROOT/calls") == "$CUT" ]]; then
	for i in "\${!args[@]}"; do
		if [[ \${args[i]} == --files-from=* ]]; then
			list=\${args[i]#--files-from=}
			head -n "$((($(wc -l <"$list") + 1) / 2))" "$list" >"$list.half"
			args[i]=--files-from=$list.half
		fi
	done
	/usr/bin/rsync "\${args[@]}"
	exit 12
fi
exec /usr/bin/rsync "\${args[@]}"
`;

/** Returns an edition with a picture and a page of its own. */
function edition(text: string): Files {
	const path = `/page-${text.toLowerCase()}/`;
	const files = tinyEdition(`${text}</p><img src="/_astro/${text}.png" alt=""><a href="${path}">Page</a><p>`);
	files[`${path.slice(1)}index.html`] = tinyPage(path, '<a href="/">Home</a>');
	files[`_astro/${text}.png`] = `picture ${text}`;
	files['sitemap-0.xml'] = String(files['sitemap-0.xml']).replace(
		'</urlset>',
		`<url><loc>https://meridian.example.org${path}</loc></url></urlset>`,
	);
	return files;
}

interface Sent {
	status: number;
	output: string;
	/** What has travelled, and what was deleted at the other end. */
	sent: string[];
	deleted: string[];
}

interface Sending {
	/** A copy of the edition. */
	copy: string;
	dist: string;
	/** Publishes an edition and sends it. @param cut which call of rsync is cut off, counted from 1 */
	send: (files: Files, cut?: number) => Promise<Sent>;
}

async function openSending(): Promise<Sending> {
	const root = await openFolder('rsync');
	onTestFinished(() => rm(root, { recursive: true }));
	const [dist, copy] = [join(root, 'dist'), join(root, 'copy')];
	await mkdir(join(root, 'bin'));
	await writeFile(join(root, 'bin/rsync'), observer);
	await chmod(join(root, 'bin/rsync'), 0o755);
	return {
		dist,
		copy,
		async send(files, cut = 0) {
			await publish(dist, (folder) => writeEdition(folder, files));
			for (const name of ['calls', 'log']) await writeFile(join(root, name), '');
			const env = {
				...peoplesEnvironment(),
				PATH: `${root}/bin:${process.env['PATH'] ?? ''}`,
				ROOT: root,
				CUT: String(cut),
				OUT_DIR: dist,
			};
			const { status, output } = await runProgram('deploy/rsync.sh', [copy], { env });
			const lines = (await readFile(join(root, 'log'), 'utf8')).split('\n').map((line) => line.replace(/^.*?\] /, ''));
			const of = (kind: string) =>
				lines.flatMap((line) =>
					line.startsWith(kind) && !/\/$|\.(?:sending|kept)$/.test(line) ? [line.slice(kind.length)] : [],
				);
			return { status, output, sent: of('send ').sort(), deleted: of('del. ').sort() };
		},
	};
}

const read = (folder: string, file: string) => readFile(join(folder, file), 'utf8');

/** Returns what pages of a folder lead to that is not there. */
async function deadEnds(folder: string): Promise<string[]> {
	const files = await readdir(folder, { recursive: true });
	const dead: string[] = [];
	for (const file of files.filter((path) => path.endsWith('.html')))
		for (const [, address = ''] of (await read(folder, file)).matchAll(/(?:href|src)="(\/[^"#]*)"/g)) {
			const wanted = posix.join('.', address.endsWith('/') ? `${address}index.html` : address);
			if (!files.includes(wanted)) dead.push(`${file} leads to ${wanted}`);
		}
	return dead;
}

describe('rsync.sh', () => {
	test('sends everything once, and then exactly what has changed; what pages may still want stays', async () => {
		const { send, copy, dist } = await openSending();
		const first = await send(edition('A'));
		expect(first.output).toBe('');
		expect(first.sent).toEqual([...Object.keys(edition('A')), 'edition.json'].sort());
		expect(
			await checkEdition(copy).then(({ findings }) =>
				findings.filter(({ file }) => !/^\.(?:sending|kept)$/.test(file)),
			),
		).toEqual([]);
		const second = await send(edition('B'));
		expect(second).toMatchObject({
			status: 0,
			sent: ['_astro/B.png', 'edition.json', 'index.html', 'page-b/index.html', 'sitemap-0.xml'],
			deleted: ['page-a/index.html'],
		});
		expect(await read(copy, '_astro/A.png')).toBe('picture A');
		expect((await send(edition('B'))).sent).toEqual(['edition.json']);
		expect(await read(copy, 'edition.json')).toBe(await read(dist, 'edition.json'));
	});

	test.each([4, 5, 6, 7, 8, 9, 10])(
		'leaves pages that lead to nothing missing where its call %i is cut off, and mends that',
		async (cut) => {
			const { send, copy, dist } = await openSending();
			await send(edition('A'));
			const broken = await send(edition('B'), cut);
			expect(broken.status).not.toBe(0);
			expect(await deadEnds(copy)).toEqual([]);
			// The next edition is as the first where the second was not, so that what has arrived of the second must go.
			await send(edition('A'));
			for (const file of [...Object.keys(edition('A')), 'edition.json'])
				expect(await read(copy, file), file).toBe(await read(dist, file));
			expect(await readdir(copy)).not.toContain('page-b');
		},
	);

	test('takes away pictures once an article was retracted', async () => {
		const { send, copy } = await openSending();
		await send({ ...edition('A'), '_astro/search.js': 'export {};' });
		const retracting = edition('B');
		retract(retracting);
		expect((await send(retracting)).deleted).toContain('_astro/A.png');
		expect((await readdir(join(copy, '_astro'))).sort()).toEqual(['B.png', 'search.js']);
	});

	test('does not begin where the target cannot be asked', async () => {
		const { status } = await runProgram('deploy/rsync.sh', ['rsync://127.0.0.1:9/paper'], {
			env: peoplesEnvironment(),
		});
		expect(status).not.toBe(0);
	});
});
