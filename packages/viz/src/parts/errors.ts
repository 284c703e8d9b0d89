import { max, quantile } from 'd3-array';
import { countText, pluralOf, type Pictures } from './stack.js';
import { numberText } from './number-text.js';

/** What of the scores of examples comes from where: by pixel, by column or by time step, over all channels. */
export interface Errors {
  /** Pixels, columns or steps of one example. */
  places: number;
  /** count · places numbers from 0; NaN where one is not finite. */
  values: Float32Array;
  /** The end of the scale that all examples share. */
  top: number;
  /** How many lie beyond it. */
  beyond: number;
}

/** The share of the largest that is cut off, */
const TAIL = 0.005;
/** where they would make the scale so many times as long. */
const FAR = 3;

/** Checks that each value has an error, and sums them over channels; what is below 0 counts as none. */
export function errorsOf(subject: string, pictures: Pictures, where: Float32Array): Errors {
  const { kind, values: originals, count, shape, size } = pictures;
  if (where.length !== originals.length)
    throw new TypeError(
      `Cannot draw ${subject}: where holds ${where.length} values, expected ${originals.length}, one for each value of ${countText(pictures)}`,
    );
  const channels = kind === 'row' ? 1 : shape.at(-1)!;
  const places = size / channels;
  const values = new Float32Array(count * places);
  values.forEach((_, i) => {
    for (let channel = 0; channel < channels; channel++) {
      const error = where[i * channels + channel]!;
      values[i]! += Number.isFinite(error) ? Math.max(0, error) : NaN;
    }
  });
  const finite = values.filter(Number.isFinite);
  const most = max(finite) ?? 0;
  const usual = quantile(finite, 1 - TAIL) ?? 0;
  const top = usual > 0 && most > FAR * usual ? usual : most;
  return { places, values, top, beyond: finite.filter((value) => value > top).length };
}

/** The errors of one example. */
export const errorsIn = ({ values, places }: Errors, index: number): Float32Array =>
  values.subarray(index * places, (index + 1) * places);

/** What the small print says of errors that lie beyond the scale, if there are any. */
export const beyondNotes = ({ beyond, top }: Errors, looks: string): string[] =>
  beyond > 0 ? [`Above ${numberText(top, 3)} all look ${looks}: ${numberText(beyond)}.`] : [];

/** What the small print says of examples with errors that are not finite, if there are any. */
export function brokenNotes(errors: Errors, { kind, count }: Pictures): string[] {
  const broken = Array.from({ length: count }, (_, i) => errorsIn(errors, i)).filter(
    (own) => !own.every(Number.isFinite),
  ).length;
  if (broken === 0) return [];
  return [`Errors that are not finite are not drawn; ${broken} of ${count} ${pluralOf(kind)} have some.`];
}
