/**
 * Returns the form in which labels are compared: letter case, spaces, punctuation, Unicode forms, accents of Latin letters,
 * vowel signs and stretched lines of Arabic and what no one can see make no difference. Marks that make other letters, as
 * in й, ё, أ and the vowels of Indian scripts, do.
 */
export function toLabelKey(label: string): string {
	const known = keys.get(label);
	if (known !== undefined) return known;
	const key = makeKey(label);
	if (keys.size >= mostKept) keys.clear();
	keys.set(label, key);
	return key;
}

/** Articles write the same labels over and over. */
const keys = new Map<string, string>();
const mostKept = 50_000;

function makeKey(label: string): string {
	const letters = label
		.normalize('NFKD')
		.replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
		.replace(/[\p{Default_Ignorable_Code_Point}\u0640\u064B-\u0652\u0670]/gu, '')
		.normalize('NFKC');
	return (
		foldCase(letters)
			// Modifier letters stand for apostrophes, as in Oʻzbekiston.
			.replace(/[[\s\p{Z}\p{P}\u02BB\u02BC]--[#]]+/gv, ' ')
			.trim()
	);
}

/** Capitals in between make one of ß and SS, ı and I, ς and σ. */
function foldCase(text: string): string {
	return text.toLowerCase().toUpperCase().toLowerCase();
}
