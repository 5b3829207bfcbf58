import anyAscii from 'any-ascii';

/** Returns the text in ASCII letters, as any-ascii transliterates it: "Қазақстан" is "Qazaqstan". */
export function toAscii(text: string): string {
	return anyAscii(text);
}
