import { useBackend } from '@ae/backend/node';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as tf from '@tensorflow/tfjs';

import {
  ae,
  decodeSafetensors,
  defineModel,
  disposeModel,
  encodeSafetensors,
  loadModel,
  loadWeights,
  namedWeights,
  randomStream,
  saveModel,
  saveWeights,
  vae,
  zoo,
  type Autoencoder,
  type ModelDefinition,
} from '../src/index.js';
import { plainModel } from '../src/plain.js';
import { ownModels } from './own-models.js';
import { smallOptions } from './small-options.js';

beforeAll(() => useBackend('wasm'));

const models = [
  ...Object.values(zoo as unknown as Record<string, ModelDefinition>).map((definition) => ({
    definition,
    options: smallOptions(definition),
    definitions: [],
  })),
  ...(ownModels as unknown as ModelDefinition[]).map((definition) => ({
    definition,
    options: {},
    definitions: [definition],
  })),
].map((each) => [each.definition.name, each] as const);

describe('loadModel()', () => {
  test.each(models)('makes of what saveModel() wrote the %s that it was', async (name, each) => {
    const { definition, options, definitions } = each;
    const model = definition.build(options as ModelDefinition['defaults'], randomStream(4, 9));
    const before = tf.memory().numTensors;
    const bytes = await saveModel(model, { metadata: { epoch: '3' }, threshold: 0.5, classes: ['a'] });
    expect(tf.memory().numTensors).toBe(before);
    const loaded = loadModel(bytes, { definitions });
    expect(loaded.definition).toBe(definition);
    expect(loaded.metadata.epoch).toBe('3');
    expect(loaded.description).toMatchObject({
      ...{ model: name, random: { seed: 4, counter: 9 }, threshold: 0.5, classes: ['a'] },
      options: { ...definition.defaults, ...options },
    });
    expect(await bitsOf(loaded.model)).toEqual(await bitsOf(model));
    [model, loaded.model].forEach(disposeModel);
    expect(tf.memory().numTensors).toBeLessThan(before);
  });

  test('builds with the random numbers that the model was built with, of which some are no weights', async () => {
    const masked = defineModel({
      name: 'masked',
      summary: 'A model of these tests',
      defaults: { latentDim: 2 },
      build({ latentDim }, random): Autoencoder {
        const mask = random.uniform([4]).dataSync();
        const made = ae.build({ latentDim, hidden: [3] }, random);
        const encode = (images: tf.Tensor4D) => tf.mul(made.encode(images), mask[0]!) as tf.Tensor2D;
        return { ...made, encode };
      },
    });
    const model = masked.build({}, randomStream(12, 7));
    const loaded = loadModel(await saveModel(model), { definitions: [masked] });
    const images = randomStream(1).uniform([2, 28, 28, 1]) as tf.Tensor4D;
    const [expected, found] = tf.tidy(() =>
      [model, loaded.model].map((each) => each.encode(images).dataSync()),
    );
    expect(found).toEqual(expected);
    [model, loaded.model].forEach(disposeModel);
  });

  test('refuses a model that it does not know, and says how to give it', async () => {
    const [critic] = ownModels;
    const model = critic.build({}, randomStream(1));
    const bytes = await saveModel(model);
    expect(() => loadModel(bytes)).toThrow(
      `Cannot load the model: found weights of "with-a-critic", expected one of ${Object.keys(zoo).join(', ')}; give its definition, loadModel(bytes, { definitions: [withACritic] })`,
    );
    disposeModel(model);
  });

  test('refuses weights that describe no model, which loadWeights() takes as before', async () => {
    const model = ae.build({ hidden: [3] }, randomStream(1));
    const bytes = await saveWeights(model, { epoch: '3' });
    expect(() => loadModel(bytes)).toThrow(
      'found format undefined in the metadata, expected "ae-model-1", as saveModel writes; of weights without a description, build the model yourself and use loadWeights(model, bytes)',
    );
    loadWeights(model, bytes);
    const nameless = { ...model };
    delete nameless.builtFrom;
    const saved = await saveModel(nameless);
    expect(() => loadModel(saved)).toThrow('found no name of a model in the file');
    expect(plainModel(saved).name).toBeUndefined();
    disposeModel(model);
  });

  test.each([
    ['options that make a larger model', { options: '{"hidden":[3000]}' }, 'beyond all that the file has'],
    [
      'options that make many layers',
      { options: `{"hidden":[${'1,'.repeat(5000)}1]}` },
      'beyond all that the file has',
    ],
    ['options of another model', { options: '{"hidden":[6]}' }, 'expected [784,6]'],
    ['an unknown option', { options: '{"bta":4}' }, 'unknown option "bta"'],
    ['an option of another type', { options: '{"latentDim":"2"}' }, 'latentDim is "2", expected a number'],
    ['another shape', { shape: '[14,56,1]' }, 'found the shape [14,56,1] in the file, expected [28,28,1]'],
    ['options that are no JSON', { options: '{' }, 'options in the metadata is no JSON'],
    ['options that are no record', { options: '[]' }, 'found options [] in the metadata'],
    ['no side', { shape: '[0]' }, 'found shape [0] in the metadata, expected whole numbers from 1'],
    ['a seed that is none', { random: '{"seed":-1,"counter":0}' }, 'expected a seed and a counter'],
    [
      'no layers',
      { networks: '{"encoder":[1],"decoder":[]}' },
      'found networks {"encoder":[1],"decoder":[]}',
    ],
    ['no threshold', { threshold: '"high"' }, 'found threshold "high"'],
    ['no scaling', { scaling: '{"method":"log"}' }, 'expected a method with offsets and scales'],
    ['another format', { format: 'ae-model-2' }, 'found format "ae-model-2"'],
  ])('refuses %s by name, and leaves no tensor behind', async (_, texts: Record<string, string>, message) => {
    const model = ae.build({ hidden: [5] }, randomStream(1));
    const { tensors, metadata } = decodeSafetensors(await saveModel(model));
    const before = tf.memory().numTensors;
    const spoilt = encodeSafetensors(tensors, { ...metadata, ...texts });
    expect(() => loadModel(spoilt)).toThrow(/^Cannot /);
    expect(() => loadModel(spoilt)).toThrow(message);
    expect(tf.memory().numTensors).toBe(before);
    disposeModel(model);
  });
});

