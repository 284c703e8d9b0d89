import { fromArray } from '@ae/data';
import { describe, expect, test } from '@jest/globals';

import { metrics } from '../src/index.js';
import type { Metric } from '../src/metric.js';

describe.each(Object.entries<Metric>(metrics))('the metric %s', (key, { name, better, refuses, measure }) => {
  test('has the name of its file', () => expect(name).toBe(key));

  test.each([[[9]], [[12, 2]], [[16, 16, 1]], [[16, 16, 3]]])(
    'of examples of shape %j is one number each, best of a copy; or it says why not',
    (shape) => {
      const refusal = refuses?.(shape);
      if (refusal !== undefined) return expect(refusal).toMatch(/^found .*, expected /);
      const size = shape.reduce((product, side) => product * side, 1);
      const values = Float32Array.from({ length: 2 * size }, (_, i) => (1 + Math.sin(i * i)) / 2);
      const spoilt = values.map((value, i) => (i < size ? value : 1 - value)); // the second example alone
      const [copied, other] = [...measure(fromArray(values, { shape }), spoilt)];
      expect([copied, other].every(Number.isFinite)).toBe(true);
      expect(better === 'lower' ? copied! < other! : copied! > other!).toBe(true);
    },
  );
});

test('mse leaves out what is missing', () => {
  const rows = fromArray(Float32Array.of(1, NaN, 3, NaN, NaN, NaN), { shape: [3], missing: 'keep' });
  expect([...metrics.mse.measure(rows, Float32Array.of(2, 9, 3, 1, 1, 1))]).toEqual([0.5, 0]);
});
