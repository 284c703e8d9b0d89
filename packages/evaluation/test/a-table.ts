import { fromArray, type Examples } from '@ae/data';

import { normals } from './normals.js';

/** Rows of four columns on a curved sheet, with units of their own; those that do not belong leave it. */
export function aTable(count: number, seed: number, { away = 0 } = {}): Examples {
  const noise = normals(count * 3, seed);
  const rows = Array.from({ length: count }, (_, i) => {
    const [a, b, c] = noise.subarray(3 * i);
    return [100 * a!, b! - 7, a! * b! + 0.1 * c! + away, 0.01 * (a! + b!)];
  });
  return fromArray(rows, { shape: [4] });
}

export function joined(a: Examples, b: Examples): Examples {
  const values = new Float32Array(a.values.length + b.values.length);
  values.set(a.values);
  values.set(b.values, a.values.length);
  return { values, shape: a.shape, count: a.count + b.count };
}
