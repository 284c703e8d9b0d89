import { UsageError } from '@ae/runs/text';

/** A reader of an option's whole number, for an argument table. */
export const wholeNumber =
  (option: string, { min = 0, max = Number.MAX_SAFE_INTEGER }: { min?: number; max?: number } = {}) =>
  (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
    throw new UsageError(`Cannot use ${option} ${text}: expected a whole number ${range}`);
  };

/** A reader of an option's positive number, for an argument table. */
export const positiveNumber =
  (option: string) =>
  (text: string): number => {
    const value = text.trim() === '' ? NaN : Number(text);
    if (Number.isFinite(value) && value > 0) return value;
    throw new UsageError(`Cannot use ${option} ${text}: expected a number above 0`);
  };

/** A reader of an option's share of a whole, for an argument table. */
export const share =
  (option: string) =>
  (text: string): number => {
    const value = text.trim() === '' ? NaN : Number(text);
    if (value >= 0 && value < 1) return value;
    throw new UsageError(`Cannot use ${option} ${text}: expected a share from 0 to below 1, such as 0.1`);
  };

/** A reader of an option that is one of a few words, for an argument table. */
export const oneOf =
  <Word extends string>(option: string, words: readonly Word[]) =>
  (text: string): Word => {
    const found = words.find((word) => word === text);
    if (found !== undefined) return found;
    throw new UsageError(`Cannot use ${option} ${text}: expected one of ${words.join(', ')}`);
  };
