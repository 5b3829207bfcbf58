import { expect, test } from 'vitest';
import { findForbiddenCharacter } from '../../src/markdown/characters.ts';

test('every code point that controls, breaks or hides text is found, and no other', () => {
	const isForbidden = (sign: string) =>
		/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\p{Bidi_Control}\p{Cf}\p{Zl}\p{Zp}\uFFFC\uFFFD\u{E0000}-\u{E007F}]/u.test(
			sign,
		) && !/[\t\n\xAD\u0600-\u061C\u06DD\u070F\u0890\u0891\u08E2\u180E\u200E\u200F\u{110BD}-\u{1D17A}]/u.test(sign);
	const codePoints = Array.from({ length: 0x11_00_00 }, (_, code) => String.fromCodePoint(code));
	const wrong = codePoints.filter((sign) => (findForbiddenCharacter(`a${sign}b`)?.offset === 1) !== isForbidden(sign));
	expect(wrong.map((sign) => sign.codePointAt(0)?.toString(16))).toEqual([]);
});
