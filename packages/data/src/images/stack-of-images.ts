import { DataError } from '../data-error.js';
import type { Examples } from '../examples.js';
import { fitImage } from './fit-image.js';
import type { ImageOptions, Pixels } from './pixels.js';

/** The longest array that every engine has. */
const longest = 2 ** 32 - 1;

/** Pictures of one shape, one after the other in one array. */
export interface StackOfImages {
  /**
   * @throws DataError for a picture of another size where none was asked for, and for more bytes than an array holds
   */
  add(name: string, pixels: Pixels): void;
  /** All of them; `undefined` where there is none. */
  examples(): Pick<Examples, 'values' | 'shape' | 'count'> | undefined;
}

/**
 * A place for up to `most` pictures. It has the size of the first where none is asked for; it is grey up to the first pixel that is not,
 * where no number of channels is.
 */
export function stackOfImages(most: number, { size, channels, fit }: ImageOptions): StackOfImages {
  let stack:
    { first: string; height: number; width: number; channels: 1 | 3; values: Uint8Array } | undefined;
  let count = 0;
  return {
    add(name, pixels) {
      stack ??= begun(name, pixels);
      const { height, width, first } = stack;
      if (size === undefined && (pixels.height !== height || pixels.width !== width))
        throw new DataError(
          `Cannot read ${name}: found ${pixels.width} × ${pixels.height} pixels, expected ${width} × ${height} as ${first} has; give all one size, such as 32 (--size 32)`,
        );
      let bytes = fitImage(pixels, {
        height,
        width,
        fit,
        channels: channels ?? (pixels.channels < 3 ? 1 : 3),
      });
      if (channels === undefined && pixels.channels > 2 && stack.channels === 1) {
        const grey = ifGrey(bytes);
        if (grey) bytes = grey;
        else stack = colored(stack);
      } else if (bytes.length < height * width * stack.channels) bytes = tripled(bytes, bytes.length);
      stack.values.set(bytes, count * height * width * stack.channels);
      count++;
    },
    examples() {
      if (!stack) return undefined;
      const { height, width, channels, values } = stack;
      const length = count * height * width * channels;
      return {
        values: length === values.length ? values : values.slice(0, length),
        ...{ shape: [height, width, channels], count },
      };
    },
  };

  function begun(first: string, pixels: Pixels) {
    const [height, width] =
      size === undefined ? [pixels.height, pixels.width] : typeof size === 'number' ? [size, size] : size;
    return { first, height, width, channels: channels ?? 1, values: room(height, width, channels ?? 1) };
  }

  function room(height: number, width: number, channels: number): Uint8Array {
    const length = most * height * width * channels;
    if (length > longest)
      throw new DataError(
        `Cannot read ${most} pictures: found ${width} × ${height} pixels of ${channels} bytes, ${length} in all, expected at most ${longest}; make them smaller, such as 32 (--size 32)`,
      );
    return new Uint8Array(length);
  }

  function colored(grey: NonNullable<typeof stack>): NonNullable<typeof stack> {
    const { height, width, values } = grey;
    const colors = room(height, width, 3);
    colors.set(tripled(values, count * height * width));
    return { ...grey, channels: 3, values: colors };
  }
}

/** One of the three channels where all of them are equal everywhere. */
function ifGrey(colors: Uint8Array): Uint8Array | undefined {
  const grey = new Uint8Array(colors.length / 3);
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
    const red = colors[at]!;
    if (colors[at + 1] !== red || colors[at + 2] !== red) return undefined;
    grey[i] = red;
  }
  return grey;
}

function tripled(grey: Uint8Array, length: number): Uint8Array {
  const colors = new Uint8Array(3 * length);
  for (let i = 0; i < length; i++) colors.fill(grey[i]!, 3 * i, 3 * i + 3);
  return colors;
}
