/** What the system's error codes mean to those who publish, and how to mend it. */
const meanings: Readonly<Record<string, string>> = {
	ENOSPC: 'The disk is full. Make room',
	EDQUOT: 'The disk space that this user may have is used up. Make room',
	EFBIG: 'A file would be larger than this user may write. Raise the limit (ulimit -f)',
	EROFS: 'The folder cannot be written: it is on a disk that is read only. Choose another OUT_DIR',
	EACCES: 'This user has no right to it. Correct the rights of the file or folder',
	EPERM: 'This user may not do that. Correct the rights of the file or folder',
	EBUSY: 'It is in use, perhaps as the place of a mounted disk. Choose an OUT_DIR inside of it',
	EMFILE: 'Too many files are open. Raise the limit (ulimit -n)',
	ENOENT: 'A file vanished while it was wanted. Try again when nobody changes files',
	EIO: 'The disk does not work as it should',
};

/** Returns an error in words that say how to mend it where it comes from the disk, and others as they are. */
export function explainDisk(error: unknown): unknown {
	return isOfDisk(error) ? new Error(toSentence(error), { cause: error }) : error;
}

function isOfDisk(error: unknown): error is NodeJS.ErrnoException & { code: string } {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code in meanings;
}

function toSentence({ code, message }: { code: string; message: string }): string {
	return `${meanings[code] ?? 'The disk is in the way'}, and start again: what readers get is as it was. (${message})`;
}
