import { setTimeout as wait } from 'node:timers/promises';
import { ask, type Answer, type Manners } from './ask.ts';

/** What became of one address. */
export interface CheckedLink {
	url: string;
	/** The files that name it. */
	files: readonly string[];
	outcome: 'sound' | 'broken' | 'not checked';
	/** Why, where it is not sound: a sentence without its subject and its stop. */
	reason?: string;
}

/** How the check goes about it. */
export interface CheckManners extends Manners {
	/** How many hosts are asked at the same time. */
	hostsAtOnce: number;
	/** Milliseconds between two questions to one host. */
	pause: number;
}

/** Answers with which hosts keep programs out, or put them off: they say nothing of the page. */
const unwilling: ReadonlySet<number> = new Set([401, 403, 405, 429, 451, 503, 999]);

/**
 * Asks for every address, each host one question after another. Where nothing at all answers, the network is taken to be
 * off and nothing counts as broken.
 * @returns in the order of the addresses
 */
export async function checkLinks(
	addresses: ReadonlyMap<string, readonly string[]>,
	manners: CheckManners,
): Promise<CheckedLink[]> {
	const answers = new Map<string, Answer>();
	const queues = [...Map.groupBy(addresses.keys(), (address) => new URL(address).host).values()];
	const work = async () => {
		for (let queue = queues.shift(); queue; queue = queues.shift()) {
			for (const [i, address] of queue.entries()) {
				if (i > 0) await wait(manners.pause);
				answers.set(address, await ask(address, manners));
			}
		}
	};
	await Promise.all(Array.from({ length: manners.hostsAtOnce }, work));
	const isOnline = [...answers.values()].some((answer) => 'status' in answer);
	return [...addresses].map(([url, files]) => ({ url, files, ...judge(answers.get(url), isOnline) }));
}

function judge(answer: Answer | undefined, isOnline: boolean): Pick<CheckedLink, 'outcome' | 'reason'> {
	if (!answer) return { outcome: 'not checked', reason: 'was not asked for' };
	if ('refusal' in answer) return { outcome: 'broken', reason: answer.refusal };
	if ('failure' in answer)
		return { outcome: isOnline && !answer.mayPass ? 'broken' : 'not checked', reason: answer.failure };
	if (answer.status < 300) return { outcome: 'sound' };
	const reason = `answers with status ${answer.status}`;
	return { outcome: unwilling.has(answer.status) ? 'not checked' : 'broken', reason };
}
