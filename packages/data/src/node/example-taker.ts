import type { ExampleBatch } from '../batches.js';
import { sizeOf, unitOf } from '../examples.js';
import type { Block } from './block-windows.js';
import type { Prepared } from './prepared-file.js';

/** Copies examples out of blocks, scaled as `applyScaling` does it. */
export function exampleTaker({ shape, type, labelBytes, scaling }: Prepared) {
  const size = sizeOf(shape);
  const columns = shape.at(-1)!;
  const isFloat = type === 'float32' || scaling !== undefined;
  const offset = Float64Array.from(scaling?.offset ?? []);
  const scale = Float64Array.from(scaling?.scale ?? []);
  return {
    /** An empty batch of so many. */
    begin: (count: number): ExampleBatch => ({
      values: isFloat ? new Float32Array(count * size) : new Uint8Array(count * size),
      ...{ shape, size: count },
      ...(labelBytes > 0 && { labels: labelBytes === 2 ? new Uint16Array(count) : new Uint8Array(count) }),
    }),

    /** Puts the example at a row of a block to a place of a batch. */
    take({ values, labels }: Block, row: number, batch: ExampleBatch, place: number): void {
      const [from, to] = [row * size, place * size];
      if (scaling) {
        const unit = unitOf(values);
        for (let i = 0, column = 0; i < size; i++, column = column + 1 === columns ? 0 : column + 1)
          batch.values[to + i] = (values[from + i]! / unit - offset[column]!) / scale[column]!;
      } else batch.values.set(values.subarray(from, from + size), to);
      if (labels) batch.labels![place] = labels[row]!;
    },
  };
}
