import { parseArgs } from 'node:util';
import { ContentError } from '../domain/problems.ts';
import { BusyError } from '../edition/lock.ts';

/** What stands behind the name of a command. */
export interface Arguments {
	words: readonly string[];
	flags: ReadonlySet<string>;
	/** Values of options by their names. */
	options: ReadonlyMap<string, string>;
}

/**
 * Runs a command: prints `help` for `--help`, refuses what it does not know, and turns errors into sentences for people.
 * The process ends with status 1 where the command fails, with that of {@link BusyError} where another is at work.
 * @param flags names of its flags, without their hyphens; nothing where it takes neither flags nor words
 * @param options names of its options that have a value
 */
export async function runCommand(
	help: string,
	command: (args: Arguments) => Promise<void>,
	flags?: readonly string[],
	options: readonly string[] = [],
): Promise<void> {
	try {
		const { values, positionals } = parseArgs({
			options: {
				help: { type: 'boolean', short: 'h' },
				...Object.fromEntries((flags ?? []).map((flag) => [flag, { type: 'boolean' as const }])),
				...Object.fromEntries(options.map((option) => [option, { type: 'string' as const }])),
			},
			allowPositionals: flags !== undefined,
		});
		if (values.help === true) console.log(help);
		else {
			const given = Object.entries<unknown>(values);
			await command({
				words: positionals,
				flags: new Set(given.flatMap(([name, value]) => (value === true ? [name] : []))),
				options: new Map(given.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))),
			});
		}
	} catch (error) {
		console.error(explain(error, help));
		process.exit(error instanceof BusyError ? error.status : 1);
	}
}

function explain(error: unknown, help: string): string {
	// Content is read by another copy of this module, so that `instanceof` would not know its errors.
	if (error instanceof Error && error.name === ContentError.name) {
		const count = 'problems' in error && Array.isArray(error.problems) ? error.problems.length : 1;
		return `${error.message}\n\n${count === 1 ? 'One problem keeps' : `${count} problems keep`} the paper from being published; what was published before is as it was.`;
	}
	if (!(error instanceof Error)) return String(error);
	if (error instanceof BusyError) return error.message;
	if ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
		const [fault] = error.message.split('. ', 1);
		return `${fault}. These are known:\n\n${help}`;
	}
	return process.env['DEBUG'] === undefined ? error.message : String(error.stack);
}
