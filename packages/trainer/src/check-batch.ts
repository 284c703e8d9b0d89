import type { Autoencoder } from '@ae/models';

import type { ImageBatch } from './batch.js';

/** Of the batches after the first epoch's, one in so many is looked through again. */
const EVERY = 16;
/** What rounding may add to a value from 0 to 1, as resizing does. */
const SLACK = 1e-6;

/**
 * The door that every batch comes in by: its type, its length against its shape, its shape against the model's, its
 * labels, and that every value is finite and in the model's range. Bytes need no look at each value; floats are looked
 * through in the first `whole` batches and then now and then. A canvas's clamped bytes come out as bytes, doubles and
 * plain numbers as float32.
 * @param cannot what fails, such as `Cannot train`
 * @throws TypeError for a type or a shape, RangeError for a value, with its place
 */
export function batchDoor(
  cannot: string,
  { encoder, range = 'unit' }: Autoencoder,
  whole = Infinity,
): (batch: ImageBatch) => ImageBatch {
  const inputShape = encoder.inputs[0]?.shape.slice(1);
  let seen = 0;
  return (batch) => {
    const images = checkImages(cannot, batch);
    checkShape(cannot, batch, inputShape);
    const labels = checkLabels(cannot, batch);
    if (images instanceof Float32Array && (seen++ < whole || seen % EVERY === 0))
      checkValues(cannot, images, batch, range);
    return { ...batch, images, ...(labels && { labels }) };
  };
}

/** By its tag, because an array may come from another realm, such as a worker's or a frame's. */
const kindOf = (data: unknown) => Object.prototype.toString.call(data).slice('[object '.length, -1);

function checkImages(cannot: string, batch: ImageBatch): Uint8Array | Float32Array {
  const { images, size, height, width, channels } = batch;
  const kind = kindOf(images);
  if (!['Uint8Array', 'Uint8ClampedArray', 'Float32Array', 'Float64Array', 'Array'].includes(kind))
    throw new TypeError(
      `${cannot}: found images as ${kind}, expected a Uint8Array of bytes or a Float32Array`,
    );
  for (const [name, side] of Object.entries({ size, height, width, channels }))
    if (!Number.isSafeInteger(side) || side < 1)
      throw new TypeError(
        `${cannot}: found a batch whose ${name} is ${side}, expected a whole number from 1`,
      );
  const expected = size * height * width * channels;
  if (images.length !== expected)
    throw new TypeError(
      `${cannot}: found ${images.length} values, expected ${expected} for ${size} images of ${height} × ${width} × ${channels}${hintOf(images.length / expected, channels)}`,
    );
  if (kind === 'Float64Array' || kind === 'Array') return Float32Array.from(images);
  const { buffer, byteOffset, length } = images;
  if (kind === 'Float32Array')
    return images instanceof Float32Array ? images : new Float32Array(buffer, byteOffset, length);
  return images instanceof Uint8Array ? images : new Uint8Array(buffer, byteOffset, length);
}

function hintOf(times: number, channels: number): string {
  if (channels !== 1 || (times !== 3 && times !== 4)) return '';
  return `; ${times} values a pixel are ${times === 3 ? 'RGB' : 'RGBA'}: set channels, or take the mean of red, green and blue`;
}

function checkShape(
  cannot: string,
  { height, width, channels }: ImageBatch,
  expected: (number | null)[] | undefined,
): void {
  const found = [height, width, channels];
  if (expected?.length !== 3 || expected.every((side, i) => side === null || side === found[i])) return;
  throw new TypeError(
    `${cannot}: found images of ${found.join(' × ')}, expected ${expected.map((side) => side ?? 'any').join(' × ')}, for which the model was built; build it with imageShape [${found}] where it has that option`,
  );
}

function checkLabels(cannot: string, { labels, size }: ImageBatch): Uint8Array | undefined {
  if (labels === undefined || labels === null) return undefined;
  if (!Array.isArray(labels) && !ArrayBuffer.isView(labels))
    throw new TypeError(`${cannot}: found labels as ${kindOf(labels)}, expected a Uint8Array`);
  if (labels.length !== size)
    throw new TypeError(`${cannot}: found ${labels.length} labels, expected ${size}, one an image`);
  if (labels instanceof Uint8Array) return labels;
  const numbers = Array.from(labels as ArrayLike<unknown>);
  const bad = numbers.findIndex(
    (label) => !(Number.isInteger(label) && Number(label) >= 0 && Number(label) < 256),
  );
  if (bad >= 0)
    throw new RangeError(
      `${cannot}: found ${String(numbers[bad])} as label ${bad} of the batch, expected a whole number from 0 to 255`,
    );
  return Uint8Array.from(numbers as number[]);
}

function checkValues(cannot: string, images: Float32Array, batch: ImageBatch, range: 'unit' | 'any'): void {
  const [least, most] = range === 'unit' ? [-SLACK, 1 + SLACK] : [-3.5e38, 3.5e38];
  let at = 0;
  while (at < images.length && images[at]! >= least && images[at]! <= most) at++;
  if (at === images.length) return;
  const value = images[at]!;
  const place = `${cannot}: found ${value} in image ${Math.floor(at / (images.length / batch.size))} of the batch at ${placeIn(batch, at)}`;
  if (!Number.isFinite(value) || range === 'any')
    throw new RangeError(`${place}, expected finite numbers; look where the images are made`);
  const [low, high] = extremes(images);
  throw new RangeError(
    `${place}, and values from ${low} to ${high}, expected 0 to 1; ${low >= 0 && high <= 255 && high > 1.5 ? 'divide bytes by 255, or give them as a Uint8Array' : "scale them, or train a model whose `range` is 'any'"}`,
  );
}

function placeIn({ height, width, channels }: ImageBatch, at: number): string {
  const pixel = Math.floor(at / channels) % (height * width);
  const channel = channels > 1 ? `, channel ${at % channels}` : '';
  return `row ${Math.floor(pixel / width)}, column ${pixel % width}${channel}`;
}

function extremes(values: Float32Array): [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
}
