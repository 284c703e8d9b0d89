import { DataError } from '../data-error.js';
import { checkSize } from './check-size.js';
import { orientationOf } from './orientation.js';

/** What a JPEG file says of its picture before the picture comes. */
export interface JpegHeader {
  width: number;
  height: number;
  /** 1 grey, 3 colour, 4 the colours of print. */
  components: number;
  /** Whether the three components are red, green and blue, not brightness and two differences. */
  isRgb: boolean;
  orientation: number;
}

/** Scans over blocks of 8 × 8 pixels that are worth the time: a photo of 24 million pixels in ten scans has 4 million. */
const mostWork = 2 ** 27;

/**
 * Reads the segments of a JPEG file.
 * Source: ITU-T T.81, annex B; Adobe Technical Note 5116 for what the components are.
 * @throws DataError for a file without a frame of 8 bits, with more than 2^28 pixels or more than its bytes can hold, or scanned so often
 * that it would take minutes
 */
export function headerOfJpeg(bytes: Uint8Array, name: string): JpegHeader {
  const bad = (found: string, expected: string) =>
    new DataError(`Cannot read ${name}: found ${found}, expected ${expected}`);
  let frame: { width: number; height: number; ids: string } | undefined;
  let [orientation, scans] = [1, 0];
  let adobe: number | undefined;
  let hasJfif = false;
  for (const { marker, content } of segmentsOf(bytes)) {
    const is = (text: string) => String.fromCharCode(...content.subarray(0, text.length)) === text;
    if (marker === 0xe0 && is('JFIF\0')) hasJfif = true;
    if (marker === 0xe1 && is('Exif\0\0')) orientation = orientationOf(content.subarray(6));
    if (marker === 0xee && is('Adobe')) adobe = content[11];
    if (marker === 0xda) scans++;
    if (marker < 0xc0 || marker > 0xcf || [0xc4, 0xc8, 0xcc].includes(marker)) continue;
    if (frame) throw bad('a second frame', 'one picture in the file');
    if (marker > 0xc2)
      throw bad(
        `a JPEG of kind SOF${marker - 0xc0}`,
        'a baseline or progressive one; save it anew as an ordinary JPEG',
      );
    if (content[0] !== 8) throw bad(`${content[0]} bits a sample`, '8; save it anew as an ordinary JPEG');
    frame = {
      height: (content[1]! << 8) | content[2]!,
      width: (content[3]! << 8) | content[4]!,
      ids: String.fromCharCode(...content.subarray(6).filter((_, i) => i % 3 === 0)),
    };
    if (content.length !== 6 + 3 * content[5]!)
      throw bad(`a frame of ${content.length} bytes`, `${6 + 3 * content[5]!}; it is damaged`);
  }
  if (!frame || scans === 0) throw bad('no picture in it', 'the frame and the scans of a JPEG; it is cut');
  const { width, height, ids } = frame;
  if (![1, 3, 4].includes(ids.length)) throw bad(`${ids.length} components`, '1, 3 or 4');
  checkSize(name, width, height);
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  if (blocks > bytes.length * 8)
    throw bad(`${bytes.length} bytes`, `at least ${Math.ceil(blocks / 8)} for ${width} × ${height} pixels`);
  if (blocks * scans > mostWork)
    throw bad(`${scans} scans of ${width} × ${height} pixels`, 'fewer; save it anew as an ordinary JPEG');
  // As libjpeg has it: JFIF says brightness and differences, then Adobe's word counts, then what the components are called.
  const isRgb = ids.length === 3 && !hasJfif && (adobe === undefined ? ids === 'RGB' : adobe === 0);
  return { width, height, components: ids.length, isRgb, orientation };
}

/** The segments one after the other, up to the end of the picture; what lies between them, packed pixels, is passed over. */
function* segmentsOf(bytes: Uint8Array): Generator<{ marker: number; content: Uint8Array }> {
  for (let at = 2; at + 3 < bytes.length;) {
    const marker = bytes[at + 1]!;
    if (bytes[at] !== 0xff || marker === 0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd7)) {
      at++;
      continue;
    }
    if (marker === 0xd9) return;
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    yield { marker, content: bytes.subarray(at + 4, at + 2 + length) };
    at += 2 + Math.max(2, length);
  }
}
