import { checkExamples } from './check-examples.js';
import { unitOf, type Examples, type Scaling } from './examples.js';

/** Examples with what was done to their values. */
export type ScaledExamples = Examples & { values: Float32Array; scaling: Scaling };

/**
 * Scales each place of the last dimension, a column or a channel, to mean 0 and standard deviation 1 (that of the whole, divided by n).
 * One that is the same everywhere becomes 0. Fit it on the training part alone and give the others to `applyScaling`.
 * @throws TypeError for examples that are scaled already, or whose arrays do not fit their count and shape
 */
export function standardise(examples: Examples): ScaledExamples {
  checkUnscaled(examples);
  const columns = columnsOf(examples);
  const count = examples.values.length / columns;
  const mean = new Float64Array(columns);
  forEach(examples, (value, column) => (mean[column]! += value / count));
  const variance = new Float64Array(columns);
  forEach(examples, (value, column) => (variance[column]! += (value - mean[column]!) ** 2 / count));
  return applyScaling(examples, {
    method: 'standardise',
    offset: Array.from(mean),
    scale: Array.from(variance, (each, i) => scaleOf(Math.sqrt(each), mean[i]!)),
  });
}

/**
 * Scales each place of the last dimension, a column or a channel, from its least and largest value to 0 and 1. One that is the same
 * everywhere becomes 0. Fit it on the training part alone: what `applyScaling` makes of the others may lie outside.
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
  return applyScaling(examples, {
    method: 'min-max',
    offset: Array.from(least),
    scale: Array.from(most, (each, i) => scaleOf(each - least[i]!, least[i]!)),
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
  const values = new Float32Array(examples.values.length);
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

const columnsOf = ({ shape }: Examples): number => shape.at(-1)!;

/** Where nothing varies but the last bits of sums, there is nothing to divide by. */
const scaleOf = (spread: number, about: number): number => (spread > 1e-12 * Math.abs(about) ? spread : 1);

/** Numbers as they are, bytes as value/255. */
function forEach({ values, shape }: Examples, visit: (value: number, column: number, i: number) => void) {
  const columns = shape.at(-1)!;
  const unit = unitOf(values);
  for (let i = 0; i < values.length; i++) visit(values[i]! / unit, i % columns, i);
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
