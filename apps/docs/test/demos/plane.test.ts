import { numberStream } from '@ae/models/plain';
import { describe, expect, test } from '@jest/globals';

import { mix } from '../../src/demos/combining/mix.js';
import { neighboursOf } from '../../src/demos/embedding/neighbours.js';
import { extentOf } from '../../src/demos/plane/extent.js';
import { flattenCodes } from '../../src/demos/plane/flat-codes.js';
import { mediansOf } from '../../src/demos/plane/medians.js';
import { nearestPoint } from '../../src/demos/plane/nearest.js';
import { spreadOf } from '../../src/demos/combining/spread.js';

const corners = Float32Array.of(0, 0, 4, 0, 0, 2, 4, 2);

describe('the plane of codes', () => {
  test('shows a square around all points, with some room', () => {
    const { x, y, reach } = extentOf(corners);
    expect([x, y]).toEqual([2, 1]);
    expect(reach).toBeCloseTo(2.2);
  });

  test('leaves out the few points that lie far off', () => {
    const points = numberStream(1).normal(2000);
    points[0] = 1000;
    expect(extentOf(points).reach).toBeLessThan(4);
  });

  test('finds the nearest point within reach, and none beyond it', () => {
    expect(nearestPoint(corners, { x: 3.8, y: 1.9 }, 1)).toBe(3);
    expect(nearestPoint(corners, { x: 2, y: 1 }, 1)).toBeUndefined();
  });

  test('names each digit at the median of its points', () => {
    expect(mediansOf(corners, Uint8Array.of(7, 7, 7, 3))).toEqual([
      { digit: 3, x: 4, y: 2 },
      { digit: 7, x: 0, y: 0 },
    ]);
  });

  test('shows codes of two dimensions as they are, and others by their principal components', () => {
    expect(flattenCodes(corners, 2)).toMatchObject({ points: corners, explained: 1 });
    const line = Float32Array.from({ length: 30 }, (_, i) => Math.floor(i / 3) * [1, 2, 2][i % 3]!); // along (1, 2, 2)
    const { points, project, explained } = flattenCodes(line, 3);
    expect(explained).toBeCloseTo(1);
    expect(points[2]! - points[0]!).toBeCloseTo(3); // its length
    expect(Array.from(project(line.slice(0, 3)))).toEqual(Array.from(points.slice(0, 2)));
  });
});

describe('a place between points', () => {
  test('is the point that lies there', () => {
    const { indices, weights } = neighboursOf(corners, { x: 4, y: 2 }, 3);
    expect(indices[0]).toBe(3);
    expect(weights).toEqual([1, 0, 0]);
  });

  test('half-way is the mean of both', () => {
    const { indices, weights } = neighboursOf(corners, { x: 0, y: 1 }, 2);
    expect(indices).toEqual([0, 2]);
    expect(weights).toEqual([0.5, 0.5]);
    expect(Array.from(mix([Float32Array.of(1, 5), Float32Array.of(3, -5)], weights))).toEqual([2, 0]);
  });

  test('counts a neighbour at three times the distance a ninth', () => {
    const [near, far] = neighboursOf(corners, { x: 1, y: 0 }, 4).weights as [number, number];
    const { indices } = neighboursOf(corners, { x: 1, y: 0 }, 4);
    expect(indices[0]).toBe(0);
    expect(near / far).toBeCloseTo(5); // (0, 2) lies at √5
  });
});

test('sliders are sorted by how far the codes spread, and reach all of them', () => {
  const codes = [Float32Array.of(0, -9, 0.1), Float32Array.of(0, 9, 0.2), Float32Array.of(0, 0, 0.1)];
  const sliders = spreadOf(codes);
  expect(sliders.map(({ dimension }) => dimension)).toEqual([1, 2, 0]);
  expect(sliders[0]!.low).toBeLessThanOrEqual(-9);
  expect(sliders[2]).toEqual({ dimension: 0, low: -1.5, high: 1.5 });
});
