import { promisify } from 'node:util';
import { constants, crc32, deflate } from 'node:zlib';
import { palette, type Sheet } from '../cards/sheet.ts';

/** Returns a sheet as a PNG. Looking for equal pixels further away than the last would take longer and save little. */
export async function toPng({ width, height, rows }: Sheet): Promise<Uint8Array> {
	const header = new DataView(new ArrayBuffer(13));
	header.setUint32(0, width);
	header.setUint32(4, height);
	header.setUint8(8, 8); // bits of a pixel
	header.setUint8(9, 3); // which are a place in the palette
	return Buffer.concat([
		Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		toChunk('IHDR', new Uint8Array(header.buffer)),
		toChunk('PLTE', Uint8Array.from(palette.flat())),
		toChunk('IDAT', await promisify(deflate)(rows, { strategy: constants.Z_RLE })),
		toChunk('IEND', new Uint8Array()),
	]);
}

function toChunk(name: string, content: Uint8Array): Uint8Array {
	const chunk = Buffer.alloc(content.length + 12);
	chunk.writeUInt32BE(content.length, 0);
	chunk.write(name, 4, 'latin1');
	chunk.set(content, 8);
	chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), content.length + 8);
	return chunk;
}
