import { describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

import { reduceKernels } from '../../src/native/kernels/reduce.js';
import { always, describeNative, expectAgreement, floats, onEachSet, useNative } from './agreement.js';
import { side, SPECIALS } from './numbers.js';

const shapes = fc
  .array(fc.oneof(side(5), side(33), side(33)), { maxLength: 4 })
  .filter((shape) => tf.util.sizeFromShape(shape) <= 20_000);
const reductions = fc.record({
  shape: shapes,
  mask: fc.nat(15),
  keepDims: fc.boolean(),
  seed: fc.nat(1000),
  special: fc.boolean(),
});
const axesOf = (shape: number[], mask: number) => shape.map((_, d) => d).filter((d) => (mask >> d) % 2 === 1);

/** The stock cpu backend's mean of nothing is 0, its extrema no numbers. */
const takesSome = ({ shape, mask }: { shape: number[]; mask: number }) =>
  axesOf(shape, mask).every((d) => shape[d]! > 0) && (mask > 0 || !shape.includes(0));

const operations = { sum: 'Sum', mean: 'Mean', prod: 'Prod', max: 'Max', min: 'Min' } as const;
const places = { argMax: 'ArgMax', argMin: 'ArgMin' } as const;

describeNative('reductions on native', () => {
  for (const operation of Object.keys(operations) as (keyof typeof operations)[])
    it(`${operation} is that of the cpu backend over any axes`, () =>
      always(
        operation === 'sum' || operation === 'prod' ? reductions : reductions.filter(takesSome),
        ({ shape, mask, keepDims, seed, special }) =>
          expectAgreement(
            () => {
              // Near one, so that products of many stay finite.
              const x =
                operation === 'prod'
                  ? floats(shape, seed).div(40).add(1)
                  : floats(shape, seed, special ? SPECIALS : []);
              return tf[operation](x, axesOf(shape, mask), keepDims);
            },
            { ofLargest: 1e-5, mayBeStock: true },
          ),
      ));

  for (const operation of Object.keys(places) as (keyof typeof places)[])
    it(`${operation} is the first of equal ones, as on the cpu backend`, () =>
      always(
        fc.record({
          shape: shapes.filter(({ length }) => length > 0),
          axis: fc.nat(3),
          seed: fc.nat(99),
          special: fc.boolean(),
        }),
        ({ shape, axis, seed, special }) =>
          expectAgreement(() =>
            tf[operation](
              floats(shape, seed, special ? SPECIALS : [])
                .mul(4)
                .round(),
              axis % shape.length,
            ),
          ),
      ));

  it('give what changes no extremum as the extremum of nothing', async () => {
    await useNative();
    const extrema = tf.tidy(() =>
      [tf.max(tf.ones([3, 0]), 1), tf.min(tf.ones([0]))].flatMap((x) => [...x.dataSync()]),
    );
    expect(extrema).toEqual([-Infinity, -Infinity, -Infinity, Infinity]);
  });

  it('add up what single precision would lose', async () => {
    await useNative();
    await onEachSet(async () => {
      const total = tf.tidy(() => tf.sum(tf.fill([3, 1 << 20], 0.1)).dataSync()[0]!);
      expect(Math.abs(total / (3 * 2 ** 20 * Math.fround(0.1)) - 1)).toBeLessThan(1e-5);
    });
  });

  it('agree over long runs, and where threads share the work', () =>
    expectAgreement(
      () =>
        [[], [0], [1]].flatMap((axes) => [
          tf.sum(floats([37, 5003], 1), axes.length ? axes : undefined),
          tf.max(floats([5003, 37], 2), axes.length ? axes : undefined),
          tf.mean(floats([2, 40_009], 3), axes.length ? axes : undefined),
        ]),
      { ofLargest: 1e-5 },
    ));
});

describe('the test of reductions', () => {
  it('has every one of them', () =>
    expect([...Object.values(operations), ...Object.values(places)].sort()).toEqual(
      Object.keys(reduceKernels).sort(),
    ));
});
