import { checkExamples } from './check-examples.js';
import { unitOf, type Examples, type Scaling } from './examples.js';

/** Examples with what was done to their values. */
export type ScaledExamples = Examples & { values: Float32Array; scaling: Scaling };

/**
 * Scales each place of the last dimension, a column or a channel, to mean 0 and standard deviation 1 (that of the whole, divided by n).
 * One that is the same everywhere becomes 0. Categories stay 0 and 1, and missing values missing, of which nothing is fitted. Fit it on
 * the training part alone and give the others to `applyScaling`.
 * @throws TypeError for examples that are scaled already, or whose arrays do not fit their count and shape
 */
export function standardise(examples: Examples): ScaledExamples {
  const mean = meansOf(examples);
  const deviation = deviationsOf(examples, mean);
  return scaled(examples, 'standardise', (i) => ({
    offset: mean[i]!,
    scale: scaleOf(deviation[i]!, mean[i]!),
  }));
}

/**
 * Scales each place of the last dimension, a column or a channel, from its least and largest value to 0 and 1. One that is the same
 * everywhere becomes 0. Categories stay 0 and 1, and missing values missing. Fit it on the training part alone: what `applyScaling` makes
 * of the others may lie outside.
 * @throws TypeError for examples that are scaled already, or whose arrays do not fit their count and shape
 */
export function minMax(examples: Examples): ScaledExamples {
  checkUnscaled(examples);
  const columns = columnsOf(examples);
  const [least, most] = [new Float64Array(columns).fill(Infinity), new Float64Array(columns).fill(-Infinity)];
  forEach(examples, (value, column) => {
    if (value < least[column]!) least[column] = value;
    if (value > most[column]!) most[column] = value;
  });
  return scaled(examples, 'min-max', (i) => ({
    offset: least[i]!,
    scale: scaleOf(most[i]! - least[i]!, least[i]!),
  }));
}

/**
 * Scales each place of the last dimension, a column or a channel, so that its median is 0 and the middle half of its values spans 1: the
 * few that lie far out move neither. Quartiles lie between values as NumPy's do (type 7 of Hyndman and Fan, 1996). Where the middle half
 * is all the same, the standard deviation takes its place; one that is the same everywhere becomes 0. Categories stay 0 and 1, and
 * missing values missing.
 * @throws TypeError for examples that are scaled already, or whose arrays do not fit their count and shape
 */
export function robust(examples: Examples): ScaledExamples {
  const deviation = deviationsOf(examples, meansOf(examples));
  const sorted = sortedColumns(examples);
  return scaled(examples, 'robust', (i) => {
    const [low, median, high] = [0.25, 0.5, 0.75].map((share) => quantileOf(sorted[i]!, share));
    const isFlat = high! - low! <= 1e-12 * Math.abs(median!);
    return { offset: median!, scale: isFlat ? scaleOf(deviation[i]!, median!) : high! - low! };
  });
}

/**
 * Scales examples as others were: (value − offset) / scale, of bytes value/255 first.
 * @throws TypeError for examples that are scaled already, or have another number of columns or channels
 */
export function applyScaling(examples: Examples, scaling: Scaling): ScaledExamples {
  checkUnscaled(examples);
  const columns = columnsOf(examples);
  checkColumns('Cannot scale', scaling, columns);
  const values = new Float32Array(examples.values.length).fill(NaN);
  forEach(examples, (value, column, i) => {
    values[i] = (value - scaling.offset[column]!) / scaling.scale[column]!;
  });
  return { ...examples, values, scaling };
}

/**
 * Scaled values, such as reconstructions, as they were before: value · scale + offset. What were bytes comes out from 0 to 1.
 * @throws TypeError when the values are not rows of as many columns or channels as the scaling has
 */
export function unscale(values: Float32Array, scaling: Scaling): Float32Array {
  const columns = scaling.offset.length;
  if (columns === 0 || values.length % columns !== 0)
    throw new TypeError(
      `Cannot unscale: found ${values.length} values, expected a multiple of ${columns}, the columns or channels that were scaled`,
    );
  return values.map((value, i) => value * scaling.scale[i % columns]! + scaling.offset[i % columns]!);
}

/** Categories are 0 and 1 already, and a column of which nothing is known has nothing to fit. */
function scaled(
  examples: Examples,
  method: Scaling['method'],
  fit: (column: number) => { offset: number; scale: number },
): ScaledExamples {
  const isNumber = examples.fields?.flatMap((field) =>
    field.kind === 'number' ? [true] : field.categories.map(() => false),
  );
  const fits = Array.from({ length: columnsOf(examples) }, (_, i) => {
    const fitted = isNumber?.[i] === false ? undefined : fit(i);
    return fitted && Number.isFinite(fitted.offset) ? fitted : { offset: 0, scale: 1 };
  });
  return applyScaling(examples, {
    method,
    offset: fits.map(({ offset }) => offset),
    scale: fits.map(({ scale }) => scale),
  });
}

function meansOf(examples: Examples): Float64Array {
  checkUnscaled(examples);
  const counts = new Float64Array(columnsOf(examples));
  forEach(examples, (_value, column) => counts[column]!++);
  const mean = new Float64Array(counts.length);
  forEach(examples, (value, column) => (mean[column]! += value / counts[column]!));
  return mean.map((each, i) => (counts[i] ? each : NaN));
}

function deviationsOf(examples: Examples, mean: Float64Array): Float64Array {
  const [sums, counts] = [new Float64Array(mean.length), new Float64Array(mean.length)];
  forEach(examples, (_value, column) => counts[column]!++);
  forEach(examples, (value, column) => (sums[column]! += (value - mean[column]!) ** 2 / counts[column]!));
  return sums.map(Math.sqrt);
}

function sortedColumns(examples: Examples): Float64Array[] {
  const columns = columnsOf(examples);
  const sorted = Array.from({ length: columns }, () => new Float64Array(examples.values.length / columns));
  const counts = new Float64Array(columns);
  forEach(examples, (value, column) => (sorted[column]![counts[column]!++] = value));
  return sorted.map((values, i) => values.subarray(0, counts[i]).sort());
}

function quantileOf(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below + (above - below) * (place - Math.floor(place));
}

const columnsOf = ({ shape }: Examples): number => shape.at(-1)!;

/** Where nothing varies but the last bits of sums, there is nothing to divide by. */
const scaleOf = (spread: number, about: number): number => (spread > 1e-12 * Math.abs(about) ? spread : 1);

/** Numbers as they are, bytes as value/255; missing values are left out. */
function forEach({ values, shape }: Examples, visit: (value: number, column: number, i: number) => void) {
  const columns = shape.at(-1)!;
  const unit = unitOf(values);
  for (let i = 0; i < values.length; i++)
    if (!Number.isNaN(values[i]!)) visit(values[i]! / unit, i % columns, i);
}

function checkUnscaled(examples: Examples): void {
  checkExamples('Cannot scale', examples);
  if (examples.scaling)
    throw new TypeError(
      `Cannot scale: found examples that are scaled by ${examples.scaling.method}, expected them as they were; unscale() them`,
    );
}

function checkColumns(cannot: string, { offset, scale }: Scaling, columns: number): void {
  if (offset.length !== columns || scale.length !== columns)
    throw new TypeError(
      `${cannot}: found a scaling of ${offset.length} columns or channels, expected ${columns}, the last of the shape`,
    );
}
