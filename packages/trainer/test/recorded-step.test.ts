import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomStream, type Autoencoder, type Objective } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import { fit, type BatchSource, type Callback, type StepRecorder, type StepReplay } from '../src/index.js';
import { toy, toyImages, toyOptions, useCpu, type ToyImages } from './toy.js';

type Inputs = Record<string, Uint8Array | Float32Array>;

/** What the trainer asked of a backend that records. */
const asked = {
  recorded: [] as string[],
  replayed: [] as { inputs: Inputs; counter: number }[],
  live: 0,
};
let reason: string | undefined;
let stale = false;
/** What the step does, as a text; two recordings with different texts differ. */
let work = '';

/** Runs the step when it is recorded and answers replays with made-up numbers. */
const recorder: StepRecorder = {
  recordStep(inputs, counter, step) {
    asked.recorded.push(`${Object.keys(inputs)} ${inputs.images!.shape} ${inputs.hyper!.shape} ${counter}`);
    const outputs = Object.fromEntries(
      Object.entries(step()).map(([name, term]) => [name, term.dataSync()[0]!]),
    );
    if (reason) return { outputs, reason };
    asked.live += 1;
    const done = work;
    const replay: StepReplay & { done: string } = {
      done,
      get stale() {
        return stale;
      },
      differenceFrom: (earlier) =>
        (earlier as typeof replay).done === done ? undefined : `it did ${done || 'nothing'}`,
      run(inputs: Inputs, counter: number) {
        asked.replayed.push({ inputs, counter });
        return { loss: 42, reconstruction: 40, kl: 2 };
      },
      dispose: () => void (asked.live -= 1),
    };
    return { outputs, replay };
  },
};

beforeAll(useCpu);
beforeEach(() => {
  Object.assign(asked, { recorded: [], replayed: [], live: 0 });
  [reason, stale, work] = [undefined, false, ''];
  Object.assign(tf.backend(), recorder);
  tf.registerKernel({ kernelName: 'UpdateSgd', backendName: 'cpu', kernelFunc: () => [] });
});
afterEach(() => {
  expect(asked.live).toBe(0);
  delete (tf.backend() as Partial<StepRecorder>).recordStep;
  tf.unregisterKernel('UpdateSgd', 'cpu');
});

interface Trial {
  /** Of the model's objective. */
  loss?: (given: Objective['loss']) => Objective['loss'];
  variables?: (given: tf.Variable[]) => tf.Variable[];
  name?: 'sgd' | 'adam';
  count?: number;
  epochs?: number;
  beforeStep?: Callback['beforeStep'];
  /** Another source of the same images. */
  from?: (images: ToyImages) => BatchSource;
}

/** Trains the toy; by default four epochs of ten batches of 16, with one of 8 at the end. */
async function train(trial: Trial = {}) {
  const { name = 'sgd', count = 152, epochs = 4, beforeStep, from = (images) => images } = trial;
  const random = randomStream(1);
  const model = changed(toy.build({}, random), trial);
  const before = tf.memory().numTensors;
  const start = random.counter;
  const [notices, losses] = [[] as string[], [] as number[]];
  await fit(model, {
    ...toyOptions(random),
    train: from(toyImages({ count })),
    epochs,
    optimizer: { name, learningRate: 0.01 },
    callbacks: [
      {
        name: 'losses',
        ...(beforeStep && { beforeStep }),
        onStep: (_run, { terms }) => void losses.push(terms.loss!),
      },
    ],
    onNotice: (text) => notices.push(text),
  });
  expect(tf.memory().numTensors).toBe(before);
  const replayed = losses.flatMap((loss, i) => (loss === 42 ? [i + 1] : []));
  return { notices, replayed, random, start };
}

function changed(model: Autoencoder, { loss, variables }: Trial): Autoencoder {
  const elbo = model.objectives.elbo!;
  const objective = {
    ...elbo,
    ...(loss && { loss: loss(elbo.loss) }),
    ...(variables && { variables: () => variables(elbo.variables()) }),
  };
  return { ...model, objectives: { elbo: objective } };
}

// Per step of 16 images: 16 · 16 uniforms for the dropout and 16 · 2 normals; per step of 8 the half of it.
const BLOCKS = (16 * 16 + 16 * 2) / 4;

