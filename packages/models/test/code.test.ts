import { beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import {
  codeOf,
  codeSize,
  convAe,
  decodeAll,
  disposeModel,
  encodeAll,
  randomStream,
  sampleAll,
  vae,
  type Code,
} from '../src/index.js';
import { checkCode } from '../src/code.js';
import { ownModels } from './own-models.js';

beforeAll(async () => {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
});

describe('a code', () => {
  test('is as many numbers as its kind says', () => {
    expect(codeSize({ kind: 'vector', dimensions: 8 })).toBe(8);
    expect(codeSize({ kind: 'map', shape: [7, 7, 4] })).toBe(196);
    expect(codeSize({ kind: 'categorical', places: [7, 7], classes: 512 })).toBe(49);
  });

  test('of conv-ae is a vector, or the map that its decoder starts from', () => {
    const codes = [{}, convAe.recipes.original!.options!].map((options) => {
      const model = convAe.build(options, randomStream(1));
      disposeModel(model);
      return codeOf(model);
    });
    expect(codes).toEqual([
      { kind: 'vector', dimensions: 2 },
      { kind: 'map', shape: [7, 7, 4] },
    ]);
  });

  test.each<[Code, string]>([
    [{ kind: 'vector', dimensions: 0 }, 'found code.dimensions [0], expected whole numbers from 1'],
    [{ kind: 'map', shape: [7, 1.5, 4] }, 'found code.shape [7,1.5,4]'],
    [{ kind: 'categorical', places: [], classes: 2 }, 'found code.places []'],
    [{ kind: 'categorical', places: [2], classes: 0 }, 'found code.classes [0]'],
    [{ kind: 'categorical', places: [2], classes: [8, 2.5] }, 'found code.classes [8,2.5]'],
    [
      { kind: 'categorical', places: [2, 2], classes: [8, 5, 5] },
      'found code.classes [8,5,5], expected one number, or one for each of 4 places',
    ],
    [
      { kind: 'vector', dimensions: 4, groups: { style: [0, 2], content: [2, 5] } },
      'found code.groups.content [2, 5], expected two dimensions in order from 0 to 4',
    ],
    [{ kind: 'vector', dimensions: 4, groups: { style: [2, 2] } }, 'found code.groups.style [2, 2]'],
  ])('%j is refused', (code, message) => {
    expect(() => checkCode(code)).toThrow(message);
  });

  test('of indices may have a number of classes for each place', () => {
    checkCode({ kind: 'categorical', places: [3], classes: [8, 5, 5] });
  });

  test('may have parts with names', () => {
    checkCode({ kind: 'vector', dimensions: 4, groups: { style: [0, 2], content: [2, 4] } });
  });
});

describe('a conditional model', () => {
  const values = { values: new Float32Array(2 * 784), shape: [28, 28, 1], count: 2 };
  const build = () => ownModels.find(({ name }) => name === 'conditional')!.build({}, randomStream(1));

  test('is given the labels of examples, of codes and of what it is to draw', async () => {
    const model = build();
    const [ones, twos] = await Promise.all(
      [1, 2].map(async (label) => {
        const labels = Uint8Array.of(label, label);
        const codes = await encodeAll(model, { ...values, labels });
        expect(codes.labels).toBe(labels);
        return {
          codes: codes.values,
          back: (await decodeAll(model, codes)).values,
          drawn: (await sampleAll(model, 2, randomStream(3), labels)).values,
        };
      }),
    );
    expect(ones!.codes).not.toEqual(twos!.codes);
    ones!.back.forEach((value, i) => expect(value).toBeCloseTo(twos!.back[i]!, 6)); // the label's place is taken off and put back
    expect(ones!.drawn).not.toEqual(twos!.drawn);
    disposeModel(model);
  });

  test('refuses to do without, and too few of them are refused', async () => {
    const model = build();
    await expect(encodeAll(model, values)).rejects.toThrow('found no labels');
    await expect(encodeAll(model, { ...values, labels: Uint8Array.of(1) })).rejects.toThrow(
      'Cannot use labels: found 1, expected one an example, 2 or more',
    );
    disposeModel(model);
  });

  test('alone takes notice of them', async () => {
    const model = vae.build({ hidden: [4] }, randomStream(1));
    const { values: codes } = await encodeAll(model, { ...values, labels: Uint8Array.of(1, 2) });
    expect(codes).toEqual((await encodeAll(model, values)).values);
    disposeModel(model);
  });
});
