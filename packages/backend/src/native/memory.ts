import type { Addon } from './addon.js';

export type Values = Float32Array | Int32Array | Uint8Array;
export type ValuesType = 'float32' | 'int32' | 'bool';

/** Arrays that are given back are handed out again, so that a loop over the same shapes allocates nothing. */
export interface Memory {
  /** An array of exactly this length, aligned to 64 bytes; what is in it is left over from its last use. */
  take(dtype: ValuesType, length: number): Values;
  /** Only arrays that were taken from here and that nobody else can see. */
  give(values: Values): void;
  idleBytes(): number;
}

/**
 * @param limit idle bytes that are kept, in the order of their last use
 * @default limit 1 GiB: twice the gradients and activations of the largest base model
 */
export function reusedMemory(addon: Addon, limit = 2 ** 30): Memory {
  const shelves = new Map<number, Values[]>();
  let idle = 0;

  const trim = (): void => {
    for (const [key, shelf] of shelves) {
      while (shelf.length > 0 && idle > limit) idle -= shelf.pop()!.byteLength;
      if (shelf.length === 0) shelves.delete(key);
      if (idle <= limit) return;
    }
  };

  return {
    take(dtype, length) {
      const shelf = shelves.get(keyOf(dtype, length));
      const found = shelf?.pop();
      if (found) {
        idle -= found.byteLength;
        return found;
      }
      return allocate(addon, dtype, length);
    },
    give(values) {
      const key = keyOf(
        values instanceof Float32Array ? 'float32' : values instanceof Int32Array ? 'int32' : 'bool',
        values.length,
      );
      const shelf = shelves.get(key);
      if (shelf) shelf.push(values);
      else shelves.set(key, [values]);
      idle += values.byteLength;
      if (idle > limit) trim();
    },
    idleBytes: () => idle,
  };
}

const constructors = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };
const numbers = { float32: 0, int32: 1, bool: 2 };

const keyOf = (dtype: ValuesType, length: number) => length * 3 + numbers[dtype];

function allocate(addon: Addon, dtype: ValuesType, length: number): Values {
  const make = constructors[dtype];
  const bytes = length * make.BYTES_PER_ELEMENT;
  if (bytes < 256) return new make(length);
  const buffer = new ArrayBuffer(bytes + 64);
  const past = addon.misalignment(new Uint8Array(buffer));
  return new make(buffer, past === 0 ? 0 : 64 - past, length);
}
