/** Grey images of one size, one after the other, each row by row from the top. */
export interface ImageStack {
  /** count · height · width values: bytes from 0 (black) to 255, or floats from 0 to 1; floats outside are drawn as the nearest. */
  pixels: Uint8Array | Float32Array;
  count: number;
  height: number;
  width: number;
}

/** Refuses a stack whose sizes do not fit its pixels. */
export function checkImages(subject: string, images: ImageStack, name = 'images'): void {
  const { pixels, count, height, width } = images;
  if (!['Uint8Array', 'Float32Array'].includes(kindOf(pixels)))
    throw new TypeError(
      `Cannot draw ${subject}: ${name}.pixels is ${kindOf(pixels)}, expected Uint8Array or Float32Array`,
    );
  for (const [size, value, least] of [
    ['count', count, 0],
    ['height', height, 1],
    ['width', width, 1],
  ] as const)
    if (!Number.isInteger(value) || value < least)
      throw new RangeError(
        `Cannot draw ${subject}: ${name}.${size} is ${value}, expected a whole number from ${least}`,
      );
  if (pixels.length !== count * height * width)
    throw new TypeError(
      `Cannot draw ${subject}: ${name}.pixels holds ${pixels.length} values, expected ${count * height * width} for ${count} images of ${height}x${width}`,
    );
}

/** The type of a typed array by name; unlike `instanceof` this holds for arrays of another frame or worker too. */
export const kindOf = (value: unknown): string =>
  (value as { [Symbol.toStringTag]?: string } | null | undefined)?.[Symbol.toStringTag] ?? typeof value;

export const areBytes = (pixels: ImageStack['pixels']): pixels is Uint8Array =>
  kindOf(pixels) === 'Uint8Array';
