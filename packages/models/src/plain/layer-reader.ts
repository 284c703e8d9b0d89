import type { TensorData } from '../safetensors.js';
import { sizeOf } from './size-of.js';

/** Reads one layer of a network's description, which may come from anywhere, and refuses what does not fit. */
export interface LayerReader {
  /** So many whole numbers. @param least the least that each may be */
  wholes(setting: string, count: number, least: number): number[];
  /** Two pairs of whole numbers from 0: above and below, left and right. */
  edges(setting: string): [[number, number], [number, number]];
  /** The sides of so many values; one may be null, which is what the others leave. */
  shape(setting: string, size: number): number[];
  number(setting: string): number;
  oneOf<T extends string>(setting: string, known: readonly T[]): T;
  /** A weight of so many sides. */
  weight(role: string, rank: number): Weight;
  /** A vector of that length, or undefined where the layer has none. */
  vector(role: string, length: number): Float32Array | undefined;
  /** The error for what does not fit. */
  wrong(found: string, expected: string): RangeError;
}

export interface Weight {
  shape: readonly number[];
  data: Float32Array;
}

/** @param place such as `layer 3 of the encoder` */
export function layerReader(
  description: Readonly<Record<string, unknown>>,
  tensors: Readonly<Record<string, TensorData>>,
  place: string,
): LayerReader {
  const wrong = (found: string, expected: string) =>
    new RangeError(`Cannot read the network: found ${found} in ${place}, expected ${expected}`);
  const unfit = (setting: string, expected: string) =>
    wrong(`${setting} ${JSON.stringify(description[setting])}`, expected);
  const weight = (role: string, rank: number): Weight => {
    const name = description[role];
    if (typeof name !== 'string' || !Object.hasOwn(tensors, name))
      throw unfit(role, 'the name of one of the tensors');
    const { shape, data } = tensors[name]!;
    if (shape.length !== rank)
      throw wrong(`the tensor "${name}" of shape [${shape}] as ${role}`, `one of ${rank} sides`);
    const bad = data.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw wrong(`${data[bad]} at element ${bad} of "${name}"`, 'finite numbers');
    return { shape, data: data instanceof Float32Array ? data : Float32Array.from(data) };
  };
  return {
    wholes(setting, count, least) {
      const values = description[setting];
      if (!areWholes(values, least) || values.length !== count)
        throw unfit(setting, `${count} whole numbers from ${least}`);
      return values;
    },
    edges(setting) {
      const pairs = description[setting];
      const fit =
        Array.isArray(pairs) &&
        pairs.length === 2 &&
        pairs.every((pair) => areWholes(pair, 0) && pair.length === 2);
      if (!fit) throw unfit(setting, 'two pairs of whole numbers from 0');
      return pairs as [[number, number], [number, number]];
    },
    shape(setting, size) {
      const sides = description[setting];
      if (!Array.isArray(sides) || sides.indexOf(null) !== sides.lastIndexOf(null))
        throw unfit(setting, 'whole numbers from 1');
      const left = size / sizeOf(sides.filter((side) => side !== null));
      const values: unknown[] = sides.map((side) => side ?? left);
      if (!areWholes(values, 1) || sizeOf(values) !== size)
        throw unfit(setting, `the sides of ${size} values`);
      return values;
    },
    number(setting) {
      const value = description[setting];
      if (typeof value !== 'number') throw unfit(setting, 'a number');
      return value;
    },
    oneOf(setting, known) {
      const found = known.find((value) => value === description[setting]);
      if (found === undefined) throw unfit(setting, `one of ${known.join(', ')}`);
      return found;
    },
    weight,
    vector(role, length) {
      if (description[role] === undefined) return undefined;
      const { shape, data } = weight(role, 1);
      if (shape[0] !== length) throw wrong(`a ${role} of ${shape[0]} numbers`, String(length));
      return data;
    },
    wrong,
  };
}

export const areWholes = (value: unknown, least: number): value is number[] =>
  Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= least);
