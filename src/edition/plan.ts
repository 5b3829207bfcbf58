import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'astro/zod';
import { planChannel, type Question } from '../environment.ts';

const planSchema = z.object({
	/** Digest of the edition. */
	edition: z.string(),
	/** Digest of the program, of which everything in the edition follows. */
	program: z.string(),
	/** Digest of what else a file follows from, by its path, for all files of which a build asks that. */
	inputs: z.record(z.string(), z.string()),
	/** Digest of the content and the public folder; nothing where they were changing. */
	sources: z.string().optional(),
	/** From which moment, in milliseconds since 1970, until which the clock alone makes no other edition. */
	madeFor: z.number(),
	holdsUntil: z.number().optional(),
	/** Digest of the stamps of all files; nothing where they could not be trusted yet. */
	stamps: z.string().optional(),
	/** What the check of the edition has found and let pass. */
	warnings: z.array(z.object({ file: z.string(), message: z.string() })),
});

/** What is known of an edition. It lies beside the edition, and whoever loses it makes everything anew. */
export type Plan = Omit<z.infer<typeof planSchema>, 'edition'>;

/** What an edition was made of. */
export type Making = Omit<Plan, 'stamps' | 'warnings'>;

/** Reads what is known of an edition; nothing where that is lost. @param edition its digest */
export async function readPlan(file: string, edition: string): Promise<Plan | undefined> {
	try {
		const plan = planSchema.parse(JSON.parse(await readFile(file, 'utf8')));
		return plan.edition === edition ? plan : undefined;
	} catch {
		return undefined;
	}
}

/** Keeps what is known of an edition. Where that cannot be written, the next build makes everything anew. */
export async function writePlan(file: string, edition: string, plan: Plan): Promise<void> {
	try {
		await writeFile(file, JSON.stringify({ edition, ...plan }));
	} catch (error) {
		console.error(`The plan could not be written: ${error instanceof Error ? error.message : String(error)}`);
	}
}

/**
 * Tells the routes which of their files need not be made, until `stop` is called.
 * @param former what the files were made of from which some can be taken over
 * @returns what all files are made of, which are to be taken over, and until when the clock does not change them: known
 * once the routes have asked
 */
export function answerRoutes(former: Plan['inputs']): {
	inputs: Plan['inputs'];
	carried: Set<string>;
	times: Pick<Plan, 'holdsUntil'>;
	stop: () => void;
} {
	const inputs: Plan['inputs'] = {};
	const carried = new Set<string>();
	const times: Pick<Plan, 'holdsUntil'> = {};
	const answer = (question: unknown) => {
		if (isTimes(question)) Object.assign(times, question);
		if (!isQuestion(question)) return;
		for (const { file, inputs: digest } of question.files) {
			inputs[file] = digest;
			if (former[file] !== digest) continue;
			question.unchanged.add(file);
			carried.add(file);
		}
	};
	planChannel.subscribe(answer);
	return { inputs, carried, times, stop: () => void planChannel.unsubscribe(answer) };
}

function isTimes(message: unknown): message is Pick<Plan, 'holdsUntil'> {
	return typeof message === 'object' && message !== null && 'holdsUntil' in message;
}

/** Tells whether a message of the plan's channel asks which files need not be made. */
export function isQuestion(message: unknown): message is Question {
	return typeof message === 'object' && message !== null && 'files' in message && 'unchanged' in message;
}
