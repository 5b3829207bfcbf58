import type { Outline, Point } from './outline.ts';

/** How much of each pixel in a rectangle a shape covers. */
interface Coverage {
	left: number;
	top: number;
	width: number;
	/** Row by row: 0 is nothing of a pixel, 255 is all of it. */
	shares: Uint8ClampedArray;
}

/** The origin of a shape stands at one of so many positions across a pixel: what it covers is found out once for each. */
export const positionsInPixel = 4;

const known = new WeakMap<Outline, Coverage[]>();

/** Returns what an outline covers, with its origin at a position. What lies within several contours is covered once. */
export function coverageOf(outline: Outline, position: number): Coverage {
	const coverages = known.getOrInsertComputed(outline, () => []);
	return (coverages[position] ??= cover(outline, position / positionsInPixel));
}

function cover(outline: Outline, offset: number): Coverage {
	const xs = outline.flat().map(([x]) => x + offset);
	const ys = outline.flat().map(([, y]) => y);
	// A blank has no points but its origin. What crosses a pixel changes the next one too.
	const [left, top] = [Math.floor(Math.min(0, ...xs)), Math.floor(Math.min(0, ...ys))];
	const width = Math.ceil(Math.max(0, ...xs)) - left + 1;
	const height = Math.ceil(Math.max(0, ...ys)) - top;
	const lines = Array.from({ length: height * linesInPixel }, (): Crossing[] => []);
	for (const contour of outline) {
		const points = contour.map(([x, y]): Point => [x + offset - left, (y - top) * linesInPixel]);
		points.forEach((point, i) => cross(lines, points.at(i - 1) ?? point, point));
	}
	return { left, top, width, shares: addUp(lines, width, height) };
}

/** Of each row of pixels so many lines are looked at. */
const linesInPixel = 16;

/** Where an edge crosses a line, and whether it goes down, 1, or up, -1. */
type Crossing = readonly [x: number, direction: number];

/** Adds an edge to the lines that it crosses in their middle. */
function cross(lines: readonly Crossing[][], [fromX, fromY]: Point, [toX, toY]: Point): void {
	const direction = fromY < toY ? 1 : -1;
	const end = Math.max(fromY, toY) - 0.5;
	for (let line = Math.ceil(Math.min(fromY, toY) - 0.5); line < end; line++) {
		const part = (line + 0.5 - fromY) / (toY - fromY);
		lines[line]?.push([fromX + (toX - fromX) * part, direction]);
	}
}

/** A shape begins where edges to the left no longer cancel each other, and ends where they do again. */
function addUp(lines: readonly Crossing[][], width: number, height: number): Uint8ClampedArray {
	const changes = new Float64Array(width * height);
	for (const [line, crossings] of lines.entries()) {
		let winding = 0;
		for (const [x, direction] of crossings.sort(([a], [b]) => a - b)) {
			const change = (Number(winding + direction !== 0) - Number(winding !== 0)) / linesInPixel;
			winding += direction;
			const cell = Math.floor(line / linesInPixel) * width + Math.floor(x);
			changes[cell] = (changes[cell] ?? 0) + change * (1 - (x % 1));
			changes[cell + 1] = (changes[cell + 1] ?? 0) + change * (x % 1);
		}
	}
	let covered = 0;
	return new Uint8ClampedArray(changes.map((change) => (covered += change) * 255));
}
