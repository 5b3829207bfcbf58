export type Point = readonly [x: number, y: number];

/** A shape within closed lines of straight pieces. As in all drawings, y counts downwards. */
export type Outline = readonly (readonly Point[])[];

/** Into so many straight pieces a curve is cut: at the largest size of letters they keep within a tenth of a pixel of it. */
const pieces = 8;

/** Returns the outline of a letter. @param steps in the units of a font, which counts upwards */
export function toOutline(steps: readonly { type: string; values: number[] }[], scale: number): Outline {
	const contours: Point[][] = [];
	for (const { type, values } of steps) {
		const points = values.flatMap((x, i): Point[] => (i % 2 === 0 ? [[x * scale, -(values[i + 1] ?? 0) * scale]] : []));
		const contour = contours.at(-1);
		if (type === 'M' || !contour) contours.push(points);
		else if (type === 'L') contour.push(...points);
		else if (type !== 'Z') {
			const curve = [...contour.slice(-1), ...points];
			for (let piece = 1; piece <= pieces; piece++) contour.push(...pointsAt(piece / pieces, curve));
		}
	}
	return contours;
}

/** Returns the point that is a part of the way along a Bézier curve, by de Casteljau's algorithm. */
function pointsAt(part: number, curve: readonly Point[]): readonly Point[] {
	if (curve.length < 2) return curve;
	const between = (a: number, b: number) => a + (b - a) * part;
	return pointsAt(
		part,
		curve.slice(1).map(([x, y], i) => [between(curve[i]?.[0] ?? x, x), between(curve[i]?.[1] ?? y, y)]),
	);
}

/** Returns an outline as an SVG path. */
export function toPath(outline: Outline, left: number, baseline: number): string {
	const inHundredths = (value: number) => Math.round(value * 100) / 100;
	const pointsOf = (contour: Outline[number]) =>
		contour.map(([x, y]) => `${inHundredths(left + x)} ${inHundredths(baseline + y)}`);
	return outline.map((contour) => `M${pointsOf(contour).join(' ')}z`).join('');
}
