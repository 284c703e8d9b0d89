import type { ImageSet } from './data-set.js';
import { randomNumbers, shuffle } from './random.js';

/** A few images at once, as the trainer takes them. */
export interface ImageBatch {
  /** `size · height · width · channels` values; bytes mean value / 255, floats lie in [0, 1]. */
  images: Uint8Array | Float32Array;
  /** One label per image. */
  labels?: Uint8Array;
  size: number;
  height: number;
  width: number;
  channels: number;
}

/** Images in batches, epoch after epoch. */
export interface BatchSource {
  /** Batches per epoch; the last one may be smaller than the others. */
  readonly length: number;
  /** Images per epoch. */
  readonly count: number;
  /** The batches of epoch `n` from `fromBatch` on, so that an interrupted epoch can go on where it stopped. */
  epoch(n: number, fromBatch?: number): Iterable<ImageBatch>;
}

export interface BatchOptions {
  /** Images per batch, but for the last one. */
  batchSize: number;
  /** Shuffles: the order is a function of this seed and the epoch alone. @default no shuffling, images in the order of the set */
  seed?: number | undefined;
}

/** Images of your own may be floats in [0, 1] instead of bytes. */
export type Batchable = Omit<ImageSet, 'images'> & { images: Uint8Array | Float32Array };

/**
 * Cuts a set into batches of its kind, bytes or floats. Shuffled batches are copies; batches in order are views of the set and must not be written to.
 * @throws TypeError for images or labels that are no such array, or not as long as their count and sides say
 * @throws RangeError for a batch size that is no positive integer, or a seed that is no integer from 0 to 2^53 - 1
 */
export function batches(set: Batchable, { batchSize, seed }: BatchOptions): BatchSource {
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw new RangeError(
      `Cannot make batches: found batchSize ${batchSize}, expected an integer of at least 1`,
    );
  }
  if (seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0)) {
    throw new RangeError(`Cannot make batches: found seed ${seed}, expected an integer from 0 to 2^53 - 1`);
  }
  checkSet(set);
  const length = Math.ceil(set.count / batchSize);

  return {
    length,
    count: set.count,
    epoch(n, fromBatch = 0) {
      if (!Number.isSafeInteger(n) || n < 0) {
        throw new RangeError(`Cannot begin an epoch: found ${n}, expected an integer of at least 0`);
      }
      if (!Number.isInteger(fromBatch) || fromBatch < 0 || fromBatch > length) {
        throw new RangeError(
          `Cannot begin epoch ${n}: found fromBatch ${fromBatch}, expected 0 to ${length}`,
        );
      }
      return {
        *[Symbol.iterator]() {
          const order = seed === undefined ? undefined : shuffledOrder(set.count, seed, n);
          for (let from = fromBatch * batchSize; from < set.count; from += batchSize) {
            const to = Math.min(from + batchSize, set.count);
            yield order ? gather(set, order.subarray(from, to)) : view(set, from, to);
          }
        },
      };
    },
  };
}

/** Bytes are cut and floats turned into 0 where they are read as another kind, or as another number of images. */
function checkSet({ images, labels, count, height, width }: Batchable): void {
  const kindOf = (data: unknown) => Object.prototype.toString.call(data).slice('[object '.length, -1);
  if (!['Uint8Array', 'Float32Array'].includes(kindOf(images)) || kindOf(labels) !== 'Uint8Array')
    throw new TypeError(
      `Cannot make batches: found images as ${kindOf(images)} and labels as ${kindOf(labels)}, expected a Uint8Array of bytes or a Float32Array from 0 to 1, and labels in a Uint8Array`,
    );
  const values = count * height * width;
  if (images.length !== values || labels.length !== count)
    throw new TypeError(
      `Cannot make batches: found ${images.length} values and ${labels.length} labels, expected ${values} and ${count} for ${count} grey images of ${height} × ${width}${images.length === 3 * values ? '; RGB images need a BatchSource of your own, with 3 channels' : ''}`,
    );
}

function shuffledOrder(count: number, seed: number, epoch: number): Uint32Array {
  return shuffle(
    Uint32Array.from({ length: count }, (_, i) => i),
    randomNumbers(seed, epoch),
  );
}

function gather({ images, labels, height, width }: Batchable, order: Uint32Array): ImageBatch {
  const size = order.length;
  const pixels = height * width;
  const batch = {
    images: images.BYTES_PER_ELEMENT === 4 ? new Float32Array(size * pixels) : new Uint8Array(size * pixels),
    labels: new Uint8Array(size),
    size,
    height,
    width,
    channels: 1,
  };
  for (let i = 0; i < size; i++) {
    const from = order[i]! * pixels;
    batch.images.set(images.subarray(from, from + pixels), i * pixels);
    batch.labels[i] = labels[order[i]!]!;
  }
  return batch;
}

function view({ images, labels, height, width }: Batchable, from: number, to: number): ImageBatch {
  const pixels = height * width;
  return {
    images: images.subarray(from * pixels, to * pixels),
    labels: labels.subarray(from, to),
    size: to - from,
    height,
    width,
    channels: 1,
  };
}
