import { parseArgs } from 'node:util';
import { ContentError } from '../domain/problems.ts';

/**
 * Runs a command: prints `help` for `--help`, refuses what it does not know, and turns errors into sentences for people.
 * The process ends with status 1 where the command fails.
 */
export async function runCommand(help: string, command: () => Promise<void>): Promise<void> {
	try {
		const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
		if (values.help) console.log(help);
		else await command();
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
