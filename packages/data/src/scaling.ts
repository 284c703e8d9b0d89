import { checkExamples } from './check-examples.js';
import type { Examples, Scaling } from './examples.js';
import { fitScaling, forEachValue } from './fit-scaling.js';

/** Examples with what was done to their values. */
export type ScaledExamples = Examples & { values: Float32Array; scaling: Scaling };

/**
 * Scales each place of the last dimension, a column or a channel, to mean 0 and standard deviation 1 (that of the whole, divided by n).
 * One that is the same everywhere becomes 0. Categories stay 0 and 1, and missing values missing, of which nothing is fitted. Fit it on
 * the training part alone and give the others to `applyScaling`.
 * @throws TypeError for examples that are scaled already, or whose arrays do not fit their count and shape
 */
export const standardise = (examples: Examples): ScaledExamples => fitted(examples, 'standardise');

/**
 * Scales each place of the last dimension, a column or a channel, from its least and largest value to 0 and 1. One that is the same
 * everywhere becomes 0. Categories stay 0 and 1, and missing values missing. Fit it on the training part alone: what `applyScaling` makes
 * of the others may lie outside.
 * @throws TypeError for examples that are scaled already, or whose arrays do not fit their count and shape
 */
export const minMax = (examples: Examples): ScaledExamples => fitted(examples, 'min-max');

/**
 * Scales each place of the last dimension, a column or a channel, so that its median is 0 and the middle half of its values spans 1: the
 * few that lie far out move neither. Quartiles lie between values as NumPy's do (type 7 of Hyndman and Fan, 1996). Where the middle half
 * is all the same, the standard deviation takes its place; one that is the same everywhere becomes 0. Categories stay 0 and 1, and
 * missing values missing.
 * @throws TypeError for examples that are scaled already, or whose arrays do not fit their count and shape
 */
export const robust = (examples: Examples): ScaledExamples => fitted(examples, 'robust');

/**
 * Scales examples as others were: (value − offset) / scale, of bytes value/255 first.
 * @throws TypeError for examples that are scaled already, or have another number of columns or channels
 */
export function applyScaling(examples: Examples, scaling: Scaling): ScaledExamples {
  checkUnscaled(examples);
  const columns = columnsOf(examples);
  checkColumns('Cannot scale', scaling, columns);
  const values = new Float32Array(examples.values.length).fill(NaN);
  forEachValue(examples, (value, column, i) => {
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

function fitted(examples: Examples, method: Scaling['method']): ScaledExamples {
  checkUnscaled(examples);
  const fit = fitScaling(method, columnsOf(examples), examples.fields);
  let pass = fit.next();
  for (; !pass.done; pass = fit.next()) forEachValue(examples, pass.value);
  return applyScaling(examples, pass.value);
}

const columnsOf = ({ shape }: Examples): number => shape.at(-1)!;

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
