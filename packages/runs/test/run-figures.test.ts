import { fromArray } from '@ae/data';
import { ae, disposeModel, randomStream, type Autoencoder, type Code } from '@ae/models';
import { describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { runFigures } from '../src/run-figures.js';

/** The names of the figures of a small generative model whose codes are said to be of a kind. */
async function drawn(code: Code, only?: string): Promise<string[]> {
  await tf.setBackend('cpu');
  const shape = [4, 4, 1];
  const built = ae.build({ shape, hidden: [4], latentDim: 2 }, randomStream(1));
  const sample: Autoencoder['sample'] = (count) => tf.zeros([count, ...shape]);
  const test = fromArray(
    Uint8Array.from({ length: 320 }, (_, i) => (i * i * 7) % 256),
    { shape },
  );
  const run = { shape, history: [], seed: 1, test: () => Promise.resolve(test) };
  try {
    const found = await runFigures({ model: { ...built, code, sample }, ...run }, only ? { only } : {});
    return found.map(({ name }) => name);
  } finally {
    disposeModel(built);
  }
}
const plane: Code = { kind: 'vector', dimensions: 2 };
const indices: Code = { kind: 'categorical', places: [2], classes: [8, 5] };
const sphere: Code = { ...plane, geometry: 'sphere' };

describe('the figures of a run', () => {
  const between = ['interpolation', 'manifold'];

  test('show the plane of codes, and what lies between them, only where there is one', async () => {
    expect(await drawn(plane)).toEqual(expect.arrayContaining([...between, 'latent-space', 'samples']));
    const ofSphere = await drawn(sphere);
    expect(ofSphere).toEqual(expect.arrayContaining(['latent-space', 'samples', 'reconstructions']));
    expect(ofSphere.filter((name) => between.includes(name))).toEqual([]);
    const ofIndices = await drawn(indices);
    expect(ofIndices).toEqual(expect.arrayContaining(['samples', 'reconstructions']));
    expect(ofIndices.filter((name) => [...between, 'latent-space'].includes(name))).toEqual([]);
  });

  test('say why one cannot be drawn that is asked for by its name', async () => {
    await expect(drawn(indices, 'latent-space')).rejects.toThrow(
      'Cannot draw figure "latent-space": found a categorical code, expected one of coordinates anywhere',
    );
    await expect(drawn(sphere, 'manifold')).rejects.toThrow('found a code on a sphere');
  });
});
