import { DataError } from '../data-error.js';
import { checkSize } from '../images/check-size.js';
import type { Pixels } from '../images/pixels.js';

/**
 * A picture of any kind that the browser shows: WebP, AVIF, GIF (its first frame), BMP; turned as it is to be seen. For `decodeImage`
 * of what `readData` is told; PNG and JPEG do not come here, so that these have the same pixels on every platform.
 * @throws DataError for what the browser does not show, and for more than 2^28 pixels
 */
export async function decodeImage(bytes: Uint8Array, name: string): Promise<Pixels> {
  const image = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]), {
    premultiplyAlpha: 'none',
    colorSpaceConversion: 'none',
  }).catch((cause: unknown) => {
    const reason = (cause as Error).message;
    throw new DataError(`Cannot read ${name}: ${reason}, expected a picture that this browser shows`, {
      cause,
    });
  });
  try {
    const { width, height } = image;
    checkSize(name, width, height);
    const canvas = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
    canvas.drawImage(image, 0, 0);
    const { data } = canvas.getImageData(0, 0, width, height);
    return { width, height, channels: 4, data: new Uint8Array(data.buffer) };
  } finally {
    image.close();
  }
}
