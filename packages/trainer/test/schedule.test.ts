import { beforeAll, describe, expect, test } from '@jest/globals';
import { randomStream, zoo, type ModelDefinition, type ScheduleSpec } from '@ae/models';
import * as v from 'valibot';

import {
  fit,
  schedule,
  scheduleSchema,
  spansTheRun,
  type Callback,
  type TrainingState,
} from '../src/index.js';
import { schedules } from '../src/schedules/index.js';
import { toy, toyImages, toyOptions, useCpu, weightsHash } from './toy.js';

beforeAll(useCpu);

/** A schedule by its name alone, and for each option without a default the first of some values that it allows. */
function specOf([name, { options, defaults }]: [string, (typeof schedules)[keyof typeof schedules]]) {
  const needed = Object.entries(options).filter(([option]) => !(option in defaults));
  const allowed = ([option, rule]: [string, v.GenericSchema]) => [
    option,
    [0.5, 1, 2, 'train.loss'].find((value) => v.is(rule, value)),
  ];
  return { name, ...Object.fromEntries(needed.map(allowed)) } as ScheduleSpec;
}

describe.each(Object.entries(schedules).map(specOf))('the schedule $name', (spec) => {
  test('is read from a file as it was written', () => {
    expect(v.parse(scheduleSchema, spec)).toEqual(spec);
    expect(v.safeParse(scheduleSchema, { ...spec, finl: 0 }).success).toBe(false);
  });

  test('ends at the same weights when the run is stopped in mid-course and goes on', async () => {
    const train = async (callbacks: Callback[], resume?: TrainingState) => {
      const random = randomStream(1);
      const model = toy.build({}, random);
      await fit(model, {
        ...{ ...toyOptions(random), validation: toyImages(), callbacks },
        ...(resume && { resume }),
      });
      return weightsHash(model);
    };
    let state: TrainingState | undefined;
    const pause: Callback = {
      name: 'pause',
      beforeStep: (run) => void (run.step === 3 && run.stop('paused')),
      onPause: async (run) => void (run.stopReason && (state = await run.state())),
    };
    await train([schedule(spec), pause]);
    expect(await train([schedule(spec)], state)).toBe(await train([schedule(spec)]));
  });
});

test('constant leaves the rate as it was given', async () => {
  const random = randomStream(1);
  const options = { ...toyOptions(random), callbacks: [schedule({ name: 'constant' })] };
  const { history } = await fit(toy.build({}, random), options);
  expect(history.map(({ learningRate }) => learningRate)).toEqual([0.01, 0.01, 0.01]);
});

test('a cosine spans the run, so that more epochs make another run; steps do not', () => {
  expect(spansTheRun({ name: 'cosine' })).toBe(true);
  expect(spansTheRun({ name: 'step', every: 2, factor: 0.5 })).toBe(false);
});

test.each<[ScheduleSpec, RegExp, typeof TypeError | typeof RangeError]>([
  [{ name: 'cosin' }, /found name "cosin", expected one of .*\bcosine\b/, TypeError],
  [{ name: 'cosine', finl: 0 }, /cosine has no option "finl", expected one of final/, TypeError],
  [{ name: 'step', every: 2 }, /found factor undefined, expected a number >0/, TypeError],
  [{ name: 'cosine', final: NaN }, /found final NaN, expected a number >=0 and <=1/, RangeError],
])('%j is refused', (spec, message, kind) => {
  expect(() => schedule(spec)).toThrow(message);
  expect(() => schedule(spec)).toThrow(kind);
});

test('every recipe of the zoo has a schedule that is known', () => {
  for (const { recipes } of Object.values<ModelDefinition>(zoo as never))
    for (const recipe of Object.values(recipes)) schedule(recipe.schedule ?? { name: 'constant' });
});
