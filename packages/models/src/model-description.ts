/**
 * What a file of weights says of itself in its metadata: which model it is of, and all that is needed to run it. Every
 * entry is JSON but `format` and `model`, which are texts.
 */
export interface ModelDescription {
  /** The definition's name; absent where the model was not built by one. */
  model?: string;
  /** All options that it was built with, defaults included. */
  options?: Record<string, number | string | boolean | readonly number[]>;
  /** The random stream at the start of building, from which a model may also draw what is no weight, such as masks. */
  random?: { seed: number; counter: number };
  /** Of one example: `[height, width, channels]`. */
  shape: readonly number[];
  latentDim: number;
  /** Where codes may be drawn from, if the model is generative. */
  prior?: 'standard normal';
  /** How codes and examples are computed, layer by layer, or why that takes TensorFlow.js. */
  networks: NetworkDescriptions | { cannot: string };
  /** How values were scaled before they were trained on: (value - offset) / scale, with a number for all or for each channel. */
  scaling?: Scaling;
  /** Names of the classes, in the order of the labels. */
  classes?: readonly string[];
  /** The reconstruction error from which an example counts as an anomaly. */
  threshold?: number;
}

/** What `@ae/data` fits and takes back. */
export interface Scaling {
  method: 'standardise' | 'min-max' | 'robust';
  offset: readonly number[];
  scale: readonly number[];
}

export interface NetworkDescriptions {
  encoder: readonly LayerDescription[];
  decoder: readonly LayerDescription[];
}

/** A layer: its kind by the name that Keras has for it, the settings that it follows, and the names of its weights. */
export type LayerDescription = { readonly kind: string } & Readonly<Record<string, unknown>>;

const FORMAT = 'ae-model-1';

/** The description as the metadata of a safetensors file. */
export function descriptionTexts({ model, ...rest }: ModelDescription): Record<string, string> {
  const texts = Object.entries(rest).filter(([, value]) => value !== undefined);
  return {
    format: FORMAT,
    ...(model !== undefined && { model }),
    ...Object.fromEntries(texts.map(([name, value]) => [name, JSON.stringify(value)])),
  };
}

/**
 * Reads what `descriptionTexts` wrote; the layers of the networks are checked when they are made.
 * @throws RangeError where the metadata describe no model, or an entry is not what it should be
 */
export function readDescription(metadata: Readonly<Record<string, string>>): ModelDescription {
  if (metadata.format !== FORMAT)
    throw new RangeError(
      `Cannot read what the weights are of: found format ${JSON.stringify(metadata.format)} in the metadata, expected "${FORMAT}", as saveModel writes; of weights without a description, build the model yourself and use loadWeights(model, bytes)`,
    );
  const description: Record<string, unknown> = {
    ...(metadata.model !== undefined && { model: metadata.model }),
  };
  for (const [name, { required, expected, fits }] of Object.entries(entries)) {
    const value = parse(name, metadata[name]);
    if (value === undefined && !required) continue;
    if (!fits(value))
      throw new RangeError(
        `Cannot read what the weights are of: found ${name} ${JSON.stringify(value)?.slice(0, 80)} in the metadata, expected ${expected}`,
      );
    description[name] = value;
  }
  return description as unknown as ModelDescription;
}

function parse(name: string, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new RangeError(`Cannot read what the weights are of: ${name} in the metadata is no JSON`, {
      cause,
    });
  }
}

interface Entry {
  required?: boolean;
  expected: string;
  fits(value: unknown): boolean;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isListOf = (value: unknown, fits: (item: unknown) => boolean): value is unknown[] =>
  Array.isArray(value) && value.every(fits);
const isLayer = (value: unknown) => isRecord(value) && typeof value.kind === 'string';
const isOption = (value: unknown) =>
  ['number', 'string', 'boolean'].includes(typeof value) ||
  isListOf(value, (item) => typeof item === 'number');

const entries: Record<Exclude<keyof ModelDescription, 'model'>, Entry> = {
  options: {
    expected: 'numbers, texts, true or false and lists of numbers by name',
    fits: (value) => isRecord(value) && Object.values(value).every(isOption),
  },
  random: {
    expected: 'a seed and a counter',
    fits: (value) => isRecord(value) && isWhole(value.seed) && isWhole(value.counter),
  },
  shape: {
    required: true,
    expected: 'whole numbers from 1',
    fits: (value) => isListOf(value, (side) => isWhole(side) && side > 0),
  },
  latentDim: {
    required: true,
    expected: 'a whole number from 1',
    fits: (value) => isWhole(value) && value > 0,
  },
  prior: { expected: '"standard normal"', fits: (value) => value === 'standard normal' },
  networks: {
    required: true,
    expected: 'an encoder and a decoder, each a list of layers',
    fits: (value) =>
      isRecord(value) &&
      (typeof value.cannot === 'string' ||
        (isListOf(value.encoder, isLayer) && isListOf(value.decoder, isLayer))),
  },
  scaling: {
    expected: 'a method with offsets and scales',
    fits: (value) =>
      isRecord(value) &&
      ['standardise', 'min-max', 'robust'].includes(String(value.method)) &&
      isListOf(value.offset, (item) => typeof item === 'number') &&
      isListOf(value.scale, (item) => typeof item === 'number'),
  },
  classes: {
    expected: 'a list of names',
    fits: (value) => isListOf(value, (name) => typeof name === 'string'),
  },
  threshold: { expected: 'a number', fits: (value) => typeof value === 'number' },
};
