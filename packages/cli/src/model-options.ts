import { UsageError } from './exit-code.js';
import { didYouMean } from './nearest.js';

/** The values that a model's option may have; the same as `ModelOptions` of `@ae/models`. */
export type OptionValue = number | string | boolean | readonly number[];

/**
 * Reads `--set key=value` against a model's defaults: a value has the type of the default it replaces, and a list
 * is written `512,256`.
 * @throws UsageError for an unknown key, naming the known ones, and for a value of another type
 */
export function readModelOptions(
  settings: readonly string[],
  { model, defaults }: { model: string; defaults: Record<string, OptionValue> },
): Record<string, OptionValue> {
  const options: Record<string, OptionValue> = {};
  for (const setting of settings) {
    const at = setting.indexOf('=');
    if (at < 1) throw new UsageError(`Cannot read --set ${setting}: no "=" after a name, expected key=value`);
    const key = setting.slice(0, at);
    const known = Object.keys(defaults);
    if (!Object.hasOwn(defaults, key))
      throw new UsageError(
        `Cannot read --set ${setting}: unknown option "${key}" of ${model}, expected one of ${known.join(', ')}${didYouMean(key, known)}`,
      );
    options[key] = readValue(setting, setting.slice(at + 1), defaults[key]!);
  }
  return options;
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
