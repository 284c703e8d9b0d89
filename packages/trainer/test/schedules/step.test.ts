import { expect, test } from '@jest/globals';

import { schedule } from '../../src/index.js';
import { rateAt } from '../hand-run.js';

test('the schedule step multiplies the rate by `factor` after every `every` epochs', () => {
  const halved = schedule({ name: 'step', every: 2, factor: 0.5 });
  expect([0, 19, 20, 39, 40].map((step) => rateAt(halved, step))).toEqual([0.1, 0.1, 0.05, 0.05, 0.025]);
  expect(() => schedule({ name: 'step', every: 0, factor: 0.5 })).toThrow('found every 0, expected a number');
  expect(() => schedule({ name: 'step', every: 2, factor: 0 })).toThrow(
    'found factor 0, expected a number >0',
  );
});
