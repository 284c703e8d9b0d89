import { it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

import { always, describeNative, expectAgreement, floats, kernel } from './agreement.js';
import { SPECIALS } from './numbers.js';

type Shape4 = [number, number, number, number];
type Pad = 'same' | 'valid' | number;

interface Window {
  x: Shape4;
  out: Shape4;
  filterSize: [number, number];
  strides: [number, number];
  pad: Pad;
  seed: number;
}

const upTo = (max: number, min = 1) => fc.integer({ min, max });
const windows: fc.Arbitrary<Window> = fc
  .record({
    size: fc.tuple(upTo(3, 0), upTo(15), upTo(15)),
    channels: fc.oneof(upTo(9), fc.constantFrom(15, 16, 17, 32, 33)),
    filterSize: fc.tuple(upTo(4), upTo(4)),
    strides: fc.tuple(upTo(4), upTo(4)),
    pad: fc.constantFrom<Pad>('same', 'valid', 1),
    seed: fc.nat(1000),
  })
  .map(({ size, channels, filterSize, strides, pad, seed }) => {
    const given = { x: [...size, channels] as Shape4, filterSize, strides, pad, seed };
    return { ...given, out: outShape(given) };
  })
  .filter(({ out }) => out.every((length) => Number.isInteger(length) && length >= 0));

const outShape = ({ x, filterSize, strides, pad }: Omit<Window, 'out'>) =>
  tf.backend_util.computePool2DInfo(x, filterSize, strides, 1, pad, 'floor').outShape as Shape4;
const attributes = ({ filterSize, strides, pad }: Window) => ({
  filterSize,
  strides,
  pad,
  dimRoundingMode: 'floor',
});

describeNative('pooling on native', () => {
  for (const name of ['MaxPool', 'AvgPool']) {
    it(`${name} is that of the cpu backend`, () =>
      always(windows, (given) =>
        expectAgreement(() => kernel(name, { x: floats(given.x, given.seed) }, attributes(given))),
      ));

    it(`${name} carries infinities and what is no number to where the cpu backend has them`, () =>
      always(windows, (given) =>
        expectAgreement(() => kernel(name, { x: floats(given.x, given.seed, SPECIALS) }, attributes(given))),
      ));
  }

  it('MaxPoolGrad goes to the same one of equal pixels as on the cpu backend', () =>
    always(windows, (given) =>
      expectAgreement(() => {
        const input = tf.round(floats(given.x, given.seed)); // few different values
        const output = kernel('MaxPool', { x: input }, attributes(given));
        return kernel(
          'MaxPoolGrad',
          { dy: floats(given.out, given.seed + 1), input, output },
          attributes(given),
        );
      }),
    ));

  it('AvgPoolGrad is that of the cpu backend', () =>
    always(windows, (given) =>
      expectAgreement(() =>
        kernel(
          'AvgPoolGrad',
          { dy: floats(given.out, given.seed), input: floats(given.x, given.seed + 1) },
          attributes(given),
        ),
      ),
    ));

  it('agrees over many images, where threads share the work', async () => {
    const given: Window = {
      x: [40, 28, 28, 16],
      filterSize: [2, 2],
      strides: [2, 2],
      pad: 'valid',
      seed: 1,
      out: [40, 14, 14, 16],
    };
    const x = () => floats(given.x, 1);
    for (const name of ['MaxPool', 'AvgPool']) {
      await expectAgreement(() => kernel(name, { x: x() }, attributes(given)));
      await expectAgreement(() =>
        kernel(
          `${name}Grad`,
          {
            dy: floats(given.out, 2),
            input: x(),
            ...(name === 'MaxPool' && { output: kernel(name, { x: x() }, attributes(given)) }),
          } as Record<string, tf.Tensor>,
          attributes(given),
        ),
      );
    }
  });
});