describe('a step of a backend that records', () => {
  test('is compared sixteen times and at the start of an epoch, and else replayed; a smaller batch goes the ordinary way', async () => {
    const { replayed, random, start, notices } = await train();
    expect(asked.recorded[0]).toBe(`images,hyper 16,4,4,1 2 ${start}`);
    // Ten steps an epoch, the tenth of 8 images. Steps 18 and 19 are the 17th and the 18th of their shape, 36 and 37
    // the 33rd and the 34th.
    expect(replayed).toEqual([23, 24, 25, 26, 27, 28, 29, 33, 34, 35, 38, 39]);
    expect(random.counter).toBe(start + 38 * BLOCKS);
    expect(notices).toEqual([]);
  });

  test('is compared at steps 17, 33, 65, 129, … of a long epoch too, each with the one that follows', async () => {
    const { replayed } = await train({ count: 150 * 16, epochs: 1 });
    const compared = Array.from({ length: 150 }, (_, i) => i + 1).filter((step) => !replayed.includes(step));
    const first = Array.from({ length: 16 }, (_, i) => i + 1);
    expect(compared).toEqual([...first, 17, 18, 33, 34, 65, 66, 129, 130]);
  });

  test('gives a replay the bytes as they are, the scalars of its own step, and the place of its noise', async () => {
    const { start } = await train();
    const { inputs, counter } = asked.replayed[0]!;
    expect(inputs.images).toBeInstanceOf(Uint8Array);
    expect(inputs.images!.length).toBe(16 * 16);
    expect([...inputs.hyper!]).toEqual([Math.fround(0.01), 0]);
    expect((counter - start) / BLOCKS).toBe(21); // of the 22 steps before, two had half the images
  });

  test('is replayed as often where its batches are read asynchronously', async () => {
    const from = (images: ToyImages): BatchSource => ({
      ...images,
      async *epoch(n, fromBatch) {
        yield* images.epoch(n, fromBatch);
      },
    });
    const { replayed, random, start } = await train({ from });
    expect(replayed).toEqual([23, 24, 25, 26, 27, 28, 29, 33, 34, 35, 38, 39]);
    expect(random.counter).toBe(start + 38 * BLOCKS);
  });

  test('gives a replay labels of 16 bits as their values', async () => {
    const from = (images: ToyImages): BatchSource => ({
      ...images,
      *epoch(n, fromBatch) {
        for (const batch of images.epoch(n, fromBatch))
          yield { ...batch, labels: new Uint16Array(batch.size).fill(40_000) };
      },
    });
    expect((await train({ from })).replayed).toHaveLength(12);
    expect(asked.replayed[0]!.inputs.labels).toEqual(new Float32Array(16).fill(40_000));
  });

  test('is asked again where it has no replay, for the first step may make what later ones use, and then given up with a notice', async () => {
    reason = 'it reads a tensor';
    const { notices, replayed } = await train();
    expect(asked.recorded.length).toBe(2);
    expect(notices).toEqual([
      'Objective "elbo" takes the ordinary path, which gives the same numbers and costs TensorFlow.js\'s own time at every step: it reads a tensor',
    ]);
    expect(replayed).toEqual([]);
  });

  test('is replayed where only its first recording was refused', async () => {
    reason = 'it leaves tensors behind';
    const { notices, replayed } = await train({
      beforeStep: ({ step }) => void (step === 1 && (reason = undefined)),
    });
    expect(notices).toEqual([]);
    expect(replayed.length).toBeGreaterThan(10);
  });
});

