import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { publish } from '../../src/edition/publish.ts';
import { writeTiny } from './tiny-edition.ts';

/**
 * Publishes the tiny edition in a process of its own, which can end itself at a step as one that is killed:
 * `node publish-tiny.ts <target> <text> [step or "half" at which it dies] [file that ends the
 * writing once it is there]`.
 */
const [target = '', text = '', deadly = '', signal = ''] = process.argv.slice(2);
const dieAt = (step: string) => {
	if (step === deadly) process.kill(process.pid, 'SIGKILL');
};

try {
	console.log('beginning');
	await publish(
		target,
		async (folder) => {
			await writeTiny(folder, text, () => dieAt('half'));
			console.log('writing');
			while (signal !== '' && !existsSync(signal)) await setTimeout(20);
		},
		{ onStep: dieAt, onWait: () => console.log('waiting') },
	);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}
