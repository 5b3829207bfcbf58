import { execFileSync } from 'node:child_process';
import { onTestFinished } from 'vitest';

/**
 * Mounts a small disk at a folder until the test has ended.
 * @param kilobytes its size
 * @returns false where this system allows nobody to mount anything
 */
export function mountSmallDisk(folder: string, kilobytes: number): boolean {
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder], { stdio: 'ignore' });
	} catch {
		console.log('No disk can be mounted here: a limit on the size of files takes its place.');
		return false;
	}
	onTestFinished(() => void execFileSync('umount', [folder]));
	return true;
}
