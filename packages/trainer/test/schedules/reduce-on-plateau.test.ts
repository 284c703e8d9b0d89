import { describe, expect, test } from '@jest/globals';

import { schedule } from '../../src/index.js';
import { feed } from '../hand-run.js';

const reduceOnPlateau = (options: Record<string, number> = {}) =>
  schedule({ name: 'reduce-on-plateau', ...options });

describe('the schedule reduce-on-plateau', () => {
  test('multiplies the learning rate after `patience` epochs without a fall, and waits again', async () => {
    const { rates } = await feed(reduceOnPlateau({ factor: 0.5, patience: 2 }), [5, 5, 5, 5, 5, 4, 4]);
    expect(rates).toEqual([0.1, 0.1, 0.05, 0.05, 0.025, 0.025, 0.025]);
  });
  test('does not go below minLearningRate', async () => {
    const { rates } = await feed(reduceOnPlateau({ patience: 1, minLearningRate: 0.02 }), [5, 5, 5]);
    expect(rates).toEqual([0.1, 0.02, 0.02]);
  });
  test('goes on from its state', async () => {
    const first = reduceOnPlateau({ patience: 3, factor: 0.5 });
    await feed(first, [5, 5, 5]);
    const second = reduceOnPlateau({ patience: 3, factor: 0.5 });
    second.restore!(first.state!());
    expect((await feed(second, [5])).rates).toEqual([0.05]);
  });
  test('refuses a factor that does not reduce', () => {
    expect(() => reduceOnPlateau({ factor: 1 })).toThrow('found factor 1, expected a number >0 and <1');
  });
});
