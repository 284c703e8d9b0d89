import { createHash } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

// By their sources: in the packages themselves, nothing here depends on these two.
import { disposeModel, namedWeights, randomStream, zoo } from '../../../models/src/index.js';
import { createOptimizer } from '../../../trainer/src/index.js';
import { trainingStep } from '../../../trainer/src/step.js';
import type { NativeBackend } from '../../src/native/backend.js';
import { describeNative, useNative } from './agreement.js';
import { wholeNumbers } from './numbers.js';

const STEPS = 3;
const BATCH = 6;

describeNative('every model of the zoo', () => {
  for (const definition of Object.values(zoo))
    for (const recipe of Object.keys(definition.recipes))
      it(`${definition.name}, recipe ${recipe}, is replayed with the bits of the ordinary path`, async () => {
        const backend = await useNative();
        expect(await train(definition, recipe, backend, true)).toEqual(
          await train(definition, recipe, backend, false),
        );
      });
});

type Definition = (typeof zoo)[keyof typeof zoo];

/** A few steps: the loss terms of each, and a hash of the weights. Throws where a step cannot be replayed. */
async function train(definition: Definition, recipeName: string, backend: NativeBackend, replayed: boolean) {
  const recipe = definition.recipes[recipeName as 'default']!;
  const random = randomStream(1);
  const options = { ...recipe.options } as { latentDim?: number };
  if (definition.name === 'conv-vae' && recipeName === 'original') options.latentDim = 16; // 256 give 24 million weights
  const model = definition.build(options as never, random);
  const { recordStep } = backend;
  const own = Object.hasOwn(backend, 'recordStep');
  if (!replayed) backend.recordStep = undefined as never;
  const optimizers = Object.fromEntries(
    Object.entries(model.objectives).map(([name, objective]) => [
      name,
      createOptimizer(recipe.optimizer, Object.fromEntries(objective.variables().map((v) => [v.name, v]))),
    ]),
  );
  const step = trainingStep(model, optimizers, random, (notice) => {
    throw new Error(notice);
  });
  const terms = [];
  for (let i = 0; i < STEPS; i++) terms.push(await step.run(batch(i)));
  const hash = createHash('sha256');
  for (const variable of Object.values(namedWeights(model)))
    hash.update(new Uint8Array((await variable.data()).buffer));
  step.dispose();
  Object.values(optimizers).forEach((optimizer) => optimizer.dispose());
  disposeModel(model);
  if (own) backend.recordStep = recordStep;
  else delete (backend as Partial<NativeBackend>).recordStep;
  return { terms, weights: hash.digest('hex'), counter: random.counter };
}

const batch = (step: number) => ({
  images: Uint8Array.from(wholeNumbers(BATCH * 784, step, -255, 255), (value) => Math.max(value, 0)),
  labels: Uint8Array.from({ length: BATCH }, (_, i) => (i + step) % 10),
  size: BATCH,
  ...{ height: 28, width: 28, channels: 1 },
});

describe('the zoo', () => {
  it('has models', () => {
    expect(Object.keys(zoo).length).toBeGreaterThan(0);
    expect(tf.version_core).toBeDefined();
  });
});
