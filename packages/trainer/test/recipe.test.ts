import { beforeAll, describe, expect, test } from '@jest/globals';
import { randomStream, type Autoencoder, type Objective } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import {
  anneal,
  decodeCheckpoint,
  encodeCheckpoint,
  fit,
  fitRecipe,
  keepBest,
  schedule,
  stopOnNonFinite,
  type Callback,
  type FitOptions,
  type TrainingRecipe,
  type TrainingState,
} from '../src/index.js';
import { toy, toyImages, useCpu, weightsHash } from './toy.js';

beforeAll(useCpu);

const recipe: TrainingRecipe = {
  optimizer: { name: 'adam', learningRate: 0.05 },
  schedule: { name: 'cosine', final: 0.1 },
  anneal: { kl: { from: 0, to: 1, over: 2 } },
  best: { column: 'validation.mse' },
  batchSize: 16,
  epochs: 4,
};

/** Trains a fresh toy by a recipe. */
async function train(changes: Partial<TrainingRecipe> = {}, options: Partial<FitOptions> = {}) {
  const random = randomStream(1);
  const model = toy.build({}, random);
  const common = { train: toyImages(), validation: toyImages({ count: 20 }), random };
  const result = await fitRecipe(model, { ...recipe, ...changes }, { ...common, ...options });
  return { model, ...result, hash: await weightsHash(model) };
}

describe('fitRecipe()', () => {
  test('trains with the optimiser, the schedule, the annealing and the best epoch of the recipe', async () => {
    const random = randomStream(1);
    const model = toy.build({}, random);
    await fit(model, {
      ...{ train: toyImages(), validation: toyImages({ count: 20 }), random },
      ...{ epochs: recipe.epochs, optimizer: recipe.optimizer },
      callbacks: [
        schedule(recipe.schedule!),
        anneal(recipe.anneal!),
        stopOnNonFinite(),
        keepBest(recipe.best),
      ],
    });
    const { hash, history } = await train();
    expect(hash).toBe(await weightsHash(model));
    expect(history.map(({ learningRate }) => learningRate)).toEqual(
      [2, 5, 8, 11].map((done) => 0.05 * (0.1 + (0.9 * (1 + Math.cos((Math.PI * done) / 12))) / 2)),
    );
  });

  test('leaves the weights of the best epoch in the model, not those of the last', async () => {
    const afterEpochs: string[] = [];
    const note: Callback = {
      name: 'note',
      onEpoch: async ({ model }) => void afterEpochs.push(await weightsHash(model)),
    };
    const { hash } = await train({ best: { column: 'epoch' } }, { callbacks: [note] });
    expect(new Set(afterEpochs).size).toBe(4);
    expect(hash).toBe(afterEpochs[0]);
  });

  test('goes on bit for bit where it was stopped', async () => {
    let state: TrainingState | undefined;
    const pause: Callback = {
      name: 'pause',
      beforeStep: (run) => void (run.step === 7 && run.stop('paused')),
      async onPause(run) {
        if (run.stopReason) state = decodeCheckpoint(encodeCheckpoint(await run.state()));
      },
    };
    expect((await train({}, { callbacks: [pause] })).stopReason).toBe('paused');
    expect((await train({}, { resume: state! })).hash).toBe((await train()).hash);
  });

  test('looks at the training loss where there is no validation, and says so where that says little', async () => {
    const notices: string[] = [];
    const random = randomStream(1);
    const { best: _, ...silent } = recipe;
    const options = { train: toyImages(), random, onNotice: (text: string) => notices.push(text) };
    await fitRecipe(toy.build({}, random), silent, options);
    expect(notices).toEqual([
      "The best epoch is that of the lowest train.loss, although the recipe anneals kl; a recipe's `best` names another column, or 'last'",
    ]);
  });

  test('says which of several objectives its best epoch is judged by', async () => {
    const notices: string[] = [];
    const random = randomStream(1);
    const model = toy.build({}, random);
    const { elbo } = model.objectives as { elbo: Objective };
    const two: Autoencoder = { ...model, objectives: { elbo, again: elbo } };
    const { best: _, anneal: __, ...silent } = recipe;
    const options = { train: toyImages(), random, onNotice: (text: string) => notices.push(text) };
    await fitRecipe(two, silent, options);
    expect(notices).toEqual([expect.stringContaining('although "elbo" is one of 2 objectives')]);
  });

  test('ends with a NonFiniteError where a rate without bounds blows the loss up, and leaves no tensor', async () => {
    const random = randomStream(1);
    const model = toy.build({}, random);
    const before = tf.memory().numTensors;
    const wild = { ...recipe, optimizer: { name: 'sgd', learningRate: 1e12 } };
    await expect(fitRecipe(model, wild, { train: toyImages(), random })).rejects.toMatchObject({
      name: 'NonFiniteError',
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  test('refuses batches of another size than the recipe’s', async () => {
    await expect(train({}, { train: toyImages({ batchSize: 8 }) })).rejects.toThrow(
      'Cannot train by the recipe: found 40 examples in 5 batches, expected batches of 16',
    );
  });
});
