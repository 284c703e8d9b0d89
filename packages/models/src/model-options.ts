import type { ModelOptions, OptionRule } from './autoencoder.js';
import { networks } from './networks/index.js';
import { likelihoods } from './parts/likelihoods/index.js';

/** The options of a model: their defaults, and what each may be. */
interface Described<Options extends ModelOptions> {
  name: string;
  defaults: Options;
  allowed?: { [Key in keyof Options]?: OptionRule };
}

/**
 * A model's defaults, replaced by what is given.
 * @throws RangeError for an unknown option, naming the known ones, for a value that is not allowed, and for one of a network
 *   that the chosen network does not read
 * @throws TypeError for an option of another type than its default
 */
export function readOptions<Options extends ModelOptions>(
  { name, defaults, allowed = {} }: Described<Options>,
  given: Partial<Options>,
  cannot = `Cannot build ${name}`,
): Options {
  for (const [key, value] of Object.entries(given)) {
    if (!Object.hasOwn(defaults, key))
      throw new RangeError(
        `${cannot}: unknown option "${key}", expected one of ${Object.keys(defaults).join(', ')}`,
      );
    const expected = kindOf(defaults[key]);
    if (kindOf(value) !== expected)
      throw new TypeError(`${cannot}: ${key} is ${JSON.stringify(value)}, expected ${expected}`);
  }
  const options = { ...defaults, ...given };
  for (const [key, rule] of Object.entries(allowed) as [string, OptionRule][])
    if (!obeys(options[key]!, rule))
      throw new RangeError(
        `${cannot}: ${key} is ${JSON.stringify(options[key])}, expected ${ruleText(rule, Array.isArray(options[key]))}`,
      );
  checkRead(cannot, defaults, options);
  return options;
}

/** So that `channels` do not go unheard where the network is dense, nor degrees of freedom where none are asked for. */
function checkRead(cannot: string, defaults: ModelOptions, options: ModelOptions): void {
  for (const [part, all] of Object.entries(chosenParts)) {
    const chosen = options[part];
    if (typeof chosen !== 'string' || !Object.hasOwn(all, chosen)) continue;
    for (const [key, value] of Object.entries(options)) {
      const readers = Object.keys(all).filter((name) => all[name]!.reads.includes(key));
      if (readers.length > 0 && !readers.includes(chosen) && String(value) !== String(defaults[key]))
        throw new RangeError(
          `${cannot}: ${key} is ${JSON.stringify(value)}, which the ${part} "${chosen}" does not read, expected ${part} ${readers.map((name) => `"${name}"`).join(' or ')}`,
        );
    }
  }
}

/** What an option chooses by its name, and which options each reads. */
const chosenParts: Record<string, Record<string, { reads: readonly string[] }>> = {
  network: networks,
  likelihood: likelihoods,
};

function kindOf(value: unknown): string {
  if (typeof value === 'number') return Number.isFinite(value) ? 'a number' : 'a number that is not finite';
  if (!Array.isArray(value)) return typeof value === 'boolean' ? 'true or false' : 'a text';
  return value.every((item) => typeof item === 'number' && Number.isFinite(item))
    ? 'a list of numbers'
    : 'a list';
}

function obeys(value: ModelOptions[string], rule: OptionRule): boolean {
  const values = Array.isArray(value) ? (value as number[]) : [value as number | string];
  if (isList(rule)) return values.every((item) => rule.includes(item));
  const { whole = false, from = -Infinity, below = Infinity, count, some } = rule;
  if ((count !== undefined && values.length !== count) || (some && values.length === 0)) return false;
  return values.every(
    (item) => Number(item) >= from && Number(item) < below && (!whole || Number.isSafeInteger(item)),
  );
}

/** An option's rule in words: `a whole number from 1`, `"linear" or "relu"`, `3 whole numbers from 1`. */
function ruleText(rule: OptionRule, many: boolean): string {
  if (isList(rule)) return rule.map((value) => JSON.stringify(value)).join(' or ');
  const { whole, from, below, count, some } = rule;
  const what = `${whole ? 'whole ' : ''}number${many ? 's' : ''}`;
  return [
    many ? `${some ? 'some ' : ''}${count === undefined ? '' : `${count} `}${what}` : `a ${what}`,
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(below === undefined ? [] : [`${from === undefined ? '' : 'and '}below ${below}`]),
  ].join(' ');
}

const isList = (rule: OptionRule): rule is readonly (string | number)[] => Array.isArray(rule);
