import { DataError } from '../data-error.js';
import type { Reading } from '../format.js';
import { decodeJpeg } from './decode-jpeg.js';
import { decodePng } from './decode-png.js';
import { kindOfImage } from './kind-of-image.js';
import type { Pixels } from './pixels.js';

/** A picture of a kind that nothing here reads: no fault of the file's. */
export class NoDecoderError extends DataError {}

/**
 * The picture in a file, by its first bytes whatever it is called, turned as it is to be seen. PNG and JPEG are unpacked here, so that
 * the same bytes have the same pixels on every platform; others by the platform where it can.
 * @throws DataError for a file that is no picture, is damaged, or has more than 2^28 pixels
 * @throws NoDecoderError, a DataError, for a picture of another kind where the platform has not said how to read it
 */
export async function decodeImage(
  bytes: Uint8Array,
  name: string,
  { decodeImage: another }: Pick<Reading, 'decodeImage'> = {},
): Promise<Pixels> {
  const kind = kindOfImage(bytes);
  if (kind === 'PNG') return decodePng(bytes, name, (await import('fflate')).unzlibSync);
  if (kind === 'JPEG') return decodeJpeg(bytes, name, (await import('jpeg-js')).default.decode);
  if (kind === undefined)
    throw new DataError(
      `Cannot read ${name}: found ${bytes.length === 0 ? 'an empty file' : `bytes that begin ${startOf(bytes)}`}, expected a picture`,
    );
  if (another) return another(bytes, name);
  throw new NoDecoderError(
    `Cannot read ${name}: found ${kind}, expected PNG or JPEG; in Node "npm install sharp" reads others, in a page the browser does, or save it anew as PNG`,
  );
}

const startOf = (bytes: Uint8Array) =>
  `0x${Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
