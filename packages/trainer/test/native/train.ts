import { createHash } from 'node:crypto';

import {
  disposeModel,
  namedWeights,
  randomStream,
  type Autoencoder,
  type OptimizerSpec,
  type RandomStream,
} from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import {
  fit,
  type Callback,
  type ExampleBatch,
  type StepRecorder,
  type StepReplay,
} from '../../src/index.js';
import { bytes } from './native.js';

export interface Training {
  build: (random: RandomStream) => Autoencoder;
  shape: readonly number[];
  batchSize: number;
  labels: boolean;
  /** Share of the values that are NaN. @default 0 */
  missing?: number;
  /** Of each epoch. */
  steps: number;
  epochs?: number;
  optimizer?: OptimizerSpec;
  callbacks?: Callback[];
}

/** What a training leaves: terms of every step, the weights' hash, where the noise stands, and what it said. */
export interface Trained {
  terms: Record<string, number>[];
  weights: string;
  counter: number;
  notices: string[];
  replayed: number;
}

/** Trains on native: as it does, or without recordings. */
export async function train(
  backend: StepRecorder,
  { build, shape, batchSize, labels, steps, epochs = 1, callbacks = [], missing = 0, ...rest }: Training,
  recordings: 'on' | 'off' | 'checked at every step',
): Promise<Trained> {
  const random = randomStream(1);
  const model = build(random);
  const stop = recordings === 'off' ? withoutRecordings(backend) : countReplays(backend, recordings !== 'on');
  const [terms, notices] = [[] as Trained['terms'], [] as string[]];
  try {
    await fit(model, {
      train: {
        length: steps,
        count: steps * batchSize,
        *epoch(n, from = 0) {
          for (let i = from; i < steps; i++)
            yield withGaps(batch(shape, batchSize, labels, n * 1000 + i), missing);
        },
      },
      ...{ epochs, random, onNotice: (text: string) => void notices.push(text) },
      optimizer: rest.optimizer ?? { name: 'adam', learningRate: 2e-3 },
      callbacks: [...callbacks, { name: 'terms', onStep: (_run, log) => void terms.push(log.terms) }],
    });
  } finally {
    stop.undo();
  }
  const hash = createHash('sha256');
  for (const [name, variable] of Object.entries(namedWeights(model)))
    hash.update(name).update(new Uint8Array((await variable.data()).buffer));
  const result = { terms, weights: hash.digest('hex'), counter: random.counter, notices };
  disposeModel(model);
  return { ...result, replayed: stop.replayed };
}

function batch(shape: readonly number[], size: number, labels: boolean, seed: number): ExampleBatch {
  return {
    values: bytes(
      shape.reduce((product, side) => product * side, size),
      seed,
    ),
    ...(labels && { labels: Uint8Array.from({ length: size }, (_, i) => (i + seed) % 10) }),
    ...{ size, shape },
  };
}

function withGaps(whole: ExampleBatch, share: number): ExampleBatch {
  if (share === 0) return whole;
  const every = Math.round(1 / share);
  return { ...whole, values: Float32Array.from(whole.values, (byte, i) => (i % every ? byte / 255 : NaN)) };
}

function withoutRecordings(backend: StepRecorder) {
  backend.recordStep = undefined as never;
  return { replayed: 0, undo: () => delete (backend as Partial<StepRecorder>).recordStep };
}

/**
 * Counts replays. Where they are checked, every step that is recorded is first replayed by the recording before it, and
 * then its results and variables are expected to be the same.
 */
function countReplays(backend: StepRecorder, checked: boolean) {
  const { recordStep } = backend;
  const kept: (() => void)[] = [];
  const counted = {
    replayed: 0,
    undo() {
      for (const dispose of kept) dispose();
      delete (backend as Partial<StepRecorder>).recordStep;
    },
  };
  const known = new Map<string, StepReplay['run']>();
  backend.recordStep = (inputs, counter, step) => {
    const kind = Object.values(tf.engine().registeredVariables).length + String(inputs.images?.shape);
    const before = checked ? known.get(kind) : undefined;
    const foretold = before && foretell(before, inputs, counter);
    const recorded = recordStep.call(backend, inputs, counter, step);
    const { replay } = recorded;
    if (foretold) expectSame({ outputs: recorded.outputs, variables: bitsOfVariables() }, foretold);
    if (!replay) return recorded;
    const { run, dispose } = replay;
    known.set(kind, run);
    kept.push(dispose);
    replay.run = (...given) => {
      counted.replayed += 1;
      return run(...given);
    };
    if (checked) replay.dispose = () => {};
    return recorded;
  };
  return counted;
}

/** What a replay makes of a step, whose variables are put back. */
function foretell(run: StepReplay['run'], inputs: Record<string, tf.Tensor>, counter: number) {
  const variables = Object.values(tf.engine().registeredVariables);
  const copies = variables.map((variable) => tf.tidy(() => tf.keep(tf.add(variable, 0))));
  const values = Object.fromEntries(
    Object.entries(inputs).map(([name, tensor]) => [name, Float32Array.from(tensor.dataSync())]),
  );
  const outputs = run(values, counter);
  const foretold = { outputs, variables: bitsOfVariables() };
  variables.forEach((variable, i) => variable.assign(copies[i]!));
  tf.dispose(copies);
  return foretold;
}

const bitsOfVariables = () =>
  Object.values(tf.engine().registeredVariables).map((variable) =>
    createHash('sha256').update(new Uint8Array(variable.dataSync().slice().buffer)).digest('hex'),
  );

function expectSame(found: object, expected: object): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`A replay gives ${b}, the ordinary path ${a}`);
}
