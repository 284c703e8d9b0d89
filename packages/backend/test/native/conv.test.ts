import { expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

import { always, describeNative, expectAgreement, floats, ints, kernel, onEachSet } from './agreement.js';
import { side, SPECIALS } from './numbers.js';

type Shape4 = [number, number, number, number];
type Pad = 'same' | 'valid' | number | [[0, 0], [number, number], [number, number], [0, 0]];

interface Layer {
  x: Shape4;
  filter: Shape4;
  out: Shape4;
  strides: [number, number];
  dilations: [number, number];
  pad: Pad;
  seed: number;
}

const upTo = (max: number, min = 1) => fc.integer({ min, max });
const channels = fc.oneof(upTo(5), upTo(5), fc.constantFrom(8, 15, 16, 17, 33));
const pads: fc.Arbitrary<Pad> = fc.oneof(
  fc.constantFrom<Pad>('same', 'valid', 'same', 'valid', 1, 2),
  fc
    .tuple(upTo(3, 0), upTo(3, 0), upTo(3, 0), upTo(3, 0))
    .map(([top, bottom, left, right]): Pad => [[0, 0], [top, bottom], [left, right], [0, 0]]), // prettier-ignore
);

/** Layers whose output has a size that is whole and not negative; dilated ones have a stride of 1. */
const layers = (mostDilation: number): fc.Arbitrary<Layer> =>
  fc
    .record({
      size: fc.tuple(upTo(2, 0), upTo(12), upTo(12)),
      filterSize: fc.tuple(upTo(4), upTo(4)),
      ...{ inputs: channels, outputs: channels },
      strides: fc.tuple(upTo(4), upTo(4)),
      dilations: fc.tuple(upTo(mostDilation), upTo(mostDilation)),
      ...{ pad: pads, seed: fc.nat(1000) },
    })
    .map(({ size: [batch, height, width], filterSize, inputs, outputs, strides, dilations, pad, seed }) => {
      const x: Shape4 = [batch, height, width, inputs];
      const filter: Shape4 = [...filterSize, inputs, outputs];
      const spread = dilations.some((d) => d > 1);
      const given = {
        x,
        filter,
        strides: spread ? ([1, 1] as [number, number]) : strides,
        dilations,
        pad,
        seed,
      };
      return { ...given, out: [...infoOf(given).outShape] as Shape4 };
    })
    .filter(({ out }) => out.every((length) => Number.isInteger(length) && length >= 0));

const infoOf = ({ x, filter, strides, dilations, pad }: Omit<Layer, 'out'>) =>
  tf.backend_util.computeConv2DInfo(x, filter, strides, dilations, pad as 'same', 'floor');
const attributes = ({ strides, dilations, pad }: Layer) =>
  ({ strides, dilations, pad, dataFormat: 'NHWC', dimRoundingMode: 'floor' }) as const;

const convolve = (given: Layer, x: tf.Tensor, filter: tf.Tensor) =>
  kernel('Conv2D', { x, filter }, attributes(given));
const inputOf = ({ x, seed }: Layer, specials?: number[]) => floats(x, seed, specials);
const filterOf = ({ filter, seed }: Layer, specials?: number[]) => floats(filter, seed + 1, specials);
const gradientOf = ({ out, seed }: Layer, specials?: number[]) => floats(out, seed + 2, specials);

/** The same layer with its padding as zeros of the image, which is what infinite weights meet at the border. */
function withBorder(given: Layer): { layer: Layer; addBorder: (x: tf.Tensor) => tf.Tensor } {
  const { top, bottom, left, right } = infoOf(given).padInfo;
  const [batch, height, width, inputs] = given.x;
  const x: Shape4 = [batch, height + top + bottom, width + left + right, inputs];
  const layer: Layer = { ...given, pad: 'valid', x };
  layer.out = infoOf(layer).outShape as Shape4;
  return { layer, addBorder: (image) => tf.pad(image, [[0, 0], [top, bottom], [left, right], [0, 0]]) }; // prettier-ignore
}

/** TensorFlow.js reads one number of padding as if filter and strides were square. */
const hasPlainBorder = (given: Layer) => String(withBorder(given).layer.out) === String(given.out);

function layerOf(
  batch: number,
  size: number,
  inputs: number,
  outputs: number,
  stride: number,
  pad: Pad,
): Layer {
  const strides: [number, number] = [stride, stride];
  const given = {
    x: [batch, size, size, inputs] as Shape4,
    filter: [4, 4, inputs, outputs] as Shape4,
    strides,
    pad,
  };
  const layer = { ...given, dilations: [1, 1] as [number, number], seed: 1 };
  return { ...layer, out: infoOf(layer).outShape as Shape4 };
}

/** The three inner products, exact as sums of whole numbers in double precision. */
function products(layer: Layer): number[] {
  return tf.tidy(() => {
    const whole = (shape: Shape4, seed: number) => tf.cast(ints(shape, seed, -2, 2), 'float32');
    const [x, filter, dy] = [whole(layer.x, 1), whole(layer.filter, 2), whole(layer.out, 3)];
    return [
      innerProduct(convolve(layer, x, filter), dy),
      innerProduct(
        kernel('Conv2DBackpropInput', { dy, filter }, { ...attributes(layer), inputShape: layer.x }),
        x,
      ),
      innerProduct(
        kernel('Conv2DBackpropFilter', { x, dy }, { ...attributes(layer), filterShape: layer.filter }),
        filter,
      ),
    ];
  });
}

function innerProduct(x: tf.Tensor, y: tf.Tensor): number {
  const [a, b] = [x.dataSync(), y.dataSync()];
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

describeNative('convolutions on native', () => {
  it('are those of the cpu backend for all strides, paddings and dilations', () =>
    always(layers(3), (given) => expectAgreement(() => convolve(given, inputOf(given), filterOf(given)))));

  it('have the input gradients of the cpu backend', () =>
    always(layers(1), (given) =>
      expectAgreement(() =>
        kernel(
          'Conv2DBackpropInput',
          { dy: gradientOf(given), filter: filterOf(given) },
          { ...attributes(given), inputShape: given.x },
        ),
      ),
    ));

  it('have the filter gradients of the cpu backend', () =>
    always(layers(1), (given) =>
      expectAgreement(() =>
        kernel(
          'Conv2DBackpropFilter',
          { x: inputOf(given), dy: gradientOf(given) },
          { ...attributes(given), filterShape: given.filter },
        ),
      ),
    ));

  it('carry infinities and what is no number in the image to where the cpu backend has them', () =>
    always(layers(3), (given) =>
      expectAgreement(() => convolve(given, inputOf(given, SPECIALS), filterOf(given))),
    ));

  it('treat the border as zeros, which infinite weights turn into what is no number', () =>
    always(layers(1).filter(hasPlainBorder), (given) => {
      const { layer, addBorder } = withBorder(given);
      return expectAgreement(
        () => convolve(given, inputOf(given), filterOf(given, SPECIALS)),
        {},
        () => convolve(layer, addBorder(inputOf(given)), filterOf(given, SPECIALS)),
      );
    }));

  it('carry infinities and what is no number into the gradient of an unpadded filter', () =>
    always(layers(1), (given) => {
      const { layer } = withBorder(given);
      return expectAgreement(() =>
        kernel(
          'Conv2DBackpropFilter',
          { x: inputOf(layer, SPECIALS), dy: gradientOf(layer, SPECIALS) },
          { ...attributes(layer), filterShape: layer.filter },
        ),
      );
    }));

  it('add a bias and apply an activation as the cpu backend does', () =>
    always(
      fc.record({
        given: layers(2),
        activation: fc.constantFrom('linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'),
        biased: fc.boolean(),
      }),
      ({ given, activation, biased }) =>
        expectAgreement(
          () =>
            kernel(
              'FusedConv2D',
              {
                ...{ x: inputOf(given), filter: filterOf(given) },
                ...(biased && { bias: floats([given.out[3]], 5) }),
                ...(activation === 'prelu' && { preluActivationWeights: floats([given.out[3]], 6) }),
              } as Record<string, tf.Tensor>,
              { ...attributes(given), activation, leakyreluAlpha: 0.3 },
            ),
          { mayBeStock: activation === 'prelu' },
        ),
    ));

  // <conv(x, filter), dy> = <x, its gradient by x> = <filter, its gradient by the filter>, and small whole numbers add
  // up exactly: three kernels checked by each other at sizes that are too slow for the cpu backend.
  it('are adjoint to their gradients over many images, where threads share the work', () =>
    onEachSet(async () => {
      for (const [size, inputs, outputs, stride, pad] of [
        [28, 1, 16, 1, 'same'],
        [28, 3, 32, 2, 'same'],
        [25, 32, 64, 1, 'valid'],
        [
          13,
          33,
          20,
          2,
          [
            [0, 0],
            [2, 0],
            [0, 3],
            [0, 0],
          ],
        ],
      ] as [number, number, number, number, Pad][])
        // prettier-ignore
        for (const batch of [1, 9]) expect(new Set(products(layerOf(batch, size, inputs, outputs, stride, pad))).size).toBe(1);
    }));

  it('are transposed at every stride and odd size, with their gradients', () =>
    always(
      fc.record({
        ...{ batch: upTo(3), height: upTo(9), width: upTo(9), inputs: side(17, 1), outputs: side(17, 1) },
        ...{ size: upTo(4), stride: upTo(3), pad: fc.constantFrom('same', 'valid'), extra: upTo(2, 0) },
      }),
      async ({ batch, height, width, inputs, outputs, size, stride, pad, extra }) => {
        const grown = (length: number) =>
          pad === 'same'
            ? length * stride - (extra % stride)
            : (length - 1) * stride + size + (extra % stride);
        const shape = [batch, grown(height), grown(width), outputs] as Shape4;
        const up = (x: tf.Tensor, filter: tf.Tensor) =>
          tf.conv2dTranspose(x as tf.Tensor4D, filter as tf.Tensor4D, shape, stride, pad as 'same');
        const operands = () => [
          floats([batch, height, width, inputs], 1),
          floats([size, size, outputs, inputs], 2),
        ];
        await expectAgreement(() => {
          const [x, filter] = operands() as [tf.Tensor, tf.Tensor];
          return up(x, filter);
        });
        await expectAgreement(() => tf.grads((x, filter) => up(x!, filter!).square())(operands()));
      },
      30,
    ));
});
