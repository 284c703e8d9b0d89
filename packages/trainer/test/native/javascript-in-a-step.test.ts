import { expect, it } from '@jest/globals';
import {
  defineModel,
  squaredError,
  trainableVariables,
  type Autoencoder,
  type Batch,
  type RandomStream,
} from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import type { Callback } from '../../src/index.js';
import { describeNative, useNative } from './native.js';
import { train } from './train.js';

interface Parts {
  encode: (images: tf.Tensor) => tf.Tensor;
  decode: (codes: tf.Tensor) => tf.Tensor;
  reconstruction: (batch: Batch) => tf.Scalar;
  encoder: tf.LayersModel;
  decoder: tf.LayersModel;
  /** A scalar that a recipe could anneal. */
  beta: tf.Variable;
  /** A code that follows the mean of the codes. */
  center: tf.Variable;
}
type Loss = (batch: Batch, random: RandomStream, training: boolean) => tf.Scalar;

/** An autoencoder of 4 × 4 images with the loss that a test makes of its parts, and layers between code and decoder. */
const modelWith = (lossOf: (parts: Parts) => Loss, between: () => tf.layers.Layer[] = () => []) =>
  defineModel({
    name: 'trial',
    summary: '',
    paper: { authors: '', title: '', venue: '', year: 2000 },
    defaults: {},
    build(): Autoencoder {
      const flatten = tf.layers.flatten({ inputShape: [4, 4, 1] });
      const encoder = tf.sequential({ layers: [flatten, tf.layers.dense({ units: 3 }), ...between()] });
      const toPixels = tf.layers.dense({ inputShape: [3], units: 16 });
      const decoder = tf.sequential({ layers: [toPixels, tf.layers.reshape({ targetShape: [4, 4, 1] })] });
      const beta = tf.variable(tf.scalar(1), false);
      const center = tf.variable(tf.zeros([3]), false);
      const parts: Parts = {
        ...{ encoder, decoder, beta, center },
        encode: (images) => encoder.apply(images) as tf.Tensor,
        decode: (codes) => decoder.apply(codes) as tf.Tensor,
        reconstruction: ({ images }) =>
          squaredError(decoder.apply(encoder.apply(images)) as tf.Tensor4D, images),
      };
      const loss = lossOf(parts);
      return {
        ...{ encoder, decoder, annealed: { beta }, state: { center } },
        encode: (images) => encoder.apply(images) as tf.Tensor2D,
        decode: (codes) => decoder.apply(codes) as tf.Tensor4D,
        objectives: {
          own: {
            variables: () => trainableVariables(encoder, decoder),
            loss: (batch, random, training) => ({ loss: loss(batch, random, training) }),
          },
        },
      };
    },
  });

const STEPS = 40;
interface Trial {
  model: () => ReturnType<typeof modelWith>;
  steps?: number;
  epochs?: number;
  callbacks?: () => Callback[];
}

/** Trains with recordings and without, each with a model and callbacks of its own. */
async function bothWays({ model, steps = STEPS, epochs = 1, callbacks = () => [] }: Trial) {
  const backend = await useNative();
  const each = async (recordings: 'on' | 'off') => {
    const definition = model();
    const training = { shape: [4, 4, 1], batchSize: 2, labels: false, steps, epochs };
    return train(
      backend,
      { build: (random) => definition.build({}, random), ...training, callbacks: callbacks() },
      recordings,
    );
  };
  const [on, off] = [await each('on'), await each('off')];
  return { on, off, same: on.weights === off.weights && String(lossesOf(on)) === String(lossesOf(off)) };
}

const lossesOf = ({ terms }: { terms: Record<string, number>[] }) => terms.map(({ loss }) => loss!);

const noisy = (noise: (x: tf.Tensor) => tf.Tensor) => () =>
  modelWith(
    ({ encode, decode }) =>
      ({ images }) =>
        squaredError(decode(tf.add(encode(images), noise(encode(images)))) as tf.Tensor4D, images),
  );

const layered = (layer: () => tf.layers.Layer) => () =>
  modelWith(
    ({ encoder, decoder }) =>
      ({ images }, _random, training) =>
        squaredError(decoder.apply(encoder.apply(images, { training })) as tf.Tensor4D, images),
    () => [layer()],
  );

