import { checksumOf } from './checksum.js';
import type { DataSet, Examples } from './examples.js';
import type { ReadParts } from './format.js';
import { splitExamples, type SplitOptions } from './split-examples.js';

export interface PartsOptions extends SplitOptions {
  name: string;
  source: string;
}

/**
 * A data set of what was read: the parts that the files have stay, those that lack are drawn, or cut off the end, of what
 * there is to train on.
 * @throws RangeError for shares that leave no example for training
 */
export function dataSetOf(parts: ReadParts, { validation, test, ...options }: PartsOptions): DataSet {
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
