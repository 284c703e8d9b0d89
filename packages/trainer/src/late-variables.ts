import * as tf from '@tensorflow/tfjs';

/**
 * Does a step and sees that it makes no variable: a layer that is built only when it is used has weights that nobody
 * seeds, trains, saves or frees.
 * @throws TypeError naming the variable
 */
export function withoutLateVariables<T>(step: () => T): T {
  const before = new Set(Object.keys(tf.engine().registeredVariables));
  const result = step();
  const late = Object.keys(tf.engine().registeredVariables).find((name) => !before.has(name));
  if (late === undefined) return result;
  throw new TypeError(
    `Cannot train: found the variable "${late}", which a step has made, expected all of a model's to be made in build, where they are seeded; give the first layer of its network an inputShape`,
  );
}
