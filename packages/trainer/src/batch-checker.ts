import type { Autoencoder } from '@ae/models';

import type { ExampleBatch } from './batch.js';

/** Of the batches after the first epoch's, one in so many is looked through again. */
const EVERY = 16;
/** What rounding may add to a value from 0 to 1, as resizing does. */
const SLACK = 1e-6;

/**
 * The door that every batch comes in by: its type, its length against its shape, its shape against the model's, its
 * labels, and that every value is finite and in the model's range, or NaN where the model takes that for missing. Bytes
 * need no look at each value; floats are looked through in the first `whole` batches and then now and then. A canvas's
 * clamped bytes come out as bytes, doubles and plain numbers as float32.
 * @param cannot what fails, such as `Cannot train`
 * @throws TypeError for a type or a shape, RangeError for a value, with its place
 */
export function batchChecker(
  cannot: string,
  { encoder, range = 'unit', missing = false }: Autoencoder,
  whole = Infinity,
): (batch: ExampleBatch) => ExampleBatch {
  const inputShape = encoder.inputs[0]?.shape.slice(1);
  let seen = 0;
  return (batch) => {
    const values = checkKind(cannot, batch);
    checkShape(cannot, batch, inputShape);
    const labels = checkLabels(cannot, batch);
    if (values instanceof Float32Array && (seen++ < whole || seen % EVERY === 0))
      checkValues(cannot, values, batch, { range, missing });
    return { ...batch, values, ...(labels && { labels }) };
  };
}

/** By its tag, because an array may come from another realm, such as a worker's or a frame's. */
const kindOf = (data: unknown) => Object.prototype.toString.call(data).slice('[object '.length, -1);

function checkKind(cannot: string, batch: ExampleBatch): Uint8Array | Float32Array {
  const { values, size, shape } = batch;
  const kind = kindOf(values);
  if (!['Uint8Array', 'Uint8ClampedArray', 'Float32Array', 'Float64Array', 'Array'].includes(kind))
    throw new TypeError(
      `${cannot}: found values as ${kind}, expected a Uint8Array of bytes or a Float32Array`,
    );
  const isSide = (side: unknown) => Number.isSafeInteger(side) && Number(side) > 0;
  if (!isSide(size))
    throw new TypeError(`${cannot}: found a batch whose size is ${size}, expected a whole number from 1`);
  if (!Array.isArray(shape) || shape.length === 0 || !shape.every(isSide))
    throw new TypeError(
      `${cannot}: found a batch whose shape is ${JSON.stringify(shape)}, expected whole numbers from 1 such as [28, 28, 1]`,
    );
  const expected = shape.reduce((product, side) => product * side, size);
  if (values.length !== expected)
    throw new TypeError(
      `${cannot}: found ${values.length} values, expected ${expected} for ${size} examples of ${shape.join(' × ')}${hintOf(values.length / expected, shape)}`,
    );
  if (kind === 'Float64Array' || kind === 'Array') return Float32Array.from(values);
  const { buffer, byteOffset, length } = values;
  if (kind === 'Float32Array')
    return values instanceof Float32Array ? values : new Float32Array(buffer, byteOffset, length);
  return values instanceof Uint8Array ? values : new Uint8Array(buffer, byteOffset, length);
}

function hintOf(times: number, shape: readonly number[]): string {
  if (shape.length !== 3 || shape[2] !== 1 || (times !== 3 && times !== 4)) return '';
  return `; ${times} values a pixel are ${times === 3 ? 'RGB' : 'RGBA'}: give the shape its ${times} channels, or take the mean of red, green and blue`;
}

function checkShape(cannot: string, { shape }: ExampleBatch, expected: (number | null)[] | undefined): void {
  if (expected?.length !== shape.length || expected.every((side, i) => side === null || side === shape[i]))
    return;
  throw new TypeError(
    `${cannot}: found examples of ${shape.join(' × ')}, expected ${expected.map((side) => side ?? 'any').join(' × ')}, for which the model was built; build it with shape [${shape}] where it has that option`,
  );
}

function checkLabels(cannot: string, { labels, size }: ExampleBatch): Uint8Array | Uint16Array | undefined {
  if (labels === undefined || labels === null) return undefined;
  if (!Array.isArray(labels) && !ArrayBuffer.isView(labels))
    throw new TypeError(
      `${cannot}: found labels as ${kindOf(labels)}, expected a Uint8Array or a Uint16Array`,
    );
  if (labels.length !== size)
    throw new TypeError(`${cannot}: found ${labels.length} labels, expected ${size}, one an example`);
  if (labels instanceof Uint8Array || labels instanceof Uint16Array) return labels;
  const numbers = Array.from(labels as ArrayLike<unknown>);
  const bad = numbers.findIndex(
    (label) => !(Number.isInteger(label) && Number(label) >= 0 && Number(label) < 2 ** 16),
  );
  if (bad >= 0)
    throw new RangeError(
      `${cannot}: found ${String(numbers[bad])} as label ${bad} of the batch, expected a whole number from 0 to 65535`,
    );
  return Uint16Array.from(numbers as number[]);
}

function checkValues(
  cannot: string,
  values: Float32Array,
  batch: ExampleBatch,
  { range, missing }: { range: 'unit' | 'any'; missing: boolean },
): void {
  const [least, most] = range === 'unit' ? [-SLACK, 1 + SLACK] : [-3.5e38, 3.5e38];
  let at = 0;
  while (
    at < values.length &&
    ((values[at]! >= least && values[at]! <= most) || (missing && Number.isNaN(values[at])))
  )
    at++;
  if (at === values.length) return;
  const value = values[at]!;
  const size = values.length / batch.size;
  const place = `${cannot}: found ${value} in example ${Math.floor(at / size)} of the batch at ${placeIn(batch.shape, at % size)}`;
  if (!Number.isFinite(value) || range === 'any')
    throw new RangeError(
      `${place}, expected finite numbers; ${Number.isNaN(value) ? 'build the model with missing: true where it has that option, or ' : ''}look where the examples are made`,
    );
  const [low, high] = extremes(values);
  throw new RangeError(
    `${place}, and values from ${low} to ${high}, expected 0 to 1; ${low >= 0 && high <= 255 && high > 1.5 ? 'divide bytes by 255, or give them as a Uint8Array' : "scale them, or train a model whose `range` is 'any'"}`,
  );
}

/** Row and column of an image, step of a series, column of a table, with the channel where there are several. */
function placeIn(shape: readonly number[], at: number): string {
  if (shape.length === 1) return `column ${at}`;
  const channels = shape.at(-1)!;
  const channel = channels > 1 ? `, channel ${at % channels}` : '';
  const pixel = Math.floor(at / channels);
  if (shape.length === 2) return `step ${pixel}${channel}`;
  const width = shape.at(-2)!;
  return `row ${Math.floor(pixel / width)}, column ${pixel % width}${channel}`;
}

function extremes(values: Float32Array): [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
}
