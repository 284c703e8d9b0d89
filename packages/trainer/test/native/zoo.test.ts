import { describe, expect, it } from '@jest/globals';
import { zoo } from '@ae/models';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

import { describeNative, useNative } from './native.js';
import { train, type Training } from './train.js';

/** Enough that some are replayed after those that are compared. */
const STEPS = 24;
const {
  ae,
  vae,
  'conv-ae': convAe,
  'conv-vae': convVae,
} = Object.fromEntries(
  Object.values(zoo).map((definition) => [definition.name, definition]),
) as unknown as Record<string, { build: (options: object, random: never) => ReturnType<Training['build']> }>;

async function expectReplaysAlike(
  training: Omit<Training, 'steps'>,
  recordings: 'on' | 'checked at every step',
) {
  const backend = await useNative();
  const { replayed, ...found } = await train(backend, { ...training, steps: STEPS }, recordings);
  const { replayed: none, ...expected } = await train(backend, { ...training, steps: STEPS }, 'off');
  expect(found).toEqual(expected);
  expect({ none, notices: found.notices }).toEqual({ none: 0, notices: [] });
  expect(replayed).toBeGreaterThan(0);
}

/** Checks a property of random inputs: the same ones in every run, unless AE_TEST_SEED says otherwise. */
const always = <T>(inputs: fc.Arbitrary<T>, property: (input: T) => Promise<void>, numRuns: number) =>
  fc.assert(fc.asyncProperty(inputs, property), { numRuns, seed: Number(process.env.AE_TEST_SEED ?? 1) });

describeNative('every model of the zoo', () => {
  for (const definition of Object.values(zoo))
    for (const [recipe, { options, optimizer }] of Object.entries(definition.recipes))
      for (const labels of [false, true])
        it(`${definition.name}, recipe ${recipe}, ${labels ? 'with' : 'without'} labels, is replayed with the bits of the ordinary path from every step on`, () => {
          const shape = [12, 8, 1];
          const map = (options as { code?: string } | undefined)?.code === 'map' && { latentDim: 24 };
          const small = definition.name === 'conv-vae' && recipe === 'original' && { latentDim: 16 };
          const all = { ...options, shape, ...map, ...small } as never;
          return expectReplaysAlike(
            {
              build: (random) => definition.build(all, random as never),
              shape,
              batchSize: 6,
              labels,
              optimizer,
            },
            'checked at every step',
          );
        });
});

describeNative('small models', () => {
  const side = fc.constantFrom(4, 8, 12);
  const shape = fc.tuple(side, side, fc.constantFrom(1, 3));
  const common = { shape, batchSize: fc.constantFrom(1, 3, 20, 64, 300), labels: fc.boolean() };
  const width = fc.constantFrom(1, 3, 8, 17);

  it('of dense layers are replayed alike, be the batch larger than every layer, with and without labels', () =>
    always(
      fc.record({
        ...common,
        latentDim: width,
        hidden: fc.array(width, { minLength: 1, maxLength: 2 }),
        gaussian: fc.boolean(),
        dropout: fc.constantFrom(0, 0.5),
      }),
      ({ shape, latentDim, hidden, gaussian, dropout, ...rest }) => {
        const options = { shape, latentDim, hidden };
        const build: Training['build'] = (random) =>
          gaussian
            ? vae!.build(options, random as never)
            : ae!.build({ ...options, dropout }, random as never);
        return expectReplaysAlike({ build, shape, ...rest }, 'checked at every step');
      },
      10,
    ));

  it('of examples of any shape are replayed alike: odd sides, series, rows, a Gaussian likelihood', () =>
    always(
      fc.record({
        around: fc.constantFrom(
          { network: 'conv', shape: [7, 5, 3], channels: [3, 4] },
          { network: 'conv', shape: [9, 6, 1], channels: [3, 4], strides: 1 },
          { network: 'conv1d', shape: [11, 2], channels: [3, 4] },
          { network: 'conv1d', shape: [12, 1], channels: [4], kernelSize: 5 },
          { network: 'dense', shape: [13] },
          { network: 'dense', shape: [6, 2] },
        ),
        more: fc.constantFrom<object>({}, { likelihood: 'gaussian' }, { output: 'linear' }),
        batchSize: fc.constantFrom(1, 5, 20),
        activation: fc.constantFrom('relu', 'swish'),
      }),
      ({ around, more, activation, batchSize }) => {
        const options = { ...around, ...more, activation, hidden: [8], latentDim: 2 };
        const build: Training['build'] = (random) =>
          ('output' in more ? ae! : vae!).build(options, random as never);
        return expectReplaysAlike(
          { build, shape: around.shape, batchSize, labels: false },
          'checked at every step',
        );
      },
      8,
    ));

  it('of every likelihood are replayed alike, with categories, and where values are missing', () =>
    always(
      fc.record({
        model: fc.constantFrom(ae!, vae!),
        likelihood: fc.constantFrom(
          { likelihood: 'gaussian', variance: 'each' },
          { likelihood: 'gaussian', variance: 'fixed' },
          { likelihood: 'student-t', variance: 'one' },
          { likelihood: 'student-t', variance: 'each', degreesOfFreedom: 4 },
        ),
        categories: fc.constantFrom([], [0, 1, 1, 0, 2, 2, 2], [3, 3, 3, 1, 2, 2, 1]),
        missing: fc.constantFrom(0, 0.2),
        batchSize: fc.constantFrom(1, 5, 20),
      }),
      ({ model, likelihood, categories, missing, batchSize }) => {
        const options = { shape: [7], hidden: [8], latentDim: 2, ...likelihood, categories };
        return expectReplaysAlike(
          {
            build: (random) => model.build({ ...options, missing: missing > 0 }, random as never),
            ...{ shape: [7], batchSize, labels: false, missing },
          },
          'checked at every step',
        );
      },
      16,
    ));

  it('of convolutions are replayed alike, with and without labels', () =>
    always(
      fc.record({
        ...common,
        batchSize: fc.constantFrom(1, 5, 20),
        channels: fc.tuple(width, width),
        hidden: fc.constantFrom(16, 32),
        latentDim: width,
        gaussian: fc.boolean(),
      }),
      ({ shape, channels, hidden, latentDim, gaussian, ...rest }) => {
        const options = { shape, channels, latentDim };
        const build: Training['build'] = (random) =>
          gaussian
            ? convVae!.build({ ...options, hidden }, random as never)
            : convAe!.build({ ...options, hidden: [hidden] }, random as never);
        return expectReplaysAlike({ build, shape, ...rest }, 'checked at every step');
      },
      8,
    ));
});

describe('the zoo', () => {
  it('has models', () => {
    expect(Object.keys(zoo).length).toBeGreaterThan(0);
    expect(tf.version_core).toBeDefined();
  });
});
