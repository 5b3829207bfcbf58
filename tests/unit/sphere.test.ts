import { geoDistance } from 'd3-geo';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distanceBetween } from '../../src/maps/sphere.ts';

const degrees = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });
const place = fc.tuple(degrees(180), degrees(90));

test('places are as far from each other as d3-geo finds', () => {
	fc.assert(
		fc.property(place, place, (a, b) => {
			expect(distanceBetween(a, b)).toBeCloseTo(geoDistance(a, b), 6);
		}),
	);
});
