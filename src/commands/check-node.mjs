// Loaded before every command (node --import), in a form that old versions of Node.js can read.
import module from 'node:module';

const wanted = 26;
const major = Number(process.versions.node.split('.', 1)[0]);
if (major < wanted) {
	console.error(
		`Meridian needs Node.js ${wanted} or later, and this is ${process.versions.node}. ` +
			'"npm ci" installs the right one for the commands of this project; start them as "npm run …" or "npm start".',
	);
	process.exit(1);
}
// What Node.js has read once of the program it need not read again: commands start in half the time.
module.enableCompileCache('.cache/compile');
