import { afterAll, describe, expect, test } from '@jest/globals';

import {
  ae,
  decodeSafetensors,
  disposeModel,
  encodeSafetensors,
  loadWeights,
  namedWeights,
  randomStream,
  saveWeights,
} from '../src/index.js';

const model = ae.build({ hidden: [4] }, randomStream(1));
afterAll(() => disposeModel(model));

describe('loadWeights()', () => {
  test('reads what saveWeights() wrote, with its metadata', async () => {
    const { metadata, tensors } = decodeSafetensors(await saveWeights(model, { model: 'ae' }));
    expect(metadata).toEqual({ model: 'ae' });
    expect(Object.keys(tensors)).toEqual(Object.keys(namedWeights(model)));
  });

  test.each([
    [
      'a weight that lacks',
      'without encoder/code/bias',
      (tensors: Tensors) => delete tensors['encoder/code/bias'],
    ],
    [
      'one too many',
      'with unknown extra',
      (tensors: Tensors) => (tensors.extra = { shape: [1], data: Float32Array.of(1) }),
    ],
    [
      'another shape',
      'Cannot load weight "encoder/code/bias": shape [1], expected [2]',
      (tensors: Tensors) => (tensors['encoder/code/bias'] = { shape: [1], data: Float32Array.of(1) }),
    ],
    [
      'a number that is not finite',
      'Cannot load weight "encoder/code/bias": NaN at element 1',
      (tensors: Tensors) => (tensors['encoder/code/bias'] = { shape: [2], data: Float32Array.of(0, NaN) }),
    ],
  ])('refuses %s and changes nothing', async (_what, message, damage) => {
    const before = await saveWeights(model);
    const { tensors } = decodeSafetensors(before);
    tensors['decoder/output/bias']!.data.fill(7);
    damage(tensors);
    expect(() => loadWeights(model, encodeSafetensors(tensors))).toThrow(message);
    expect(Buffer.from(await saveWeights(model)).equals(Buffer.from(before))).toBe(true);
  });
});

type Tensors = ReturnType<typeof decodeSafetensors>['tensors'];
