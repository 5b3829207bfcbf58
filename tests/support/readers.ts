import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);
const packages = ['newsboat', 'python3-feedparser'];
/** Debian's packages are only known to Debian's own Python, where another one stands before it. */
const pythons = ['python3', '/usr/bin/python3'];
let python: string | undefined;

/**
 * Sees to it that newsboat and Python's feedparser are there: as root on Debian it installs them.
 * @throws Error that says what to install where they cannot be had
 */
export async function installReaders(): Promise<void> {
	if (await arePresent()) return;
	if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
		console.log(`Installing Debian’s packages ${packages.join(' and ')} …`);
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		await run('apt-get', ['update', '-qq'], { env });
		await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
	}
	if (await arePresent()) return;
	throw new Error(
		`The tests with feed readers need newsboat and feedparser. Install them, for example with "sudo apt install ${packages.join(' ')}" or "brew install newsboat && pip install feedparser".`,
	);
}

async function arePresent(): Promise<boolean> {
	python = await findPython();
	return python !== undefined && succeeds('newsboat', '-v');
}

/** Finds a Python that has feedparser. */
async function findPython(): Promise<string | undefined> {
	for (const candidate of pythons) if (await succeeds(candidate, '-c', 'import feedparser')) return candidate;
	return undefined;
}

async function succeeds(command: string, ...args: readonly string[]): Promise<boolean> {
	try {
		await run(command, args);
		return true;
	} catch {
		return false;
	}
}

/**
 * Runs newsboat without a screen, with a configuration, a list of feeds and a cache of its own in `folder`.
 * @param args what it should do: `-x reload`, `-i feeds.opml`
 */
export async function runNewsboat(folder: string, ...args: readonly string[]): Promise<void> {
	await run('newsboat', ['-C', `${folder}/config`, '-u', `${folder}/urls`, '-c', `${folder}/cache.db`, ...args], {
		env: { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8' },
	});
}

const program = `
import feedparser, json, sys
feed = feedparser.parse(sys.argv[1], etag=sys.argv[2] or None, modified=sys.argv[3] or None)
print(json.dumps({
    "status": feed.get("status"), "etag": feed.get("etag", ""), "modified": feed.get("modified", ""),
    "bozo": bool(feed.bozo), "title": feed.feed.get("title", ""),
    "entries": [{
        "id": e.id, "title": e.title, "link": e.link, "author": e.author, "summary": e.summary,
        "published": "%04d-%02d-%02dT%02d:%02d" % e.published_parsed[:5],
        "tags": [t.term for t in e.tags], "content": e.content[0].value if "content" in e else "",
        "media": [m["url"] for m in e.get("media_content", [])],
    } for e in feed.entries],
}))
`;

/** Reads a feed with feedparser once {@link installReaders} has seen to it. @param known of an earlier answer @returns JSON */
export async function readWithFeedparser(address: string, known = { etag: '', modified: '' }): Promise<string> {
	const { stdout } = await run(python ?? 'python3', ['-c', program, address, known.etag, known.modified]);
	return stdout;
}
