import type { ImageDataSet } from './data-set.js';
import { digits, type DigitsOptions } from './digits.js';

/** A data set, and whether it is the one that was hoped for. */
export interface AutoDataSet extends ImageDataSet {
  /** One line for people, there when generated digits took MNIST's place. */
  notice?: string;
}

/** Digits drawn by the generator in place of MNIST, with a notice that says why and what to do about it. */
export async function digitsInstead(
  error: Error,
  remedy: string,
  { validationCount, validationShare, validationSeed, onProgress, signal }: DigitsOptions,
): Promise<AutoDataSet> {
  const [reason] = error.message.split('; ');
  const drawn = await digits({ validationCount, validationShare, validationSeed, onProgress, signal });
  return { ...drawn, notice: `${reason}: generated digits take its place; ${remedy}` };
}
