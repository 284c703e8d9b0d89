import type { ValidationOptions } from '@ae/data';
import type { PublishedDataSet } from './published.js';

/** The options, with the split that a published data set defines where they say nothing. */
export function ownSplit(
  { validation }: PublishedDataSet,
  { validationCount, validationShare, validationSeed }: ValidationOptions,
): ValidationOptions {
  const isOwn = validationCount === undefined && validationShare === undefined;
  return { validationCount: isOwn ? validation : validationCount, validationShare, validationSeed };
}
