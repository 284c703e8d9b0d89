import {
  applyScaling,
  minMax,
  robust,
  standardise,
  type DataSet,
  type Examples,
  type Scaling,
  unitOf,
} from '@ae/data';

/** What may be asked for about scaling. */
export type ScalingName = 'none' | Scaling['method'];

/** The names that `--scale` takes. */
export const scalingNames: readonly ScalingName[] = ['none', 'standardise', 'min-max', 'robust'];

const fits = { standardise, 'min-max': minMax, robust } satisfies Record<
  Scaling['method'],
  (examples: Examples) => Examples
>;

/**
 * A data set whose values are scaled, as the training part asks for it. Bytes are pictures as a rule and stay as they
 * are; floats are brought to mean 0 and standard deviation 1, which is said.
 */
export function scaled(set: DataSet, asked: ScalingName | undefined, say: (text: string) => void): DataSet {
  const name = asked ?? (unitOf(set.train.values) === 255 ? 'none' : 'standardise');
  if (name === 'none') return set;
  if (asked === undefined)
    say(
      'values are scaled to mean 0 and standard deviation 1, as the training part has them; --scale says otherwise',
    );
  const train = fits[name](set.train);
  const { scaling } = train;
  const { validation, test } = set;
  return {
    ...set,
    train,
    validation: applyScaling(validation, scaling!),
    ...(test && { test: applyScaling(test, scaling!) }),
  };
}