describeNative('noise of a step that is not from its stream', () => {
  it.each([
    ['tf.randomNormal', noisy((x) => tf.randomNormal(x.shape))],
    ['tf.randomUniform', noisy((x) => tf.randomUniform(x.shape))],
    ['tf.truncatedNormal', noisy((x) => tf.truncatedNormal(x.shape))],
    ['tf.dropout', noisy((x) => tf.dropout(x, 0.5))],
    ['Math.random', noisy(() => tf.scalar((Reflect.get(Math, 'random') as () => number)()))],
    ['dropout', layered(() => tf.layers.dropout({ rate: 0.5 }))],
    ['gaussianNoise', layered(() => tf.layers.gaussianNoise({ stddev: 1 }))],
    ['gaussianDropout', layered(() => tf.layers.gaussianDropout({ rate: 0.5 }))],
    ['alphaDropout', layered(() => tf.layers.alphaDropout({ rate: 0.5 }))],
  ])('is fresh at every step, and said: %s', async (_name, model) => {
    const { on, off } = await bothWays({ model });
    for (const { terms, notices, replayed } of [on, off]) {
      expect(new Set(terms.map(({ loss }) => loss)).size).toBe(STEPS);
      expect(notices).toEqual([
        expect.stringMatching(/^Objective "own" draws noise that is not from `random`/),
      ]);
      expect(replayed).toBe(0);
    }
    // With one image again and again the losses of one frozen mask would fall smoothly.
    const jumps = lossesOf(on).filter((loss, i, all) => i > 0 && loss > all[i - 1]!).length;
    expect(jumps).toBeGreaterThan(STEPS / 10);
  });

  it('from the stream is replayed with the same bits', async () => {
    const { on, same } = await bothWays({
      model: () =>
        modelWith(
          ({ encode, decode }) =>
            ({ images }, random) =>
              squaredError(decode(tf.add(encode(images), random.normal([2, 3]))) as tf.Tensor4D, images),
        ),
    });
    expect({ same, notices: on.notices }).toEqual({ same: true, notices: [] });
    expect(on.replayed).toBeGreaterThan(10);
  });
});

/** A loss with a factor that `next` gives at each call. */
const weighted = (next: () => (call: number) => number) => () => {
  const factor = next();
  let calls = 0;
  return modelWith(
    ({ reconstruction }) =>
      (batch) =>
        tf.mul(reconstruction(batch), factor((calls += 1))),
  );
};

