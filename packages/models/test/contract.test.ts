import { useBackend } from '@ae/backend/node';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import {
  codeOf,
  codeSize,
  disposeModel,
  loadWeights,
  namedWeights,
  randomStream,
  saveWeights,
  zoo,
  type Autoencoder,
  type ModelDefinition,
} from '../src/index.js';
import { ownModels } from './own-models.js';

// What every model owes, run over models as users write them and over the zoo, with the default recipe, and the original
// one where it is small enough.
const cases = ([...ownModels, ...Object.values(zoo)] as unknown as ModelDefinition[]).flatMap((definition) =>
  Object.keys(definition.recipes)
    .filter((recipe) => !(definition.name === 'conv-vae' && recipe === 'original')) // 24 million weights
    .map((recipe) => [definition.name, recipe, definition] as const),
);
const COUNT = 3;

describe.each(cases)('%s with recipe %s', (_name, recipe, definition) => {
  const options = { ...definition.defaults, ...definition.recipes[recipe]!.options };
  const build = (seed = 1): Autoencoder => definition.build(options, randomStream(seed));
  let model: Autoencoder;
  let images: tf.Tensor;
  let given: { labels: tf.Tensor1D };
  beforeAll(async () => {
    await useBackend('wasm'); // the plain CPU backend takes minutes for the convolutions
    model = build();
    images = randomStream(5).uniform([COUNT, 28, 28, 1]);
    given = { labels: tf.tensor1d([3, 0, 9], 'int32') };
  });
  afterAll(() => {
    disposeModel(model);
    tf.dispose([images, given]);
  });

  test('encodes to rows of the numbers that its code has and decodes to images in its range', () => {
    tf.tidy(() => {
      const codes = model.encode(images, given);
      expect(codes.shape).toEqual([COUNT, codeSize(codeOf(model))]);
      if ('latentDim' in options) expect(codeSize(codeOf(model))).toBe(options.latentDim);
      const decoded = model.decode(codes, given);
      expect(decoded.shape).toEqual([COUNT, 28, 28, 1]);
      const [low, high] = model.range === 'any' ? [-Infinity, Infinity] : [0, 1];
      expect(Math.min(...decoded.dataSync())).toBeGreaterThanOrEqual(low);
      expect(Math.max(...decoded.dataSync())).toBeLessThanOrEqual(high);
      expect([...model.encode(images, given).dataSync()]).toEqual([...codes.dataSync()]);
    });
  });

  test('has ordinary TensorFlow.js models that predict', () => {
    tf.tidy(() => {
      const predicted = model.decoder.predict(model.encode(images, given)) as tf.Tensor;
      expect(predicted.shape).toEqual([COUNT, 28, 28, 1]);
      expect(() => model.encoder.summary(80, undefined, () => {})).not.toThrow();
    });
  });

  test('where it is generative, draws the same samples for the same seed', () => {
    if (!model.sample) return;
    tf.tidy(() => {
      const draw = () => [...model.sample!(COUNT, randomStream(9), given).dataSync()];
      expect(draw()).toHaveLength(COUNT * 784);
      expect(draw()).toEqual(draw());
    });
  });

  test('has finite loss terms whose gradients reach every variable, and leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    for (const [name, objective] of Object.entries(model.objectives)) {
      tf.tidy(() => {
        let terms: Record<string, number> = {};
        const { grads } = tf.variableGrads(() => {
          const computed = objective.loss({ images, ...given }, randomStream(2), true);
          terms = Object.fromEntries(
            Object.entries(computed).map(([term, value]) => [term, value.dataSync()[0]!]),
          );
          return computed.loss;
        }, objective.variables());
        for (const value of Object.values(terms)) expect(Number.isFinite(value)).toBe(true);
        for (const [variable, gradient] of Object.entries(grads))
          expect([name, variable, gradient.abs().max().dataSync()[0]! > 0]).toEqual([name, variable, true]);
        expect(Object.keys(grads)).toHaveLength(objective.variables().length);
      });
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  test('lowers its loss within a few steps', () => {
    const trained = build();
    for (const objective of Object.values(trained.objectives)) {
      const loss = () =>
        tf.tidy(() => objective.loss({ images, ...given }, randomStream(2), true).loss.dataSync()[0]!);
      const start = loss();
      const optimizer = tf.train.adam(1e-3); // one each: its moments go by the places of the variables
      for (let step = 0; step < 5; step++)
        optimizer.minimize(
          () => objective.loss({ images, ...given }, randomStream(2), true).loss,
          false,
          objective.variables(),
        );
      expect(loss()).toBeLessThan(start);
      optimizer.dispose();
    }
    disposeModel(trained);
  });

  test('has the same weights for the same seed, and other kernels for another', () => {
    // Fresh ones: a moving average follows whatever `model` has been shown above.
    const [fresh, twin, other] = [build(), build(), build(2)];
    expect(Object.keys(namedWeights(twin))).toEqual(Object.keys(namedWeights(fresh)));
    for (const [name, variable] of Object.entries(namedWeights(fresh))) {
      expect([name, sameBits(namedWeights(twin)[name]!, variable)]).toEqual([name, true]);
      if (!name.endsWith('kernel')) continue;
      expect([name, sameBits(namedWeights(other)[name]!, variable)]).toEqual([name, false]);
    }
    [fresh, twin, other].forEach(disposeModel);
  });

  test('names every variable that it made', () => {
    const before = tf.memory().numTensors;
    const twin = build();
    const { annealed = {} } = twin;
    expect(tf.memory().numTensors - before).toBe(
      Object.keys(namedWeights(twin)).length + Object.keys(annealed).length,
    );
    disposeModel(twin);
  });

  test('takes its weights back from a file, and then reconstructs the same', async () => {
    const other = build(2);
    loadWeights(other, await saveWeights(model));
    tf.tidy(() => {
      const reconstruct = (m: Autoencoder) => [...m.decode(m.encode(images, given), given).dataSync()];
      expect(reconstruct(other)).toEqual(reconstruct(model));
    });
    disposeModel(other);
  });

  test('frees everything when it is disposed of', () => {
    const before = tf.memory().numTensors;
    disposeModel(build());
    expect(tf.memory().numTensors).toBe(before);
  });

  test('refuses an unknown option', () => {
    expect(() => definition.build({ nonsense: 1 }, randomStream(1))).toThrow('unknown option "nonsense"');
  });
});

test('the variational autoencoders are generative, the others of their kind are not', () => {
  const isGenerative = ({ build }: Pick<typeof zoo.ae, 'build'>) => {
    const model = build({}, randomStream(1));
    disposeModel(model);
    return model.sample !== undefined;
  };
  expect([zoo.vae, zoo['conv-vae']].map((each) => isGenerative(each as never))).toEqual([true, true]);
  expect([zoo.ae, zoo['conv-ae']].map((each) => isGenerative(each as never))).toEqual([false, false]);
});

const sameBits = (a: tf.Tensor, b: tf.Tensor) =>
  Buffer.from(a.dataSync().slice().buffer).equals(Buffer.from(b.dataSync().slice().buffer));
