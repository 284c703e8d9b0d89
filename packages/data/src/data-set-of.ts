import { checksumOf } from './checksum.js';
import type { DataSet, Examples } from './examples.js';
import type { ReadParts } from './format.js';
import { slice } from './select.js';
import { splitExamples, type SplitOptions } from './split-examples.js';
import { windows, type WindowOptions } from './windows.js';

export interface PartsOptions extends SplitOptions {
  name: string;
  source: string;
  /** Rows that are steps of a series, in the order of time, become windows: split by order first, then each part cut. */
  window?: Omit<WindowOptions, 'channels'> | undefined;
}

/**
 * A data set of what was read: the parts that the files have stay, those that lack are drawn, or cut off the end, of what
 * there is to train on.
 * @throws RangeError for shares that leave no example for training, and parts shorter than a window
 */
export function dataSetOf(parts: ReadParts, { window, ...options }: PartsOptions): DataSet {
  if (!window) return splitParts(parts, options);
  const { train, validation, test, ...data } = splitParts(parts, { ...options, by: 'order' });
  const cut = (name: string, part: Examples) => {
    if (part.count < window.length)
      throw new RangeError(
        `Cannot cut windows of ${window.length} rows: found ${part.count} in ${name}, expected as many at least; make the windows shorter, or the part larger`,
      );
    return windows(part, window);
  };
  const firsts = cut('train', train);
  const windowed = {
    train: firsts,
    validation: validation.count > 0 ? cut('validation', validation) : slice(firsts, 0, 0),
    ...(test && { test: cut('test', test) }),
  };
  return { ...data, ...windowed, checksum: checksumOf(Object.values(windowed)) };
}

function splitParts(
  parts: ReadParts,
  { validation, test, ...options }: Omit<PartsOptions, 'window'>,
): DataSet {
  if ('all' in parts) return splitExamples(parts.all, { validation, test, ...options });
  const given = [parts.train, parts.validation, parts.test].filter((part) => part !== undefined);
  const split = splitExamples(parts.train, {
    ...options,
    validation: parts.validation ? 0 : validation,
    test: parts.test ? 0 : test,
  });
  return { ...split, ...present(parts), train: split.train, checksum: checksumOf(given) };
}

const present = ({ validation, test }: { validation?: Examples; test?: Examples }) => ({
  ...(validation && { validation }),
  ...(test && { test }),
});
