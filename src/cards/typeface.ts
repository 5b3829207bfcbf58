import { Blob, Buffer, Face, Font, shape, Variation } from 'harfbuzzjs';
import { type Outline, toOutline } from './outline.ts';

/** A line of text as outlines. */
interface OutlinedText {
	/** Each with the place of its origin; that of the line is its beginning on the baseline. */
	letters: { outline: Outline; x: number; y: number }[];
	/** In the units of the size asked for. */
	width: number;
}

/** Type whose letters can be had as outlines, so that a drawing looks the same on every machine. */
export interface Typeface {
	/** Tells whether every character of the text has a letter. */
	has(text: string): boolean;
	/** Returns how wide {@link set} sets a line. */
	measure(text: string, size: number, weight: number): number;
	/**
	 * Sets one line of text with kerning.
	 * @param size of the letters, in the units of the drawing
	 * @param weight 400 is regular, 700 is bold
	 */
	set(text: string, size: number, weight: number): OutlinedText;
}

/** Opens variable fonts (OpenType, not compressed) of which each has some of the letters; the first that has one wins. */
export function openTypeface(files: readonly Uint8Array[]): Typeface {
	const faces = files.map((file) => new Face(new Blob(file)));
	const letters = faces.map((face) => new Set(face.collectUnicodes()));
	const fonts = new Map<string, Font>();
	const outlines = new Map<string, Outline>();
	// One for all lines: a buffer's memory is not given back before garbage is collected, which does not see how much it is.
	const buffer = new Buffer();

	function fontOf(face: number, weight: number): Font {
		const key = `${face} ${weight}`;
		const known = fonts.get(key);
		if (known) return known;
		const opened = faces[face];
		if (!opened) throw new RangeError(`There is no face ${face}.`);
		const font = new Font(opened);
		font.setVariations([new Variation('wght', weight)]);
		fonts.set(key, font);
		return font;
	}

	const faceOf = (character: string) => letters.findIndex((known) => known.has(character.codePointAt(0) ?? 0));

	/** Cuts a text into pieces that one face each can set; what no face has goes to the first. */
	function toRuns(text: string): { face: number; text: string }[] {
		const runs: { face: number; text: string }[] = [];
		for (const character of text) {
			const last = runs.at(-1);
			const isOfLast = last && letters[last.face]?.has(character.codePointAt(0) ?? 0);
			const face = isOfLast ? last.face : Math.max(0, faceOf(character));
			if (last?.face === face) last.text += character;
			else runs.push({ face, text: character });
		}
		return runs;
	}

	/** Puts the letters of a line beside each other. */
	function layOut(text: string, size: number, weight: number) {
		let width = 0;
		const glyphs: { key: string; font: Font; glyph: number; scale: number; x: number; y: number }[] = [];
		for (const run of toRuns(text)) {
			const scale = size / (faces[run.face]?.upem ?? 1000);
			const font = fontOf(run.face, weight);
			buffer.clearContents();
			buffer.addText(run.text);
			buffer.guessSegmentProperties();
			shape(font, buffer);
			const positions = buffer.getGlyphPositions();
			buffer.getGlyphInfos().forEach(({ codepoint: glyph }, i) => {
				const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[i] ?? {};
				const key = `${run.face} ${weight} ${size} ${glyph}`;
				glyphs.push({ key, font, glyph, scale, x: width + xOffset * scale, y: -yOffset * scale });
				width += xAdvance * scale;
			});
		}
		return { glyphs, width };
	}

	return {
		has: (text) => Array.from(text).every((character) => faceOf(character) >= 0),
		measure: (text, size, weight) => layOut(text, size, weight).width,
		set(text, size, weight) {
			const { glyphs, width } = layOut(text, size, weight);
			const letters = glyphs.map(({ key, font, glyph, scale, x, y }) => {
				const outline = outlines.getOrInsertComputed(key, () => toOutline(font.glyphToJson(glyph), scale));
				return { outline, x, y };
			});
			return { letters, width };
		},
	};
}
