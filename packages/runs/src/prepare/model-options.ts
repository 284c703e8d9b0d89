import { UsageError } from '../errors.js';
import { didYouMean } from '../did-you-mean.js';

/** The values that a model's option may have; the same as `ModelOptions` of `@ae/models`. */
export type OptionValue = number | string | boolean | readonly number[];

/**
 * Reads a model's options against its defaults: a value has the type of the default it replaces; text is read as that
 * type, a list as `512,256`.
 * @throws UsageError for an unknown key, naming the known ones, and for a value of another type
 */
export function readModelOptions(
  given: Readonly<Record<string, OptionValue>>,
  { model, defaults }: { model: string; defaults: Record<string, OptionValue> },
): Record<string, OptionValue> {
  const known = Object.keys(defaults);
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => {
      const setting = `${key}=${String(value)}`;
      if (!Object.hasOwn(defaults, key))
        throw new UsageError(
          `Cannot read --set ${setting}: unknown option "${key}" of ${model}, expected one of ${known.join(', ')}${didYouMean(key, known)}`,
        );
      return [key, typeof value === 'string' ? readValue(setting, value, defaults[key]!) : value];
    }),
  );
}

function readValue(setting: string, text: string, like: OptionValue): OptionValue {
  const refuse = (expected: string): never => {
    throw new UsageError(`Cannot read --set ${setting}: found "${text}", expected ${expected}`);
  };
  const number = (part: string): number => {
    const value = part.trim() === '' ? NaN : Number(part);
    return Number.isFinite(value)
      ? value
      : refuse(Array.isArray(like) ? 'numbers, such as 512,256' : 'a number');
  };
  if (Array.isArray(like)) {
    const list = text.replace(/^\[(.*)\]$/, '$1');
    return list.trim() === '' ? [] : list.split(',').map(number);
  }
  switch (typeof like) {
    case 'number':
      return number(text);
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : refuse('true or false');
    default:
      return text;
  }
}
