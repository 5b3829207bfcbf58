/** Returns a number and what is counted, in English whatever the language of the paper: `1 article`, `1,200 articles`. */
export function count(number: number, what: string): string {
	return `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;
}