describe('saveModel()', () => {
  let model: Autoencoder;
  beforeAll(() => void (model = vae.build({ hidden: [3] }, randomStream(1))));
  afterAll(() => disposeModel(model));

  test('writes weights that Python and loadWeights() read as ever', async () => {
    const bytes = await saveModel(model);
    expect(decodeSafetensors(bytes).tensors).toEqual(decodeSafetensors(await saveWeights(model)).tensors);
  });

  test('refuses a weight that is not finite', async () => {
    const spoilt = ae.build({ hidden: [3] }, randomStream(1));
    tf.tidy(() => namedWeights(spoilt)['encoder/code/bias']!.assign(tf.tensor1d([0, NaN])));
    await expect(saveModel(spoilt)).rejects.toThrow(
      'Cannot save the model: the weight "encoder/code/bias" is NaN at element 1, expected finite numbers',
    );
    disposeModel(spoilt);
  });

  test('refuses a text in the place of the description', async () => {
    await expect(saveModel(model, { metadata: { shape: 'round' } })).rejects.toThrow(
      'Cannot save the model: found metadata called "shape"',
    );
  });
});

describe('a hostile file', () => {
  test('is refused by name wherever it is cut or changed, by loadModel() and plainModel()', async () => {
    const model = ae.build({ shape: [2, 2, 1], hidden: [3] }, randomStream(1));
    const whole = await saveModel(model);
    disposeModel(model);
    // Without the checksum, which would notice every change before anything is read.
    const { tensors, metadata } = decodeSafetensors(whole);
    const foreign = unsealed(encodeSafetensors(tensors, metadata));
    const seen = { loaded: 0, refused: 0 };
    const tryOut = (bytes: Uint8Array) => {
      for (const open of [(b: Uint8Array) => disposeModel(loadModel(b).model), plainModel])
        try {
          open(bytes);
          seen.loaded += 1;
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
          expect((error as Error).message).toMatch(/^Cannot (read|load|build|run) /);
          expect(['RangeError', 'TypeError']).toContain((error as Error).name);
          seen.refused += 1;
        }
    };
    const before = tf.memory().numTensors;
    for (let end = 0; end < foreign.length; end += 7) tryOut(foreign.subarray(0, end));
    const header = Number(new DataView(foreign.buffer).getBigUint64(0, true)) + 8;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(header - 1), fc.constantFrom(...'09-[]{},:"eE.n a')), {
          minLength: 1,
          maxLength: 3,
        }),
        (changes) => {
          const changed = foreign.slice();
          for (const [at, letter] of changes) changed[at] = letter.charCodeAt(0);
          tryOut(changed);
        },
      ),
      { numRuns: 1500, seed: 9 },
    );
    console.log(`${seen.refused} refused, ${seen.loaded} opened`);
    expect(seen.refused).toBeGreaterThan(1000);
    expect(tf.memory().numTensors).toBe(before);
  });
});

/** The same file as another program writes it. */
function unsealed(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const bare = text.replace(/"ae.sha256":"[0-9a-f]+","ae.writer":"@ae\/models",/, (found) =>
    ' '.repeat(found.length),
  );
  return Uint8Array.from(Buffer.from(bare, 'latin1'));
}

async function bitsOf(model: Autoencoder): Promise<Record<string, string>> {
  const bits: Record<string, string> = {};
  for (const [name, variable] of Object.entries(namedWeights(model)))
    bits[name] = Buffer.from(Float32Array.from(await variable.data()).buffer).toString('hex');
  return bits;
}
