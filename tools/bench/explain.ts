import { namedWeights } from '@ae/models';
import { createOptimizer, fit, type StepRecorder } from '@ae/trainer';
import * as tf from '@tensorflow/tfjs';

import { first, firstThen, type Training } from './training.js';

/** Where the time of a step goes, in milliseconds. */
export interface Explanation {
  /** A whole step as `fit` does it. */
  step: number;
  forward: number;
  backward: number;
  update: number;
  /** What is left: batches, JavaScript between the steps, and the losses. */
  overhead: number;
  /** Shares of the time by native operation, on the ordinary path; the largest first. */
  operations: { name: string; calls: number; share: number }[];
}

interface NativeBackend extends StepRecorder {
  launch(name: string, ...rest: unknown[]): void;
  update(name: string, ...rest: unknown[]): void;
}

const SECONDS = 1;

/** Takes a step apart, on a backend that records steps. */
export async function explain(training: Training): Promise<Explanation> {
  const backend = tf.backend() as unknown as NativeBackend;
  const { step, replay } = await timeReplays(training, backend);
  const forward = timeForward(training, backend);
  const update = timeUpdate(training, backend);
  return {
    ...{ step, forward, update, backward: replay - forward - update, overhead: step - replay },
    operations: await timeOperations(training, backend),
  };
}

/** Milliseconds of a step, and those of them that are spent in the replay. */
async function timeReplays(training: Training, backend: NativeBackend) {
  const { recordStep } = backend;
  let [spent, count] = [0, 0];
  backend.recordStep = (...given) => {
    const recorded = recordStep.apply(backend, given);
    const { replay } = recorded;
    if (!replay) throw new Error(`Cannot explain the step: it is not replayed: ${recorded.reason}`);
    const { run } = replay;
    replay.run = (...inputs) => {
      const start = performance.now();
      const outputs = run(...inputs);
      spent += performance.now() - start;
      count += 1;
      return outputs;
    };
    return recorded;
  };
  const perSecond = await training.imagesPerSecond(SECONDS);
  [spent, count] = [0, 0];
  const step = (1000 * training.batch) / (await training.imagesPerSecond(SECONDS));
  backend.recordStep = recordStep;
  return { step, replay: spent / count, perSecond };
}

/** A recorded step that only measures the loss. */
function timeForward({ model, random, source }: Training, backend: NativeBackend): number {
  const batch = first(source);
  const [objective] = Object.values(model.objectives);
  const images = tf.zeros<tf.Rank.R4>([batch.size, ...batch.shape] as [number, number, number, number]);
  const { counter } = random;
  let loss!: tf.Scalar;
  const { replay } = backend.recordStep({ images }, counter, () => {
    loss = tf.tidy(() => objective!.loss({ images }, random, true).loss);
    return { loss };
  });
  random.counter = counter;
  const milliseconds = timeCalls(() => replay!.run({ images: batch.values }, counter));
  replay!.dispose();
  tf.dispose([images, loss]);
  return milliseconds;
}

/** The optimiser's update of every variable, by gradients of zero. */
function timeUpdate({ model, optimizer: spec }: Training, backend: NativeBackend): number {
  const variables = namedWeights(model);
  const optimizer = createOptimizer(spec, variables);
  const gradients = Object.fromEntries(
    Object.values(variables).map((variable) => [variable.name, tf.zerosLike(variable)]),
  );
  const hyper = tf.tensor1d(optimizer.hyper());
  const nothing = tf.scalar(0);
  let result = nothing;
  const { replay } = backend.recordStep({ hyper }, 0, () => {
    optimizer.update(gradients, hyper);
    result = tf.add(nothing, 0);
    return { result };
  });
  const values = optimizer.hyper();
  const milliseconds = timeCalls(() => replay!.run({ hyper: values }, 0));
  replay!.dispose();
  optimizer.dispose();
  tf.dispose([gradients, hyper, nothing, result]);
  return milliseconds;
}

async function timeOperations({ model, random, optimizer, source }: Training, backend: NativeBackend) {
  const { launch, update, recordStep } = backend;
  const spent = new Map<string, { calls: number; milliseconds: number }>();
  const timed =
    (method: NativeBackend['launch']): NativeBackend['launch'] =>
    (name, ...rest) => {
      const start = performance.now();
      method.call(backend, name, ...rest);
      const entry = spent.get(name) ?? { calls: 0, milliseconds: 0 };
      spent.set(name, {
        calls: entry.calls + 1,
        milliseconds: entry.milliseconds + performance.now() - start,
      });
    };
  Object.assign(backend, { launch: timed(launch), update: timed(update), recordStep: undefined });
  const STEPS = 20;
  await fit(model, { train: firstThen(source, STEPS, STEPS), epochs: 1, optimizer, random });
  Object.assign(backend, { launch, update, recordStep });
  const total = [...spent.values()].reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return [...spent]
    .map(([name, { calls, milliseconds }]) => ({ name, calls: calls / STEPS, share: milliseconds / total }))
    .sort((a, b) => b.share - a.share);
}

/** Milliseconds of one call, the median over about a second. */
function timeCalls(call: () => void): number {
  for (let i = 0; i < 3; i++) call();
  const times: number[] = [];
  const end = performance.now() + SECONDS * 1000;
  while (performance.now() < end || times.length < 5) {
    const start = performance.now();
    call();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}
