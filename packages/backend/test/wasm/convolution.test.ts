import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { always, expectAgreement, usePatchedWasm, values } from '../agreement.js';

beforeAll(usePatchedWasm);
afterEach(() => expect(tf.memory().numTensors).toBe(0));

type Shape4D = [number, number, number, number];
const upTo = (max: number, min = 1) => fc.integer({ min, max });
const padding = fc.oneof(
  fc.constantFrom<'same' | 'valid'>('same', 'valid'),
  fc.tuple(upTo(3, 0), upTo(3, 0), upTo(3, 0), upTo(3, 0)),
);
const layer = fc
  .record({
    ...{ batch: upTo(3, 0), height: upTo(9), width: upTo(9), inputs: upTo(6), outputs: upTo(9) },
    ...{ filterHeight: upTo(5), filterWidth: upTo(5), strides: fc.tuple(upTo(3), upTo(3)), padding },
  })
  .map(({ batch, height, width, inputs, outputs, filterHeight, filterWidth, strides, padding }) => {
    const [top, bottom, left, right] = typeof padding === 'string' ? [0, 0, 0, 0] : padding;
    const pad: 'same' | 'valid' | tf.backend_util.ExplicitPadding =
      typeof padding === 'string' ? padding : [[0, 0], [top, bottom], [left, right], [0, 0]]; // prettier-ignore
    const rows = height + (pad === 'same' ? filterHeight : top + bottom);
    const columns = width + (pad === 'same' ? filterWidth : left + right);
    const x: Shape4D = [batch, height, width, inputs];
    return {
      x,
      filter: [Math.min(filterHeight, rows), Math.min(filterWidth, columns), inputs, outputs] as Shape4D,
      strides,
      pad,
    };
  });

const attributes = ({ strides, pad }: { strides: [number, number]; pad: unknown }) =>
  ({ strides, pad, dataFormat: 'NHWC' }) as unknown as tf.NamedAttrMap;
const outShape = ({
  x,
  filter,
  strides,
  pad,
}: {
  x: Shape4D;
  filter: Shape4D;
  strides: [number, number];
  pad: Parameters<typeof tf.backend_util.computeConv2DInfo>[4];
}) => tf.backend_util.computeConv2DInfo(x, filter, strides, 1, pad).outShape;

describe('convolutions on wasm', () => {
  it('have the filter gradients of the cpu backend', () =>
    always(layer, (given) =>
      expectAgreement(() =>
        tf
          .engine()
          .runKernel(
            'Conv2DBackpropFilter',
            { x: values(given.x, 1), dy: values(outShape(given), 2) },
            { ...attributes(given), filterShape: given.filter },
          ),
      ),
    ));

  it('have the input gradients of the cpu backend', () =>
    always(layer, (given) =>
      expectAgreement(() =>
        tf
          .engine()
          .runKernel(
            'Conv2DBackpropInput',
            { dy: values(outShape(given), 1), filter: values(given.filter, 2) },
            { ...attributes(given), inputShape: given.x },
          ),
      ),
    ));

  it('agree with the cpu backend across blocks of windows', async () => {
    const x = () => values([20, 28, 28, 3], 1) as tf.Tensor4D;
    const filter = () => values([3, 3, 3, 5], 2) as tf.Tensor4D;
    await expectAgreement(() => tf.conv2d(x(), filter(), 1, 'same'));
    await expectAgreement(() =>
      tf.grad((f) => tf.sum(tf.square(tf.conv2d(x(), f as tf.Tensor4D, 1, 'same'))))(filter()),
    );
    await expectAgreement(() =>
      tf.grad((i) => tf.sum(tf.square(tf.conv2d(i as tf.Tensor4D, filter(), 1, 'same'))))(x()),
    );
  });

  it('have a transposed convolution with its gradients, at strides 1 and 2 and odd sizes', async () => {
    for (const [stride, pad, size] of [
      [1, 'valid', 9],
      [2, 'valid', 15],
      [2, 'same', 13],
    ] as const) {
      const up = (x: tf.Tensor, filter: tf.Tensor) =>
        tf.conv2dTranspose(x as tf.Tensor4D, filter as tf.Tensor4D, [2, size, size, 4], stride, pad);
      const inputs = () => [values([2, 7, 7, 5], 1), values([3, 3, 4, 5], 2)] as const;
      await expectAgreement(() => up(...inputs()));
      for (const which of [0, 1])
        await expectAgreement(
          () => tf.grads((x, filter) => tf.sum(tf.square(up(x!, filter!))))([...inputs()])[which]!,
        );
    }
  });

  it('read only the part of a larger gradient that belongs to an output', () =>
    expectAgreement(() =>
      tf.conv2dTranspose(
        values([1, 8, 8, 2], 1) as tf.Tensor4D,
        values([3, 3, 3, 2], 2) as tf.Tensor4D,
        [1, 4, 4, 3],
        1,
        'same',
      ),
    ));

  it('refuse a layout with the channels first', async () => {
    await tf.setBackend('wasm');
    expect(() =>
      tf.tidy(() =>
        tf
          .engine()
          .runKernel(
            'Conv2DBackpropFilter',
            { x: values([1, 1, 4, 4], 1), dy: values([1, 1, 3, 3], 2) },
            { strides: 1, pad: 'valid', dataFormat: 'NCHW', filterShape: [2, 2, 1, 1] },
          ),
      ),
    ).toThrow('Cannot convolve on the wasm backend: found data format "NCHW", expected NHWC');
  });
});
