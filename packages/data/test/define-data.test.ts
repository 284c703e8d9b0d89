import { describe, expect, test } from '@jest/globals';
import { defineData, fromArray, splitExamples, type DataSet } from '../src/index.js';

const data = splitExamples(fromArray([1, 2, 3, 4, 5], { shape: [1] }), { name: 'five' });

describe('defineData()', () => {
  test('is the name and what load gives', async () => {
    const asked: unknown[] = [];
    const five = defineData({ name: 'five', load: (request) => (asked.push(request), data) });
    expect(five.name).toBe('five');
    expect(await five.load({ seed: 3 })).toBe(data);
    expect(asked).toEqual([{ seed: 3 }]);
  });

  test.each<[string, Partial<DataSet>, string]>([
    [
      'parts of two shapes',
      { validation: fromArray([1, 2], { shape: [2] }) },
      'found shape [2] in validation, expected [1] as in train',
    ],
    ['a test of another shape', { test: fromArray([1, 2], { shape: [2] }) }, 'found shape [2] in test'],
    [
      'arrays of another length',
      { train: { ...data.train, count: 7 } },
      'Cannot load data "five", train: found 3 values, expected 7',
    ],
    ['no checksum', { checksum: '' }, 'found checksum "", expected 64 hexadecimal digits'],
    [
      'nothing to train on',
      { train: { ...data.train, values: new Float32Array(), count: 0 } },
      'found no examples in train',
    ],
    ['no validation', { validation: undefined as never }, 'found no validation'],
  ])('refuses %s', async (_what, damage, message) => {
    const damaged = defineData({ name: 'five', load: () => ({ ...data, ...damage }) });
    await expect(damaged.load({ seed: 1 })).rejects.toThrow(message);
  });

  test('refuses a name that could not be asked for', () => {
    expect(() => defineData({ name: 'My data', load: () => data })).toThrow('found name "My data"');
    expect(() => defineData({ name: 'mine', load: undefined as never })).toThrow('found load as undefined');
  });
});
