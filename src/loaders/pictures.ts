import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { ContentFolder } from './files.ts';

/** Formats by the endings that a picture's name may have, as sharp names them. */
const formats: Readonly<Record<string, string>> = { jpg: 'jpeg', jpeg: 'jpeg', png: 'png', webp: 'webp', avif: 'heif' };

/** No camera's picture is wider or higher, in pixels; to decode more takes too long, and too much room. */
const maxSide = 12_000;

/** Decodes a picture and returns what is wrong with it: a sentence without its stop; nothing where it is sound. */
export function faultOfPicture(folder: ContentFolder, path: string): Promise<string | undefined> {
	return faultOfPictureNamed(path, join(folder.path, path));
}

/** Does the same with a picture that is to have another name. @param picture its bytes, or the path of its file */
export async function faultOfPictureNamed(name: string, picture: string | Uint8Array): Promise<string | undefined> {
	const advice = 'Export it again as JPEG, PNG, WebP or AVIF';
	try {
		const decoder = sharp(picture, { sequentialRead: true });
		const { format, width, height } = await decoder.metadata();
		if (format !== formats[name.slice(name.lastIndexOf('.') + 1).toLowerCase()])
			return `is a picture of the format ${format}, which its name does not say. ${advice}, under a name with the right ending`;
		const fault = faultOfSize(width, height);
		if (fault !== undefined) return fault;
		await decoder.resize(8).raw().toBuffer();
		return undefined;
	} catch (error) {
		const reason = error instanceof Error ? error.message.replace(/\s+/g, ' ').trim() : String(error);
		return `cannot be read as a picture (${reason}). ${advice}`;
	}
}

/** Returns what is wrong with the size of a picture, in pixels: a sentence without its stop; nothing where it can be decoded. */
export function faultOfSize(width: number, height: number): string | undefined {
	if (Math.max(width, height) <= maxSide) return undefined;
	return `is ${width} pixels wide and ${height} high, of which ${maxSide} are allowed each way. Export it smaller`;
}

/** Returns something that changes when the file does. */
export async function stampOf(folder: ContentFolder, path: string): Promise<string> {
	// The last change of the entry shows also where a picture was replaced by one of the same size and time.
	const { size, mtimeMs, ctimeMs } = await stat(join(folder.path, path));
	return `${path} ${size} ${mtimeMs} ${ctimeMs}`;
}
