import { unitOf, type Examples, type Field, type Scaling } from './examples.js';

/** Looks at one value, which is there, and the place of the last dimension that it stands at. */
export type Visit = (value: number, column: number) => void;

/** Values of a column that are sorted at a time, at most, but for one column that has more. */
const mostSorted = 2 ** 23;

/**
 * How a scaling is fitted, one pass over the training values after the other: each visit that is given wants to see all of them, in their
 * order, wherever they lie. Categories stay 0 and 1, and a column of which nothing is known has nothing to fit.
 */
export function* fitScaling(
  method: Scaling['method'],
  columns: number,
  fields: readonly Field[] | undefined,
): Generator<Visit, Scaling, void> {
  const fitted = yield* { standardise: standardised, 'min-max': ranged, robust: quartered }[method](columns);
  const isNumber = fields?.flatMap((field) =>
    field.kind === 'number' ? [true] : field.categories.map(() => false),
  );
  const fits = fitted.map((fit, i) =>
    isNumber?.[i] === false || !Number.isFinite(fit.offset) ? { offset: 0, scale: 1 } : fit,
  );
  return { method, offset: fits.map(({ offset }) => offset), scale: fits.map(({ scale }) => scale) };
}

/** Visits numbers as they are and bytes as value/255, with their place in the array; missing values are left out. */
export function forEachValue(
  { values, shape }: Pick<Examples, 'values' | 'shape'>,
  visit: (value: number, column: number, i: number) => void,
): void {
  const columns = shape.at(-1)!;
  const unit = unitOf(values);
  for (let i = 0; i < values.length; i++)
    if (!Number.isNaN(values[i]!)) visit(values[i]! / unit, i % columns, i);
}

type Fitting = Generator<Visit, { offset: number; scale: number }[], void>;

function* standardised(columns: number): Fitting {
  const { means, deviations } = yield* momentsOf(columns);
  return fitsOf(columns, (i) => ({ offset: means[i]!, scale: scaleOf(deviations[i]!, means[i]!) }));
}

function* ranged(columns: number): Fitting {
  const [least, most] = [new Float64Array(columns).fill(Infinity), new Float64Array(columns).fill(-Infinity)];
  yield (value, column) => {
    if (value < least[column]!) least[column] = value;
    if (value > most[column]!) most[column] = value;
  };
  return fitsOf(columns, (i) => ({ offset: least[i]!, scale: scaleOf(most[i]! - least[i]!, least[i]!) }));
}

/** Sorts as many columns at a time as there is room for. */
function* quartered(columns: number): Fitting {
  const { counts, deviations } = yield* momentsOf(columns);
  const quarters: number[][] = [];
  for (let from = 0; from < columns; from = quarters.length) {
    let [to, room] = [from, 0];
    do room += counts[to++]!;
    while (to < columns && room + counts[to]! <= mostSorted);
    const sorted = Array.from(counts.subarray(from, to), (count) => new Float64Array(count));
    const filled = new Float64Array(sorted.length);
    yield (value, column) => {
      if (column >= from && column < to) sorted[column - from]![filled[column - from]!++] = value;
    };
    for (const values of sorted)
      quarters.push([0.25, 0.5, 0.75].map((share) => quantileOf(values.sort(), share)));
  }
  return fitsOf(columns, (i) => {
    const [low, median, high] = quarters[i]!;
    const isFlat = high! - low! <= 1e-12 * Math.abs(median!);
    return { offset: median!, scale: isFlat ? scaleOf(deviations[i]!, median!) : high! - low! };
  });
}

/** Of each column: how many values are there, their mean, and their standard deviation divided by n. */
function* momentsOf(
  columns: number,
): Generator<Visit, Record<'counts' | 'means' | 'deviations', Float64Array>> {
  const counts = new Float64Array(columns);
  yield (_value, column) => counts[column]!++;
  const sums = new Float64Array(columns);
  yield (value, column) => (sums[column]! += value / counts[column]!);
  const means = sums.map((sum, i) => (counts[i] ? sum : NaN));
  const squares = new Float64Array(columns);
  yield (value, column) => (squares[column]! += (value - means[column]!) ** 2 / counts[column]!);
  return { counts, means, deviations: squares.map(Math.sqrt) };
}

const fitsOf = (columns: number, fit: (column: number) => { offset: number; scale: number }) =>
  Array.from({ length: columns }, (_, i) => fit(i));

function quantileOf(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below + (above - below) * (place - Math.floor(place));
}

/** Where nothing varies but the last bits of sums, there is nothing to divide by. */
const scaleOf = (spread: number, about: number): number => (spread > 1e-12 * Math.abs(about) ? spread : 1);
