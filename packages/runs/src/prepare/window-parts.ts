import { windows, type DataSet, type Examples } from '@ae/data';

import { UsageError } from '../errors.js';

/**
 * The parts of a series, cut into windows each on its own, so that no row is in two parts.
 * @throws UsageError for examples that are no rows, and a part that is shorter than a window
 */
export function windowed(set: DataSet, options: { length: number; stride: number }): DataSet {
  const { train, validation, test } = set;
  if (train.shape.length !== 1)
    throw new UsageError(
      `Cannot cut windows: found examples of ${train.shape.join(' × ')}, expected the rows of a table`,
    );
  const cut = (part: string, rows: Examples) => {
    if (rows.count < options.length)
      throw new UsageError(
        `Cannot cut windows of ${options.length} rows: found ${rows.count} in ${part}, expected as many at least; make the windows shorter, or the part larger`,
      );
    return windows(rows, options);
  };
  return {
    ...set,
    train: cut('train', train),
    validation: validation.count === 0 ? noWindow(train, options) : cut('validation', validation),
    ...(test && { test: cut('test', test) }),
  };
}

/** Where no row is kept for validation. */
const noWindow = ({ values, shape, ...rows }: Examples, { length }: { length: number }): Examples => ({
  ...rows,
  values: values.subarray(0, 0),
  shape: [length, ...shape],
  count: 0,
  ...(rows.labels && { labels: rows.labels.subarray(0, 0) }),
  ...(rows.names && { names: [] }),
});
