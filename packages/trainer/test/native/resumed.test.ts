import { createHash } from 'node:crypto';

import { useBackend } from '@ae/backend/node';
import { disposeModel, namedWeights, randomStream, zoo } from '@ae/models';
import { describe, expect, it } from '@jest/globals';

import { fit, type Callback, type ExampleBatch, type TrainingState } from '../../src/index.js';
import { bytes } from './native.js';

/** Steps after which a run is stopped and resumed: a few, or with `AE_RESUMES=90` each of the first 90. */
const RESUMES = Number(process.env.AE_RESUMES ?? 0);
const STOPS = RESUMES > 0 ? Array.from({ length: RESUMES }, (_, i) => i + 1) : [2, 19];
/** Beyond the steps that are compared, so that a resumed run replays what the unbroken one compared and the other way round. */
const STEPS = Math.max(...STOPS) + (RESUMES > 0 ? 20 : 6);
const EPOCH = 36;

const configurations: [model: keyof typeof zoo, recipe: string, options: object, batchSize: number][] = [
  ['conv-ae', 'default', { channels: [4, 8], hidden: [32] }, 20],
  ['conv-vae', 'default', { channels: [4, 8], latentDim: 8, hidden: 16 }, 20],
  ['conv-ae', 'original', {}, 20],
  ['vae', 'default', { hidden: [16] }, 128],
  ['vae', 'default', { hidden: [32] }, 128],
  ['ae', 'default', {}, 256],
  ['ae', 'original', {}, 256],
  ['vae', 'default', {}, 256],
  ['vae', 'original', {}, 256],
];

describe.each(['native', 'wasm'])('a run on %s, with labels, that is stopped and resumed', (backend) => {
  // On wasm nothing is replayed, and every step takes longer.
  const short = configurations.filter(
    ([, recipe], i) => i < 2 || (backend === 'native' && recipe === 'original'),
  );
  const chosen = RESUMES > 0 ? configurations : short;
  it.each(chosen)(
    '%s, recipe %s, with %j in batches of %i, ends with the weights and losses of an unbroken one',
    async (...given) => {
      const reason = await useBackend(backend as 'cpu').then(
        () => undefined,
        (error: Error) => error.message,
      );
      if (reason) return console.log(`skipped: ${reason}`);
      const unbroken = await train(...given, {});
      for (const stop of STOPS) {
        const { state } = await train(...given, { stop });
        const resumed = await train(...given, { resume: state! });
        expect({ stop, weights: resumed.weights, losses: resumed.losses }).toEqual({
          stop,
          weights: unbroken.weights,
          losses: unbroken.losses.slice(stop),
        });
      }
    },
    3_600_000,
  );
});

/** Trains `STEPS` steps, or until the step `stop` is done, or goes on from a state. */
async function train(
  name: keyof typeof zoo,
  recipeName: string,
  options: object,
  size: number,
  { stop, resume }: { stop?: number; resume?: TrainingState },
) {
  const { build, recipes } = zoo[name];
  const recipe = (recipes as unknown as Record<string, { options?: object; optimizer: never }>)[recipeName]!;
  const random = randomStream(3);
  const model = build({ ...recipe.options, ...options } as never, random);
  const losses: number[] = [];
  let state: TrainingState | undefined;
  const stopping: Callback = {
    name: 'stopping',
    beforeStep: (run) => void (run.step === (stop ?? STEPS) - 1 && run.stop('enough')),
    onStep: (_run, { terms }) => void losses.push(terms.loss!),
    onEnd: async (run) => void (state = stop === undefined ? undefined : await run.state()),
  };
  await fit(model, {
    train: {
      length: EPOCH,
      count: EPOCH * size,
      *epoch(n, from = 0) {
        for (let i = from; i < EPOCH; i++) yield images(size, n * EPOCH + i);
      },
    },
    epochs: Math.ceil(STEPS / EPOCH),
    optimizer: recipe.optimizer,
    random,
    callbacks: [stopping],
    ...(resume && { resume }),
    onNotice: (text) => {
      throw new Error(text);
    },
  });
  const hash = createHash('sha256');
  for (const [name, weight] of Object.entries(namedWeights(model)))
    hash.update(name).update(new Uint8Array((await weight.data()).slice().buffer));
  disposeModel(model);
  return { losses, state, weights: hash.digest('hex') };
}

const images = (size: number, seed: number): ExampleBatch => ({
  values: bytes(size * 784, seed),
  labels: bytes(size, seed).map((byte) => byte % 10),
  ...{ size, shape: [28, 28, 1] },
});
