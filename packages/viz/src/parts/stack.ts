/** Images of one size, one after the other, each row by row from the top. */
export interface ImageStack {
  /** count · height · width · channels values: bytes from 0 (black) to 255, or floats from 0 to 1; floats outside are drawn as the nearest. */
  pixels: Uint8Array | Float32Array;
  count: number;
  height: number;
  width: number;
  /** 1 is grey, 3 red, green and blue, 4 these and opacity. @default 1 */
  channels?: 1 | 3 | 4;
}

/** Examples of one shape, one after the other, as `Examples` of `@ae/data` are: images, or rows and series, which are drawn as strips. */
export interface ValueStack {
  /** count · shape numbers; bytes stand for value / 255. */
  values: Uint8Array | Float32Array;
  count: number;
  /** [height, width, channels] of images (1, 3 or 4 channels) · [columns] of rows · [steps, channels] of series. */
  shape: readonly number[];
}

/** What a figure shows: images, rows or series. */
export type Stack = ImageStack | ValueStack;

/** A stack as figures see it. */
export interface Pictures {
  kind: 'image' | 'row' | 'series';
  values: Uint8Array | Float32Array;
  count: number;
  shape: readonly number[];
  /** Values of one. */
  size: number;
  /** Of the columns of rows or the channels of series, where they are known. */
  names?: readonly string[] | undefined;
  /** The tile of one, in pixels of an image; strips have pixels too, though nobody sees them. */
  width: number;
  height: number;
}

const stripHeight = 28;
const stripWidths = [56, 168] as const; // at least and at most, otherwise a pixel a value

/** The stack as figures see it; refuses one whose sizes do not fit its values. */
export function picturesOf(subject: string, stack: Stack, name = 'images'): Pictures {
  return 'shape' in stack ? ofValues(subject, stack, name) : ofImages(subject, stack, name);
}

/** Strips as high as they are wide, for figures in which many lie beside each other; images as they are. */
export const inSquares = (pictures: Pictures): Pictures =>
  pictures.kind === 'image' ? pictures : { ...pictures, width: pictures.height };

function ofImages(subject: string, images: ImageStack, name: string): Pictures {
  const { pixels, count, height, width, channels = 1 } = images;
  checkType(subject, `${name}.pixels`, pixels);
  checkWhole(subject, `${name}.count`, count, 0);
  checkWhole(subject, `${name}.height`, height, 1);
  checkWhole(subject, `${name}.width`, width, 1);
  if (![1, 3, 4].includes(channels))
    throw new RangeError(`Cannot draw ${subject}: ${name}.channels is ${channels}, expected 1, 3 or 4`);
  const shape = [height, width, channels];
  const size = height * width * channels;
  const pictures: Pictures = { kind: 'image', values: pixels, count, shape, size, width, height };
  return checkLength(subject, `${name}.pixels`, pictures);
}

function ofValues(subject: string, { values, count, shape }: ValueStack, name: string): Pictures {
  checkType(subject, `${name}.values`, values);
  checkWhole(subject, `${name}.count`, count, 0);
  shape.forEach((side, i) => checkWhole(subject, `${name}.shape[${i}]`, side, 1));
  const kind = (['row', 'series', 'image'] as const)[shape.length - 1];
  if (!kind || (kind === 'image' && ![1, 3, 4].includes(shape[2]!)))
    throw new TypeError(
      `Cannot draw ${subject}: ${name}.shape is [${shape.join(', ')}], expected [height, width, channels] with 1, 3 or 4 channels, [columns] or [steps, channels]`,
    );
  const size = shape.reduce((product, side) => product * side, 1);
  const [least, most] = stripWidths;
  const [height, width] =
    kind === 'image' ? [shape[0]!, shape[1]!] : [stripHeight, Math.min(most, Math.max(least, shape[0]!))];
  return checkLength(subject, `${name}.values`, { kind, values, count, shape, size, width, height });
}

function checkType(subject: string, name: string, values: unknown): void {
  if (!['Uint8Array', 'Float32Array'].includes(kindOf(values)))
    throw new TypeError(
      `Cannot draw ${subject}: ${name} is ${kindOf(values)}, expected Uint8Array or Float32Array`,
    );
}

function checkWhole(subject: string, name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least)
    throw new RangeError(
      `Cannot draw ${subject}: ${name} is ${value}, expected a whole number from ${least}`,
    );
}

function checkLength(subject: string, name: string, pictures: Pictures): Pictures {
  const { values, count, size } = pictures;
  if (values.length !== count * size)
    throw new TypeError(
      `Cannot draw ${subject}: ${name} holds ${values.length} values, expected ${count * size} for ${describe(pictures)}`,
    );
  return pictures;
}

/** `4 images of 28x28`, `4 rows of 20 values`, `4 series of 64 steps in 3 channels`. */
export function describe(pictures: Pictures): string {
  const { kind, shape } = pictures;
  const counted = countText(pictures);
  if (kind === 'row') return `${counted} of ${shape[0]} values`;
  if (kind === 'series') return `${counted} of ${shape[0]} steps in ${shape[1]} channels`;
  return `${counted} of ${shape.slice(0, shape[2] === 1 ? 2 : 3).join('x')}`;
}

/** `4 images`, `4 rows`. */
export const countText = ({ kind, count }: Pick<Pictures, 'kind' | 'count'>): string =>
  `${count} ${pluralOf(kind)}`;

export const pluralOf = (kind: Pictures['kind']): string => (kind === 'series' ? kind : `${kind}s`);

/** The type of a typed array by name; unlike `instanceof` this holds for arrays of another frame or worker too. */
export const kindOf = (value: unknown): string =>
  (value as { [Symbol.toStringTag]?: string } | null | undefined)?.[Symbol.toStringTag] ?? typeof value;

export const areBytes = (values: Pictures['values']): values is Uint8Array => kindOf(values) === 'Uint8Array';

/** A value of an example, from 0 to 1 where it is a byte. */
export const valueAt = ({ values, size }: Pictures, index: number, place: number): number =>
  values[index * size + place]! / (areBytes(values) ? 255 : 1);

/** Whether all values of an example are finite. */
export const isWhole = ({ values, size }: Pictures, index: number): boolean =>
  areBytes(values) || values.subarray(index * size, (index + 1) * size).every(Number.isFinite);
