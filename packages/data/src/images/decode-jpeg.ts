import { DataError } from '../data-error.js';
import { headerOfJpeg } from './jpeg-header.js';
import { turned } from './orientation.js';
import type { Pixels } from './pixels.js';

/** What jpeg-js calls `decode`. */
type Decode = (
  bytes: Uint8Array,
  options: {
    useTArray: true;
    formatAsRGBA: boolean;
    maxResolutionInMP: number;
    maxMemoryUsageInMB: number;
    colorTransform?: boolean;
  },
) => { width: number; height: number; data: Uint8Array };

/** What unpacking a picture may take: enough for 100 million pixels as cameras write them. */
const megabytes = 1024;

/**
 * The picture in a JPEG file, baseline or progressive, turned as its Exif block says. Colour profiles are left aside; the colours of
 * print become red, green and blue.
 * @throws DataError for a file that is cut or damaged, is no ordinary JPEG, or takes more than 1 GiB to unpack
 */
export function decodeJpeg(bytes: Uint8Array, name: string, decode: Decode): Pixels {
  const { width, height, components, isRgb, orientation } = headerOfJpeg(bytes, name);
  let data: Uint8Array;
  try {
    ({ data } = decode(bytes, {
      ...{ useTArray: true, formatAsRGBA: false, maxResolutionInMP: 2 ** 28 / 1e6 },
      maxMemoryUsageInMB: megabytes,
      ...(isRgb && { colorTransform: false }),
    }));
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new DataError(
      /maxMemoryUsage/.test(reason)
        ? `Cannot read ${name}: found ${width} × ${height} pixels, expected a picture that takes at most ${megabytes} MiB to unpack; make it smaller`
        : `Cannot read ${name}: ${reason}, expected a whole JPEG; it is cut or damaged`,
      { cause },
    );
  }
  const pixels: Pixels =
    components === 1
      ? { width, height, channels: 1, data: firstOfThree(data) }
      : { width, height, channels: 3, data };
  return turned(pixels, orientation);
}

/** jpeg-js gives grey as three equal channels. */
function firstOfThree(colors: Uint8Array): Uint8Array {
  const grey = new Uint8Array(colors.length / 3);
  for (let i = 0; i < grey.length; i++) grey[i] = colors[3 * i]!;
  return grey;
}
