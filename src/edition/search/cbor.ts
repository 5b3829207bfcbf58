/** Kinds of items in CBOR (RFC 8949), as the highest bits of their first byte tell them: those that Pagefind writes. */
export const kinds = { number: 0, negative: 1, text: 3, list: 4 } as const;
type Kind = (typeof kinds)[keyof typeof kinds];

/** Reads CBOR item by item. */
export class CborReader {
	readonly bytes: Buffer;
	/** Where the next item begins. */
	at = 0;

	constructor(bytes: Buffer) {
		this.bytes = bytes;
	}

	/**
	 * Reads the head of an item.
	 * @returns the number, the bytes of the text or the items of the list
	 * @throws Error where the item is of another kind
	 */
	read(kind: Kind): number {
		const first = this.bytes.readUInt8(this.at);
		if (first >> 5 !== kind) throw new Error(`an item at ${this.at} is of kind ${first >> 5}, not ${kind}`);
		return this.#readValue();
	}

	readText(): Buffer {
		const length = this.read(kinds.text);
		this.at += length;
		return this.bytes.subarray(this.at - length, this.at);
	}

	/** Passes over items with all that they hold. */
	skip(items = 1): void {
		for (let left = items; left > 0; left--) {
			const kind = this.bytes.readUInt8(this.at) >> 5;
			const value = this.#readValue();
			if (kind === kinds.list) left += value;
			else if (kind === kinds.text) this.at += value;
			else if (kind !== kinds.number && kind !== kinds.negative) throw new Error(`items of kind ${kind} are unknown`);
		}
	}

	#readValue(): number {
		const value = this.bytes.readUInt8(this.at) & 31;
		const { at } = this;
		this.at += 1;
		if (value < 24) return value;
		if (value > 26) throw new Error(`an item at ${at} has no plain length`);
		const size = 1 << (value - 24);
		this.at += size;
		return this.bytes.readUIntBE(at + 1, size);
	}
}

/** Returns the head of an item. */
export function headOf(kind: Kind, value: number): Buffer {
	if (value < 24) return Buffer.from([(kind << 5) | value]);
	const size = value < 0x100 ? 1 : value < 0x10000 ? 2 : 4;
	const head = Buffer.alloc(size + 1, (kind << 5) | (24 + Math.log2(size)));
	head.writeUIntBE(value, 1, size);
	return head;
}

/** Returns a text as an item. */
export function toText(text: Uint8Array): Buffer {
	return Buffer.concat([headOf(kinds.text, text.length), text]);
}
