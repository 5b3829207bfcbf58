import { parseArgs } from 'node:util';
import { ContentError } from '../domain/problems.ts';

/**
 * Runs a command: prints `help` for `--help`, refuses what it does not know, and turns errors into sentences for people.
 * The process ends with status 1 where the command fails.
 * @param flags options of the command's own; it is told which of them were given
 */
export async function runCommand(
	help: string,
	command: (given: ReadonlySet<string>) => Promise<void>,
	flags: readonly string[] = [],
): Promise<void> {
	try {
		const own = Object.fromEntries(flags.map((flag) => [flag, { type: 'boolean' } as const]));
		const { values } = parseArgs({ options: { ...own, help: { type: 'boolean', short: 'h' } } });
		if (values['help']) console.log(help);
		else await command(new Set(Object.keys(values)));
	} catch (error) {
		console.error(explain(error, help));
		process.exit(1);
	}
}

function explain(error: unknown, help: string): string {
	// Content is read by another copy of this module, so that `instanceof` would not know its errors.
	if (error instanceof Error && error.name === ContentError.name) {
		const count = 'problems' in error && Array.isArray(error.problems) ? error.problems.length : 1;
		return `${error.message}\n\n${count === 1 ? 'One problem keeps' : `${count} problems keep`} the paper from being published; what was published before is as it was.`;
	}
	if (!(error instanceof Error)) return String(error);
	if ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) return `${error.message}\n\n${help}`;
	return process.env['DEBUG'] === undefined
		? `${error.message}\n(DEBUG=1 shows where in the code.)`
		: String(error.stack);
}
