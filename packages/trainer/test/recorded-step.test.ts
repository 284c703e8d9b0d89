import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { randomStream, type Autoencoder } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import { fit, type StepRecorder } from '../src/index.js';
import { toy, toyOptions, useCpu } from './toy.js';

type Inputs = Record<string, Uint8Array | Float32Array>;

/** What the trainer asked of a backend that records. */
const asked = {
  recorded: [] as string[],
  replayed: [] as { inputs: Inputs; counter: number }[],
  disposed: 0,
};
let reason: string | undefined;

/** Runs the step when it is recorded and answers replays with made-up numbers. */
const recorder: StepRecorder = {
  recordStep(inputs, counter, step) {
    asked.recorded.push(`${Object.keys(inputs)} ${inputs.images!.shape} ${inputs.hyper!.shape} ${counter}`);
    const outputs = Object.fromEntries(
      Object.entries(step()).map(([name, term]) => [name, term.dataSync()[0]!]),
    );
    const replay = {
      run(inputs: Inputs, counter: number) {
        asked.replayed.push({ inputs, counter });
        return { loss: 42, reconstruction: 40, kl: 2 };
      },
      dispose: () => void asked.disposed++,
    };
    return reason ? { outputs, reason } : { outputs, replay };
  },
};

beforeAll(useCpu);
beforeEach(() => {
  Object.assign(asked, { recorded: [], replayed: [], disposed: 0 });
  reason = undefined;
  Object.assign(tf.backend(), recorder);
  tf.registerKernel({ kernelName: 'UpdateSgd', backendName: 'cpu', kernelFunc: () => [] });
});
afterEach(() => {
  delete (tf.backend() as Partial<StepRecorder>).recordStep;
  tf.unregisterKernel('UpdateSgd', 'cpu');
});

async function train(options: { model?: (model: Autoencoder) => Autoencoder; name?: 'sgd' | 'adam' } = {}) {
  const random = randomStream(1);
  const built = toy.build({}, random);
  const model = options.model?.(built) ?? built;
  const before = tf.memory().numTensors;
  const start = random.counter;
  const [notices, losses] = [[] as string[], [] as number[]];
  await fit(model, {
    ...toyOptions(random),
    epochs: 2,
    optimizer: { name: options.name ?? 'sgd', learningRate: 0.01 },
    callbacks: [{ name: 'losses', onStep: (_run, { terms }) => void losses.push(terms.loss!) }],
    onNotice: (text) => notices.push(text),
  });
  expect(tf.memory().numTensors).toBe(before);
  return { notices, losses, random, start };
}

// Per step of 16 images: 16 · 16 uniforms for the dropout and 16 · 2 normals; per step of 8 the half of it.
const BLOCKS = (16 * 16 + 16 * 2) / 4;

test('the first full batch is recorded, those of its shape are replayed, a smaller one goes the ordinary way', async () => {
  const { losses, random, start } = await train();
  expect(asked.recorded).toEqual([`images,hyper 16,4,4,1 2 ${start}`]);
  expect(losses.map((loss) => loss === 42)).toEqual([false, true, false, true, true, false]);
  expect(asked.replayed.map(({ counter }) => (counter - start) / BLOCKS)).toEqual([1, 2.5, 3.5]);
  expect(random.counter).toBe(start + 5 * BLOCKS);
  expect(asked.disposed).toBe(1);
});

test('a replay is given the bytes as they are, and the scalars of its own step', async () => {
  await train();
  const { images, hyper } = asked.replayed[0]!.inputs;
  expect(images).toBeInstanceOf(Uint8Array);
  expect(images!.length).toBe(16 * 16);
  expect([...hyper!]).toEqual([Math.fround(0.01), 0]);
});

test('a backend that cannot replay is asked once, and its reason is told', async () => {
  reason = 'reads a tensor within the step';
  const { notices, losses } = await train();
  expect(asked.recorded.length).toBe(1);
  expect(notices).toEqual(['Objective "elbo" is not replayed: reads a tensor within the step']);
  expect(losses).not.toContain(42);
});

test('a step that draws single numbers is not replayed, for they would be the same each time', async () => {
  const { notices } = await train({
    model: (model) => {
      const elbo = model.objectives.elbo!;
      const loss: typeof elbo.loss = (batch, random, training) => {
        random.next();
        return elbo.loss(batch, random, training);
      };
      return { ...model, objectives: { elbo: { ...elbo, loss } } };
    },
  });
  expect(notices).toEqual(['Objective "elbo" is not replayed: it draws single numbers']);
  expect([asked.replayed.length, asked.disposed]).toEqual([0, 1]);
});

test('an optimiser without a kernel of its own is not recorded', async () => {
  const { notices } = await train({ name: 'adam' });
  expect(asked.recorded).toEqual([]);
  expect(notices).toEqual(['Objective "elbo" is not replayed: the backend lacks the kernel UpdateAdam']);
});
