import { vae, type ModelDefinition } from '@ae/models';
import { describe, expect, it } from '@jest/globals';

import type { DataRecord } from '../src/record/run-record.js';
import { checkUnchanged, readSettings } from '../src/record/settings.js';

const definition = vae as unknown as ModelDefinition;

describe('readSettings()', () => {
  it('takes the values of a recipe where nothing is typed', () => {
    const { optimizer, batchSize, epochs, options } = definition.recipes.original!;
    expect(readSettings(definition, { recipe: 'original' })).toMatchObject({
      recipe: 'original',
      optimizer,
      batchSize,
      epochs,
      seed: 1,
      options: { ...definition.defaults, ...options },
    });
  });

  it('lets what is typed replace them', () => {
    const settings = readSettings(definition, {
      options: { latentDim: '7' },
      epochs: 3,
      batchSize: 9,
      learningRate: 0.5,
      seed: 4,
    });
    expect(settings).toMatchObject({
      epochs: 3,
      batchSize: 9,
      seed: 4,
      optimizer: { learningRate: 0.5 },
      options: { latentDim: 7 },
    });
  });

  it('refuses an unknown recipe, naming the known ones', () => {
    expect(() => readSettings(definition, { recipe: 'orginal' })).toThrow(
      /^Cannot use --recipe orginal: vae has none of that name, expected one of default, original, .*; did you mean "original"\?$/,
    );
  });
});

describe('checkUnchanged()', () => {
  const started = {
    ...readSettings(definition, { epochs: 3, options: { latentDim: '7' } }),
    data: { asked: 'mnist', name: 'mnist' } as DataRecord,
    backend: { name: 'wasm', why: '' },
  };

  it('lets the same values, and values that are not typed, pass', () => {
    expect(() => checkUnchanged(definition, started, {})).not.toThrow();
    expect(() =>
      checkUnchanged(definition, started, { epochs: 3, options: { latentDim: '7' }, recipe: 'default' }),
    ).not.toThrow();
  });

  it('refuses changed ones, naming each', () => {
    expect(() => checkUnchanged(definition, started, { epochs: 2, options: { latentDim: '2' } })).toThrow(
      'Cannot resume: --epochs is 2 where the run was started with 3; --set latentDim is 2 where the run was started with 7; leave these out, or start another run',
    );
    const typed = {
      recipe: 'original',
      batchSize: 9,
      learningRate: 0.5,
      seed: 4,
      validation: 0.2,
      backend: 'cpu',
    };
    for (const [name, value] of Object.entries(typed)) {
      const option = name.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);
      expect(() => checkUnchanged(definition, started, { [name]: value })).toThrow(
        `Cannot resume: --${option} is ${value} where the run was started with`,
      );
    }
  });
});
