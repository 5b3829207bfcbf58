import type { GeoContext } from 'd3-geo';

/** Collects what d3-geo draws as lines of whole numbers, and writes them as a short SVG path. */
export class Outline implements GeoContext {
	readonly lines: { points: [number, number][]; isClosed: boolean }[] = [];
	readonly #tolerance: number;

	/** @param tolerance points nearer than this to the one before are left out; in units of the drawing */
	constructor(tolerance: number) {
		this.#tolerance = tolerance;
	}

	moveTo(x: number, y: number): void {
		this.lines.push({ points: [[Math.round(x), Math.round(y)]], isClosed: false });
	}

	lineTo(x: number, y: number): void {
		const points = this.lines.at(-1)?.points;
		const last = points?.at(-1);
		if (!points || !last) return this.moveTo(x, y);
		const next: [number, number] = [Math.round(x), Math.round(y)];
		if (Math.hypot(next[0] - last[0], next[1] - last[1]) >= this.#tolerance) points.push(next);
	}

	closePath(): void {
		const line = this.lines.at(-1);
		if (line) line.isClosed = true;
	}

	beginPath(): void {
		this.lines.length = 0;
	}

	arc(): void {
		throw new TypeError('Maps draw no points by d3-geo.');
	}

	/** @param smallest closed lines around less than this area are left out; in square units of the drawing */
	toPath(smallest: number): string {
		return this.lines
			.filter(({ points, isClosed }) => (isClosed ? areaOf(points) >= smallest : points.length > 1))
			.map(({ points, isClosed }) => writeLine(points) + (isClosed ? 'z' : ''))
			.join('');
	}
}

/** Returns the area that a closed line encloses. */
export function areaOf(points: readonly (readonly [number, number])[]): number {
	let doubled = 0;
	points.forEach(([x, y], i) => {
		const [nextX, nextY] = points[(i + 1) % points.length] ?? [x, y];
		doubled += x * nextY - nextX * y;
	});
	return Math.abs(doubled) / 2;
}

function writeLine(points: readonly (readonly [number, number])[]): string {
	let [x, y] = points[0] ?? [0, 0];
	let path = `M${x}${y < 0 ? '' : ' '}${y}`;
	let separator = 'l';
	for (const [nextX, nextY] of points.slice(1)) {
		const [dx, dy] = [nextX - x, nextY - y];
		const first = separator === 'l' || dx < 0 ? String(dx) : ` ${dx}`;
		path += `${separator === 'l' ? 'l' : ''}${first}${dy < 0 ? '' : ' '}${dy}`;
		separator = ' ';
		[x, y] = [nextX, nextY];
	}
	return path;
}
