import * as tf from '@tensorflow/tfjs';

/** Named numbers of one batch, or their means over an epoch: `loss`, and what it is made of. */
export type Terms = Record<string, number>;

/** Frees the scalars and reads them all at once. */
export async function readTerms(scalars: Record<string, tf.Scalar>): Promise<Terms> {
  const names = Object.keys(scalars);
  const stacked = tf.tidy(() => tf.stack(Object.values(scalars)));
  tf.dispose(scalars);
  const values = await stacked.data();
  stacked.dispose();
  return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
}

/** The terms of the first objective keep their names, those of the others are called `<objective>.<term>`. */
export const joinTerms = (objectives: readonly string[], terms: readonly Terms[]): Terms =>
  Object.assign(
    {},
    ...terms.map((own, i) => (i === 0 ? own : withPrefix(`${objectives[i]}.`, own))),
  ) as Terms;

export const withPrefix = (prefix: string, terms: Terms): Terms =>
  Object.fromEntries(Object.entries(terms).map(([name, value]) => [prefix + name, value]));
