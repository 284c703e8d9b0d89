import { describe, expect, test } from '@jest/globals';

import {
  defineModel,
  disposeModel,
  optionsForData,
  randomStream,
  zoo,
  type DataKind,
  type ModelDefinition,
} from '../src/index.js';

const { ae, vae, 'conv-ae': convAe } = zoo as unknown as Record<string, ModelDefinition>;

describe('optionsForData()', () => {
  test('gives pictures in bytes their shape, and nothing to say', () => {
    const pictures: DataKind = { shape: [32, 32, 3], values: 'bytes' };
    for (const definition of Object.values(zoo) as unknown as ModelDefinition[])
      expect([definition.name, optionsForData(definition, pictures)]).toEqual([
        definition.name,
        { options: { shape: [32, 32, 3] } },
      ]);
  });

  test('gives a table of numbers a likelihood for any, and a code as wide as its columns ask for', () => {
    expect(optionsForData(vae!, { shape: [20], values: 'floats' })).toEqual({
      options: { shape: [20], latentDim: 4, likelihood: 'gaussian' },
      notice:
        'latentDim=4 likelihood=gaussian, as the data are rows of 20 floats; --set latentDim=… says otherwise',
    });
    expect(optionsForData(ae!, { shape: [3], values: 'floats' }).options).toEqual({
      ...{ shape: [3], latentDim: 1, output: 'linear' },
    });
    expect(optionsForData(ae!, { shape: [784], values: 'bytes' }).options).toEqual({
      ...{ shape: [784], latentDim: 28 },
    });
  });

  test('gives the columns of categories, and says that values may be missing', () => {
    const fields: DataKind['fields'] = [
      { name: 'colour', kind: 'category', categories: ['red', 'green', 'blue'] },
      { name: 'weight', kind: 'number' },
      { name: 'sex', kind: 'category', categories: ['f', 'm'] },
    ];
    const data: DataKind = { shape: [6], values: 'floats', fields, missing: true };
    expect(optionsForData(vae!, data).options).toMatchObject({
      ...{ categories: [1, 1, 1, 0, 2, 2], missing: true, likelihood: 'gaussian' },
    });
    expect(optionsForData(ae!, data).options).toMatchObject({
      ...{ categories: [1, 1, 1, 0, 2, 2], missing: true, output: 'linear' },
    });
    const many: DataKind = { ...data, shape: [12], fields: [...fields, ...fields] };
    expect(optionsForData(ae!, many).notice).toContain('categories=1,1,1,0,2,2,3,3,… missing=true');
  });

  test('leaves alone what is typed, also where it is the default', () => {
    const series: DataKind = { shape: [50, 3], values: 'floats' };
    expect(optionsForData(vae!, series, { likelihood: 'bernoulli' })).toEqual({
      options: { shape: [50, 3] },
    });
    expect(optionsForData(ae!, { shape: [9], values: 'floats' }, { latentDim: 5, shape: [8] })).toMatchObject(
      {
        options: { output: 'linear' },
      },
    );
    expect(optionsForData(convAe!, { shape: [8, 8, 1], values: 'floats' }, { output: 'linear' })).toEqual({
      options: { shape: [8, 8, 1] },
    });
  });

  test('asks a model of one’s own, and gives a shape only where it has one', () => {
    const own = defineModel({
      name: 'own',
      summary: 'A model of this test',
      defaults: { columns: 3 },
      forData: ({ shape }) => ({ columns: shape[0]! }),
      build: () => vae!.build({}, randomStream(1)),
    });
    expect(optionsForData(own, { shape: [7], values: 'floats' })).toEqual({
      options: { columns: 7 },
      notice: 'columns=7, as the data are rows of 7 floats; --set columns=… says otherwise',
    });
  });

  test.each<[string, DataKind]>([
    ['vae', { shape: [1], values: 'floats' }],
    ['ae', { shape: [500], values: 'floats' }],
    ['vae', { shape: [12, 2], values: 'floats' }],
    ['conv-ae', { shape: [9, 7, 3], values: 'floats' }],
    ['conv-vae', { shape: [8, 8, 1], values: 'floats' }],
    ['conv-ae', { shape: [9, 2], values: 'floats', missing: true }],
    ['conv-vae', { shape: [16, 1], values: 'floats' }],
  ])('%s is built for %j', (name, data) => {
    const definition = (zoo as unknown as Record<string, ModelDefinition>)[name]!;
    const model = definition.build(optionsForData(definition, data).options, randomStream(1));
    expect(model.encoder.inputs[0]!.shape.slice(1)).toEqual(data.shape);
    expect(model.range).toBe('any');
    disposeModel(model);
  });
});
