/**
 * Tells whether a later change of a file would show in its time. It might not where the last has been so lately: disks
 * that know no parts of seconds may count by two of them, and others by hundredths.
 * @param changed when the file, or its entry, was changed last, in milliseconds since 1970, with what the disk knows of
 * their parts
 */
export function isSettled(changed: number, now: number): boolean {
	return changed + (changed % 1000 === 0 ? 2000 : 100) < now;
}
