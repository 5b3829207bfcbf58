import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { z } from 'astro/zod';
import { type ArticleSource, checkArticle, type CheckArticle, type Outcome } from './articles.ts';
import type { References } from './references.ts';

/** So many articles are checked sooner than a thread has started. */
const fewest = 400;
/** Articles are handed over in parcels of so many. */
const parcel = 50;

interface Parcel {
	number: number;
	sources: readonly ArticleSource[];
}

interface Answer {
	number: number;
	outcomes: readonly Outcome[];
}

/** Threads that check articles. */
export interface ArticleThreads {
	/** Returns what has articles checked by the threads, and the first few, for which none is worth while, here. */
	share: (references: References) => CheckArticle;
	/** Ends the threads. */
	end: () => Promise<void>;
}

/** Returns threads that are started when there are many articles to check. */
export function openArticleThreads(count = availableParallelism()): ArticleThreads {
	const threads: Worker[] = [];
	const open = new Map<number, PromiseWithResolvers<readonly Outcome[]>>();
	const start = (references: References) => {
		const thread = new Worker(new URL(import.meta.url), { workerData: references })
			.on('message', (message: unknown) => {
				const { number, outcomes } = answer.parse(message);
				open.get(number)?.resolve(outcomes);
				open.delete(number);
			})
			.once('error', (error) => open.forEach(({ reject }) => reject(error)));
		threads.push(thread);
	};
	const share = (references: References): CheckArticle => {
		let [checked, sent] = [0, 0];
		let waiting: ArticleSource[] = [];
		let outcomes = Promise.withResolvers<readonly Outcome[]>();
		const send = () => {
			if (waiting.length === 0) return;
			open.set(sent, outcomes);
			threads[sent % threads.length]?.postMessage({ number: sent, sources: waiting } satisfies Parcel);
			sent++;
			waiting = [];
			outcomes = Promise.withResolvers();
		};
		return (source) => {
			if (++checked <= fewest) return checkArticle(source, references);
			while (threads.length < count) start(references);
			const place = waiting.push(source) - 1;
			const { promise } = outcomes;
			if (waiting.length === parcel) send();
			// The last parcel is sent when nothing more comes.
			else if (place === 0) setImmediate(send);
			return promise.then((all) => all[place] ?? { problems: [] });
		};
	};
	return { share, end: async () => void (await Promise.all(threads.splice(0).map((thread) => thread.terminate()))) };
}

const answer = z.custom<Answer>();

if (!isMainThread && parentPort) {
	const port = parentPort;
	const references = z.custom<References>().parse(workerData);
	port.on('message', (message: unknown) => {
		const { number, sources } = z.custom<Parcel>().parse(message);
		const outcomes = sources.map((source) => checkArticle(source, references));
		port.postMessage({ number, outcomes } satisfies Answer);
	});
}