describe('a step that changes', () => {
  test('within the first sixteen was never replayed, and the notice says what changed', async () => {
    const { notices, replayed } = await train({
      beforeStep: ({ step }) => void (work = step % 5 === 4 ? 'that' : ''),
    });
    expect(replayed).toEqual([]);
    expect(notices).toEqual([
      expect.stringMatching(
        /takes the ordinary path.*: it did that \(steps 4 and 5\)\. Keep what changes in a tf.Variable/,
      ),
    ]);
  });

  test('later is found when it is compared next, and the notice names the steps that may be wrong', async () => {
    const { notices, replayed } = await train({
      count: 100 * 16,
      epochs: 1,
      beforeStep: ({ step }) => void (work = step >= 40 ? 'more' : ''),
    });
    expect(replayed.at(-1)).toBe(64);
    expect(notices).toEqual([
      expect.stringMatching(
        /^Objective "elbo" is not replayed from step 65 on.*: it did more \(since step 34\)\. Steps 35 to 64 were replayed and may have used what held at step 34; if the loss counts its calls, every step from 19 on may have\. Keep/,
      ),
    ]);
  });

  test('between two epochs is found before a step of the new one is replayed', async () => {
    const { notices, replayed } = await train({
      count: 32 * 16,
      epochs: 3,
      beforeStep: ({ epoch }) => void (work = epoch === 3 ? 'less' : ''),
    });
    expect(replayed.at(-1)).toBe(64);
    expect(notices).toEqual([expect.stringMatching(/from step 65 on/)]);
  });

  test('by drawing single numbers or other amounts of noise is not replayed', async () => {
    const single = await train({
      loss: (given) => (batch, random, training) => {
        random.next();
        return given(batch, random, training);
      },
    });
    expect(single.notices).toEqual([expect.stringMatching(/it draws single numbers, with next\(\)$/)]);
    let calls = 0;
    const more = await train({
      loss: (given) => (batch, random, training) => {
        if (++calls === 3) random.counter += 7;
        return given(batch, random, training);
      },
    });
    expect(more.notices).toEqual([expect.stringMatching(/it draws other amounts of noise/)]);
    expect([single.replayed, more.replayed]).toEqual([[], []]);
  });
});

describe('the variables that are trained', () => {
  test('are looked at before every step: where they change, the step is recorded anew', async () => {
    let step = 0;
    const { notices, replayed } = await train({
      count: 60 * 16,
      epochs: 1,
      variables: (all) => (step >= 24 ? all.slice(2) : all),
      beforeStep: (run) => void (step = run.step),
    });
    expect(notices).toEqual([]);
    expect(replayed.filter((at) => at <= 44)).toEqual([19, 20, 21, 22, 23, 24, 43, 44]);
  });

  test('count as changed where a layer is frozen', async () => {
    const { replayed } = await train({
      count: 40 * 16,
      epochs: 1,
      variables: (all) =>
        all.map((variable, i) => Object.assign(variable, { trainable: i > 0 || asked.replayed.length < 3 })),
    });
    expect(replayed.slice(0, 4)).toEqual([19, 20, 21, 40]);
  });

  test('that change all the time are said, once', async () => {
    let step = 0;
    const { notices, replayed } = await train({
      variables: (all) => (step % 2 ? all.slice(2) : all),
      beforeStep: (run) => void (step = run.step),
    });
    expect(replayed).toEqual([]);
    expect(notices).toEqual([expect.stringMatching(/the variables that it trains change all the time$/)]);
  });

  test('or other tensors that are gone end a recording, and a new one is made', async () => {
    const { notices, replayed } = await train({
      count: 60 * 16,
      epochs: 1,
      beforeStep: ({ step }) => void (stale = step === 24),
    });
    expect(notices).toEqual([]);
    expect(replayed.filter((at) => at <= 44)).toEqual([19, 20, 21, 22, 23, 24, 43, 44]);
  });
});

test('noise that is not from the stream is said on every backend, once, and is not replayed', async () => {
  const noisy: Trial['loss'] = (given) => (batch, random, training) => {
    const images = tf.add(batch.images, tf.randomNormal(batch.images.shape)) as tf.Tensor4D;
    return given({ ...batch, images }, random, training);
  };
  const generator = Reflect.get(Math, 'random');
  const recorded = await train({ loss: noisy });
  delete (tf.backend() as Partial<StepRecorder>).recordStep;
  const ordinary = await train({ loss: noisy });
  expect(recorded.notices).toEqual([
    expect.stringMatching(/^Objective "elbo" draws noise that is not from `random`/),
  ]);
  expect(ordinary.notices).toEqual(recorded.notices);
  expect(recorded.replayed).toEqual([]);
  expect(Reflect.get(Math, 'random')).toBe(generator);
});

test('an optimiser without a kernel of its own is not recorded', async () => {
  const { notices } = await train({ name: 'adam' });
  expect(asked.recorded).toEqual([]);
  expect(notices).toEqual([expect.stringMatching(/the backend lacks the kernel UpdateAdam$/)]);
});
