/**
 * Returns the form in which labels are compared: letter case, spaces, punctuation, accents of Latin letters and Unicode
 * forms make no difference.
 */
export function toLabelKey(label: string): string {
	return label
		.normalize('NFKD')
		.replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[[\s\p{Z}\p{P}]--[#]]+/gv, ' ')
		.trim();
}