describeNative('what JavaScript changes from step to step', () => {
  it.each<[string, () => ReturnType<typeof modelWith>]>([
    ['a capacity that rises at every step', weighted(() => (call) => call / 100)],
    ['a factor that changes every tenth step', weighted(() => (call) => 1 + Math.floor(call / 10))],
    ['a branch at every second step', weighted(() => (call) => (call % 2 ? 1 : 2))],
    ['a counter that moves every hundred steps', weighted(() => (call) => 1 + Math.floor(call / 100))],
    [
      'another branch at every second step',
      () => {
        let calls = 0;
        return modelWith(
          ({ reconstruction, encode }) =>
            (batch) =>
              (calls += 1) % 2 ? reconstruction(batch) : tf.mean(tf.square(encode(batch.images))),
        );
      },
    ],
    [
      'one step in five of another kind',
      () => {
        let calls = 0;
        return modelWith(
          ({ reconstruction, encode }) =>
            (batch) =>
              (calls += 1) % 5 ? reconstruction(batch) : tf.mean(tf.square(encode(batch.images))),
        );
      },
    ],
  ])('is in every step, and said: %s', async (_name, model) => {
    const { on, same } = await bothWays({ model, steps: 220 });
    expect({ same, replayed: on.replayed }).toEqual({ same: true, replayed: 0 });
    expect(on.notices).toEqual([expect.stringMatching(/takes the ordinary path/)]);
  });

  it.each<[string, string, () => () => number]>([
    [
      'a closure that the loss calls',
      'calls',
      () => {
        let calls = 0;
        return () => (calls += 1);
      },
    ],
    [
      'an object',
      'counter.calls',
      () => {
        const counter = { calls: 0, next: () => (counter.calls += 1) };
        return () => counter.next();
      },
    ],
    [
      'a private field',
      'counter.#calls',
      () => {
        class Counter {
          #calls = 0;
          next() {
            return (this.#calls += 1);
          }
        }
        const counter = new Counter();
        return () => counter.next();
      },
    ],
    [
      'a list that grows',
      'seen.length',
      () => {
        const seen: number[] = [];
        return () => seen.push(1);
      },
    ],
  ])(
    'that moves only every hundred steps is in every step, be the count in %s',
    async (_name, path, counter) => {
      const { on, same } = await bothWays({
        steps: 220,
        model: () => {
          const next = counter();
          return modelWith(
            ({ reconstruction }) =>
              (batch) =>
                tf.mul(reconstruction(batch), 1 + Math.floor(next() / 100)),
          );
        },
      });
      expect({ same, replayed: on.replayed }).toEqual({ same: true, replayed: 0 });
      expect(on.notices).toEqual([expect.stringContaining(`its loss changes "${path}" at every call`)]);
    },
  );

  it('and is set up by the first call alone is no change', async () => {
    const { on, same } = await bothWays({
      model: () => {
        let ready = false;
        return modelWith(({ reconstruction }) => (batch) => {
          ready ||= true;
          return tf.mul(reconstruction(batch), Number(ready));
        });
      },
    });
    expect({ same, notices: on.notices }).toEqual({ same: true, notices: [] });
    expect(on.replayed).toBeGreaterThan(10);
  });

  it.each<[string, Trial]>([
    [
      'a factor that a callback sets at the start of epoch 3',
      (() => {
        let factor = 1;
        return {
          model: () => {
            factor = 1;
            return modelWith(
              ({ reconstruction }) =>
                (batch) =>
                  tf.mul(reconstruction(batch), factor),
            );
          },
          callbacks: () => [{ name: 'set', beforeStep: ({ epoch }) => void (factor = epoch >= 3 ? 2 : 1) }],
        };
      })(),
    ],
    [
      'a training phase that ends with epoch 2',
      (() => {
        let training = true;
        return {
          model: () =>
            modelWith(
              ({ reconstruction, encode }) =>
                (batch) =>
                  training
                    ? tf.add(reconstruction(batch), tf.mean(encode(batch.images)))
                    : reconstruction(batch),
            ),
          callbacks: () => [{ name: 'set', beforeStep: ({ epoch }) => void (training = epoch <= 2) }],
        };
      })(),
    ],
  ])('between epochs is in every step, and said: %s', async (_name, trial) => {
    const { on, same } = await bothWays({ ...trial, epochs: 4 });
    expect(same).toBe(true);
    expect(on.replayed).toBeGreaterThan(20);
    expect(on.notices).toEqual([expect.stringMatching(/is not replayed from step 81 on/)]);
  });

  it.each([1, 60])(
    'a layer that is frozen at step %i is frozen, and the rest goes on being replayed',
    async (at) => {
      const frozen = new Map<object, tf.layers.Layer>();
      const { on, same } = await bothWays({
        steps: 100,
        model: () =>
          modelWith(({ reconstruction, encoder }) => {
            frozen.set(frozen, encoder.layers[1]!);
            return reconstruction;
          }),
        callbacks: () => [
          {
            name: 'freeze',
            beforeStep: ({ step }) => void (step === at && (frozen.get(frozen)!.trainable = false)),
          },
        ],
      });
      expect({ same, notices: on.notices }).toEqual({ same: true, notices: [] });
      expect(on.replayed).toBeGreaterThan(30);
    },
  );

  it('and is kept in a tf.Variable is replayed with the same bits', async () => {
    let beta!: tf.Variable;
    const { on, same } = await bothWays({
      model: () =>
        modelWith((parts) => {
          beta = parts.beta;
          return (batch) => tf.mul(parts.reconstruction(batch), beta);
        }),
      callbacks: () => [
        { name: 'move', beforeStep: ({ step }) => tf.tidy(() => beta.assign(tf.scalar(step / 10))) },
      ],
    });
    expect({ same, notices: on.notices }).toEqual({ same: true, notices: [] });
    expect(on.replayed).toBeGreaterThan(10);
  });

  it('and is a variable that the loss assigns, such as a moving average, is replayed with the same bits', async () => {
    const { on, same } = await bothWays({
      model: () =>
        modelWith(({ encode, decode, center }) => ({ images }, _random, training) => {
          const codes = encode(images);
          const distance = tf.mean(tf.square(tf.sub(codes, center)));
          if (training) center.assign(tf.add(tf.mul(center, 0.9), tf.mul(tf.mean(codes, 0), 0.1)));
          return tf.add(squaredError(decode(codes) as tf.Tensor4D, images), distance);
        }),
    });
    expect({ same, notices: on.notices }).toEqual({ same: true, notices: [] });
    expect(on.replayed).toBeGreaterThan(10);
  });

  it('later than the first sixteen steps is found, and the notice names the steps that used the old value', async () => {
    let factor = 1;
    const { on, off, same } = await bothWays({
      steps: 140,
      model: () => {
        factor = 1;
        return modelWith(
          ({ reconstruction }) =>
            (batch) =>
              tf.mul(reconstruction(batch), factor),
        );
      },
      callbacks: () => [{ name: 'set', beforeStep: ({ step }) => void (factor = step >= 100 ? 2 : 1) }],
    });
    expect(same).toBe(false);
    expect(lossesOf(on).slice(0, 100)).toEqual(lossesOf(off).slice(0, 100));
    expect(on.notices).toEqual([
      expect.stringMatching(
        /from step 129 on.*a number that JavaScript makes was 1 and became 2 \(since step 66\)\. Steps 67 to 128 were replayed and may have used what held at step 66/,
      ),
    ]);
  });
});

describeNative('a gradient of one’s own', () => {
  const rounded = tf.customGrad((x) => ({
    value: tf.round(x as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => dy,
  }));

  it('by tf.customGrad is replayed, to the same bits', async () => {
    const model = () =>
      modelWith(
        ({ encode, decode }) =>
          ({ images }) =>
            squaredError(decode(rounded(tf.mul(encode(images), 3))), images),
      );
    const { on, same } = await bothWays({ model });
    expect({ same, notices: on.notices }).toEqual({ same: true, notices: [] });
    expect(on.replayed).toBeGreaterThan(0);
  });
});
