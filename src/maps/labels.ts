/** A rectangle in units of the drawing. */
export interface Box {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

type LabelRole = 'place' | 'area' | 'country';

/** A name on the map. */
export interface Label {
	text: string;
	role: LabelRole;
	/** Where the text begins, has its middle or ends, as `anchor` says. */
	x: number;
	/** Of the baseline. */
	y: number;
	anchor: 'start' | 'middle' | 'end';
	/** The room that the text takes in the widest of usual fonts. */
	box: Box;
}

/** The name of something, and where it may stand, best places first. */
export interface Candidate {
	text: string;
	role: LabelRole;
	/** True where the map must not be drawn without the name. */
	isRequired: boolean;
	positions: readonly Pick<Label, 'x' | 'y' | 'anchor'>[];
}

/** The height of a line in sizes of its type: from above the capitals to below the descenders. */
const ascent = 0.8;
const descent = 0.28;

/** Returns how wide a text is at most, in units of its size: as DejaVu Sans sets it, the widest of usual system fonts. */
function widthOf(text: string): number {
	let width = 0;
	for (const character of text) {
		if (/[ilj.,'’|!:;ıí]/.test(character)) width += 0.36;
		else if (/[frt ()-]/.test(character)) width += 0.43;
		else if (/[mwMW@—шщжюыШЩЖЮЫ]/.test(character)) width += 1.04;
		else if (/\p{Lu}/u.test(character)) width += 0.78;
		else if (/[\u2e80-\uffff]/.test(character)) width += 1;
		else width += 0.66;
	}
	return width;
}

/** Returns the room that a text takes. @param size of its type */
export function boxOf(text: string, size: number, { x, y, anchor }: Pick<Label, 'x' | 'y' | 'anchor'>): Box {
	const width = widthOf(text) * size;
	const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
	return { left, right: left + width, top: y - ascent * size, bottom: y + descent * size };
}

/** Returns the square around a point. */
export function boxAround({ x, y }: { x: number; y: number }, radius: number): Box {
	return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

/** Tells whether a point lies in a box. */
export function holds({ left, right, top, bottom }: Box, { x, y }: { x: number; y: number }): boolean {
	return x > left && x < right && y > top && y < bottom;
}

/** Tells whether two boxes share any room. */
export function overlap(a: Box, b: Box): boolean {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Returns the positions of a label around a pin, nearest and best to read first. */
export function around(x: number, y: number, size: number, radius: number): Candidate['positions'] {
	const middle = y + (ascent - descent) * 0.5 * size;
	return [radius + 3, radius + size * 0.7, radius + size * 1.6].flatMap((gap) => {
		const slant = gap * 0.7;
		const above = y - gap - descent * size;
		const below = y + gap + ascent * size;
		return [
			{ x: x + gap, y: middle, anchor: 'start' as const },
			{ x: x - gap, y: middle, anchor: 'end' as const },
			{ x: x + slant, y: y - slant, anchor: 'start' as const },
			{ x: x + slant, y: y + slant + ascent * size * 0.8, anchor: 'start' as const },
			{ x: x - slant, y: y - slant, anchor: 'end' as const },
			{ x: x - slant, y: y + slant + ascent * size * 0.8, anchor: 'end' as const },
			{ x, y: above, anchor: 'middle' as const },
			{ x, y: below, anchor: 'middle' as const },
		].map((position) => ({ ...position, x: Math.round(position.x), y: Math.round(position.y) }));
	});
}

/**
 * Places names so that none touches another, an obstacle or the frame. Those that are required come first; where one finds
 * no room it goes to the head of the line, and all begin again.
 * @param crossed boxes that a name should keep off if it can
 * @param isLenient true leaves out a required name that finds no room
 * @throws RangeError where a required name finds no room
 */
export function placeLabels(
	candidates: readonly Candidate[],
	size: number,
	frame: Box,
	obstacles: readonly Box[],
	crossed: readonly Box[],
	isLenient = false,
): Label[] {
	const leftOut = new Set<Candidate>();
	let order = [...candidates].sort((a, b) => Number(b.isRequired) - Number(a.isRequired));
	const failures = new Set<Candidate>();
	for (;;) {
		const labels: Label[] = [];
		const failed = order.find((candidate) => {
			const label = place(candidate, size, frame, [...obstacles, ...labels.map(({ box }) => box)], crossed);
			if (label) labels.push(label);
			return !label && candidate.isRequired && !leftOut.has(candidate);
		});
		if (!failed) return labels;
		if (failures.has(failed) && isLenient) leftOut.add(failed);
		else if (failures.has(failed))
			throw new RangeError(`has no room for the name “${failed.text}”. Name fewer places, or places farther apart`);
		failures.add(failed);
		order = [failed, ...order.filter((candidate) => candidate !== failed)];
	}
}

function place(
	{ text, role, positions }: Candidate,
	size: number,
	frame: Box,
	obstacles: readonly Box[],
	crossed: readonly Box[],
): Label | undefined {
	// The name of a country stands apart from everything else; that of a place stands close to its pin.
	const margin = role === 'country' ? size * 0.4 : 0;
	const taken = obstacles.map((box) => widen(box, margin));
	const free = positions
		.map((position): Label => ({ text, role, ...position, box: boxOf(text, size, position) }))
		.filter(({ box }) => isInside(box, frame) && !taken.some((obstacle) => overlap(box, obstacle)));
	return free.find(({ box }) => !crossed.some((other) => overlap(box, other))) ?? free[0];
}

function widen({ left, right, top, bottom }: Box, margin: number): Box {
	return { left: left - margin, right: right + margin, top: top - margin, bottom: bottom + margin };
}

function isInside(box: Box, frame: Box): boolean {
	return box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
}
