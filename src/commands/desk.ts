import * as paths from '../domain/paths.ts';
import { readClock } from '../environment.ts';
import { addEditor, changePassword, mustFindEditor, removeEditor } from '../service/desk/editors.ts';
import { recordActions, recordFlags, recordHelp, withDatabase } from './desk-records.ts';
import { askNewPassword } from './password.ts';
import { type Arguments, runCommand } from './run.ts';

const help = `npm run desk -- ACTION

Looks after the desk, where editors decide on comments, and after what it keeps.

  npm run desk -- add-editor NAME
      lets somebody sign in at the desk, with a password of at least twelve characters, for which it asks
  npm run desk -- password NAME
      gives an editor another password, and ends what the editor has open; a name that wrong passwords have locked is
      open again
  npm run desk -- remove-editor NAME
      lets an editor sign in no more, and ends what the editor has open
${recordHelp}

  A password is asked for twice, or read from the first line of the input where that is no terminal.

  DATABASE_URL=address  takes the comments from a PostgreSQL database, postgres://…
  INBOX_DIR=folder      takes them from inbox.sqlite in another folder than .data`;

/** What the command can do, by its first word; the other words are what it is done to. */
const actions: typeof recordActions = {
	...recordActions,
	'add-editor': (rest) =>
		withDatabase(async (database) => {
			const name = toName('add-editor', rest);
			await addEditor(database, name, await askNewPassword(), readClock());
			console.log(
				`${name} can sign in now, at the address that "npm start" prints, or at ${paths.toAbsolute(paths.desk())}.`,
			);
		}),
	password: (rest) =>
		withDatabase(async (database) => {
			const name = toName('password', rest);
			await mustFindEditor(database, name);
			await changePassword(database, name, await askNewPassword(), readClock());
			console.log(`${name} has another password, and has to sign in with it.`);
		}),
	'remove-editor': (rest) =>
		withDatabase(async (database) => {
			const name = toName('remove-editor', rest);
			await removeEditor(database, name, readClock());
			console.log(`${name} can sign in no more.`);
		}),
};

async function desk({ words: [action, ...rest], flags }: Arguments): Promise<void> {
	if (action === undefined) throw new Error(`Say what is to be done.\n\n${help}`);
	const act = Object.hasOwn(actions, action) ? actions[action] : undefined;
	if (!act) throw new Error(`"${action}" is nothing that this command does.\n\n${help}`);
	await act(rest, flags);
}

function toName(action: string, rest: readonly string[]): string {
	if (rest.length === 0) throw new Error(`Write whose name: npm run desk -- ${action} NAME`);
	return rest.join(' ');
}

await runCommand(help, desk, recordFlags);
