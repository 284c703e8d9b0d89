import { DataError } from '../data-error.js';
import { NoDecoderError } from '../images/decode-image.js';
import { checkSize } from '../images/check-size.js';
import { kindOfImage } from '../images/kind-of-image.js';
import type { Pixels } from '../images/pixels.js';

/**
 * A picture of any kind that sharp reads, where sharp is installed: WebP, AVIF, GIF (its first frame), TIFF; turned as it is to be seen.
 * For `decodeImage` of what `readData` is told; PNG and JPEG do not come here, so that these have the same pixels on every platform.
 * @throws DataError where sharp is not installed, for what it does not read, and for more than 2^28 pixels
 */
export async function decodeImage(bytes: Uint8Array, name: string): Promise<Pixels> {
  const sharp = await loadSharp(bytes, name);
  try {
    const picture = sharp(bytes, { limitInputPixels: 2 ** 28 });
    const size = await picture.metadata();
    checkSize(name, size.width ?? 0, size.height ?? 0);
    const { data, info } = await picture
      .rotate()
      .toColourspace(size.channels && size.channels < 3 ? 'b-w' : 'srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    return { width, height, channels, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    const reason = (cause as Error).message.split('\n')[0];
    throw new DataError(
      `Cannot read ${name}: ${reason}, expected a picture that sharp reads; it is damaged, or save it anew as PNG`,
      { cause },
    );
  }
}

async function loadSharp(bytes: Uint8Array, name: string): Promise<Sharp> {
  const packageName: string = 'sharp'; // not a literal: the package need not be there when this is compiled
  try {
    return ((await import(packageName)) as { default: Sharp }).default;
  } catch (cause) {
    const isMissing = /MODULE_NOT_FOUND|Cannot find (package|module)/.test(
      `${(cause as { code?: string }).code} ${(cause as Error).message}`,
    );
    throw new NoDecoderError(
      `Cannot read ${name}: found ${kindOfImage(bytes) ?? 'a picture'}, and sharp ${isMissing ? 'is not installed' : `does not load: ${(cause as Error).message.split('\n')[0]}`}, expected PNG or JPEG; npm install sharp`,
      { cause },
    );
  }
}

/** The part of sharp that is used. */
type Sharp = (
  bytes: Uint8Array,
  options: { limitInputPixels: number },
) => {
  metadata(): Promise<{ width?: number; height?: number; channels?: number }>;
  rotate(): ReturnType<Sharp>;
  toColourspace(name: string): ReturnType<Sharp>;
  raw(options: { depth: 'uchar' }): ReturnType<Sharp>;
  toBuffer(options: { resolveWithObject: true }): Promise<{
    data: Uint8Array;
    info: { width: number; height: number; channels: Pixels['channels'] };
  }>;
};
