import type { AnnealSpec } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import type { Callback } from '../callback.js';

/**
 * Moves a model's `annealed` scalars with every step, as a recipe's `anneal` says: the weight of a KL term (Bowman et
 * al., "Generating sentences from a continuous space", CoNLL 2016, section 3.1), a temperature, a capacity. Each value
 * is a function of the step alone, so a resumed run goes on exactly. Validation sees every scalar at its `to`, so that
 * its losses can be compared; that is also how the run leaves it.
 * @throws RangeError for a number out of its range, TypeError for an unknown course; out of `fit`, TypeError for a name
 * that the model has not
 */
export function anneal(courses: Record<string, AnnealSpec>): Callback {
  for (const [name, course] of Object.entries(courses)) check(name, course);
  const entries = Object.entries(courses);
  let current: Record<string, tf.Variable> = {};
  let isAtEnd = true;
  const assign = (valueOf: (course: AnnealSpec) => number) =>
    entries.forEach(([name, course]) => tf.tidy(() => current[name]!.assign(tf.scalar(valueOf(course)))));
  const end = () => {
    if (isAtEnd) return;
    isAtEnd = true;
    assign(({ to }) => to);
  };
  return {
    name: 'anneal',
    onStart({ model }) {
      current = model.annealed ?? {};
      const unknown = entries.find(([name]) => !Object.hasOwn(current, name));
      if (unknown)
        throw new TypeError(
          `Cannot anneal "${unknown[0]}": the model has no such scalar, expected one of its annealed: ${Object.keys(current).join(', ') || 'none'}`,
        );
      isAtEnd = false;
    },
    beforeStep({ step, batchesPerEpoch }) {
      const epochs = step / batchesPerEpoch;
      if (entries.every(([, { over }]) => epochs >= over)) return end();
      isAtEnd = false;
      assign((course) => valueAt(course, epochs));
    },
    beforeValidation: end,
    onEnd: end,
  };
}

function valueAt({ from, to, over, by = 'linear' }: AnnealSpec, epochs: number): number {
  const share = Math.min(1, epochs / over);
  if (share === 1) return to;
  if (by === 'exponential') return from * (to / from) ** share;
  return from + (to - from) * (by === 'cosine' ? (1 - Math.cos(Math.PI * share)) / 2 : share);
}

function check(name: string, { from, to, over, by = 'linear' }: AnnealSpec): void {
  const cannot = `Cannot anneal "${name}"`;
  for (const [key, value] of Object.entries({ from, to }))
    if (!Number.isFinite(value))
      throw new RangeError(`${cannot}: ${key} is ${value}, expected a finite number`);
  if (!(over > 0 && over < Infinity))
    throw new RangeError(`${cannot}: over is ${over}, expected a number of epochs above 0`);
  if (!['linear', 'cosine', 'exponential'].includes(by))
    throw new TypeError(`${cannot}: by is "${by}", expected linear, cosine or exponential`);
  if (by === 'exponential' && !(from * to > 0))
    throw new RangeError(
      `${cannot}: from ${from} to ${to} is no exponential course, expected two numbers above 0, or two below`,
    );
}
