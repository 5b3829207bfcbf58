/** Says that another process is at work. @param holder its process id */
export function sayWaiting(holder: number): void {
	console.log(`Process ${holder} is at work. Waiting until it has ended …`);
}

/** @throws Error where a command that takes no words was given some */
export function refuseWords([word]: readonly string[]): void {
	if (word !== undefined)
		throw new Error(`"${word}" means nothing here. Options begin with --, after a -- of their own.`);
}
