import { describe, expect, test } from '@jest/globals';

import type { LayerDescription, ModelDescription } from '../../src/model-description.js';
import { plainModel, type TensorData } from '../../src/plain.js';

const tensors: Record<string, TensorData> = {
  down: { shape: [4, 2], data: Float32Array.from({ length: 8 }, (_, i) => i) },
  up: { shape: [2, 4], data: new Float32Array(8).fill(1) },
  bias: { shape: [2], data: new Float32Array(2) },
  nothing: { shape: [4, 0], data: new Float32Array() },
  spoilt: { shape: [4, 2], data: Float32Array.of(0, 0, 0, NaN, 0, 0, 0, 0) },
};
const dense = (kernel: string): LayerDescription => ({ kind: 'Dense', kernel, activation: 'linear' });
const toMap = { kind: 'Reshape', targetShape: [2, 2, 1] };
const description: ModelDescription = {
  shape: [4],
  latentDim: 2,
  networks: { encoder: [dense('down')], decoder: [dense('up')] },
};
const withEncoder = (...encoder: LayerDescription[]) =>
  plainModel({ tensors, description: { ...description, networks: { encoder, decoder: [dense('up')] } } });

describe('plainModel()', () => {
  test('runs what is described well, of any number of examples', () => {
    const { encode, decode } = plainModel({ tensors, description });
    expect([...encode(Float32Array.of(1, 0, 0, 0, 0, 0, 0, 1))]).toEqual([0, 1, 6, 7]);
    expect([...decode(Float32Array.of(1, 2))]).toEqual([3, 3, 3, 3]);
    expect(encode(new Float32Array())).toHaveLength(0);
  });

  test.each([
    [
      'an unknown kind',
      [{ kind: 'LSTM' }],
      'found the kind "LSTM" in layer 1 of the encoder (LSTM), expected one of Activation',
    ],
    ['a kind as every object has one', [{ kind: 'constructor' }], 'found the kind "constructor"'],
    [
      'a weight that lacks',
      [dense('gone')],
      'found kernel "gone" in layer 1 of the encoder (Dense), expected the name of one of the tensors',
    ],
    ['a weight by the name of what every object has', [dense('toString')], 'found kernel "toString"'],
    ['a weight of other sides', [dense('bias')], 'found the tensor "bias" of shape [2] as kernel'],
    ['a weight that is not finite', [dense('spoilt')], 'found NaN at element 3 of "spoilt"'],
    [
      'a bias of another length',
      [{ ...dense('down'), bias: 'down' }],
      'found the tensor "down" of shape [4,2] as bias',
    ],
    ['an unknown activation', [{ ...dense('down'), activation: 'gelu' }], 'found activation "gelu"'],
    [
      'layers that do not follow one another',
      [dense('down'), dense('down')],
      'found a kernel of shape [4,2] behind values of shape [2] in layer 2',
    ],
    ['values of no side', [dense('nothing')], 'found values of shape [0]'],
    [
      'a code of another size',
      [dense('down'), dense('up')],
      'found an encoder that gives 4 values, expected 2',
    ],
    [
      'another number of values',
      [{ kind: 'Reshape', targetShape: [3] }],
      'found targetShape [3] in layer 1 of the encoder (Reshape), expected the sides of 4 values',
    ],
    [
      'more values than a memory holds',
      [toMap, { kind: 'UpSampling2D', size: [1e6, 1e6] }],
      'found values of shape [2000000,2000000,1]',
    ],
    ['sides that are no numbers', [{ kind: 'Reshape', targetShape: 'x' }], 'found targetShape "x"'],
    [
      'a negative edge',
      [
        toMap,
        {
          kind: 'ZeroPadding2D',
          padding: [
            [-1, 0],
            [0, 0],
          ],
        },
      ],
      'expected two pairs of whole numbers from 0',
    ],
    [
      'a map that is cropped away',
      [
        toMap,
        {
          kind: 'Cropping2D',
          cropping: [
            [1, 1],
            [0, 0],
          ],
        },
      ],
      'found values of shape [0,2,1]',
    ],
    [
      'a stride of 0',
      [toMap, { kind: 'MaxPooling2D', poolSize: [2, 2], strides: [0, 1] }],
      'found strides [0,1]',
    ],
    [
      'a map where there is none',
      [{ kind: 'UpSampling2D', size: [2, 2] }],
      'found values of shape [4] in layer 1',
    ],
  ])('refuses %s', (_, layers, message) => {
    expect(() => withEncoder(...layers)).toThrow(RangeError);
    expect(() => withEncoder(...layers)).toThrow(message);
  });

  test('says why a model takes TensorFlow.js', () => {
    const recurrent = {
      ...description,
      model: 'recurrent',
      networks: { cannot: 'the layer lstm0 of the kind LSTM' },
    };
    expect(() => plainModel({ tensors, description: recurrent })).toThrow(
      'Cannot run recurrent without TensorFlow.js: found the layer lstm0 of the kind LSTM; use loadModel of @ae/models',
    );
  });

  test('refuses values that make no whole example or code', () => {
    const { encode, decode } = plainModel({ tensors, description });
    expect(() => encode(new Float32Array(5))).toThrow(
      new TypeError('Cannot encode: found 5 values, expected a multiple of 4, as the shape [4] has'),
    );
    expect(() => decode(new Float32Array(3))).toThrow(TypeError);
  });
});
