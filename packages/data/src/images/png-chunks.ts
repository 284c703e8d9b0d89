import { crc32 } from '../archives/crc32.js';
import { DataError } from '../data-error.js';
import { checkSize } from './check-size.js';

/** What a PNG file holds, still packed. */
export interface PngChunks {
  width: number;
  height: number;
  /** Bits of a sample: 1, 2, 4, 8, 16. */
  depth: number;
  /** 0 grey, 2 colour, 3 places in the palette, 4 grey with opacity, 6 colour with opacity. */
  colorType: number;
  isInterlaced: boolean;
  /** One zlib stream in pieces. */
  data: Uint8Array[];
  palette?: Uint8Array;
  /** The opacity of the palette's colours, or the one colour that is not seen. */
  transparency?: Uint8Array;
  exif?: Uint8Array;
}

/**
 * Takes a PNG file apart, and checks what it says of itself.
 * Source: PNG (third edition), sections 5 and 11.
 * @throws DataError for a file that is cut or damaged, whose size is beyond 2^28 pixels, or that has parts one must know to read it
 */
export function chunksOfPng(bytes: Uint8Array, name: string): PngChunks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let png: PngChunks | undefined;
  for (let at = 8; ;) {
    if (at + 12 > bytes.length)
      throw bad(name, `its end at byte ${bytes.length}`, 'more of a PNG; it is cut');
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length)
      throw bad(name, `${bytes.length} bytes`, `at least ${end} as the part at ${at} says; it is cut`);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4))
      throw bad(name, `another checksum in the part at ${at}`, 'its own; it is damaged');
    const content = bytes.subarray(at + 8, end - 4);
    if (type === 'IHDR' && !png) png = headerOf(content, name);
    else if (!png) throw bad(name, `a part ${shown(type)} first`, 'IHDR');
    else if (type === 'IDAT') png.data.push(content);
    else if (type === 'PLTE') png.palette = content;
    else if (type === 'tRNS') png.transparency = content;
    else if (type === 'eXIf') png.exif = content;
    else if (type === 'IEND') return png;
    else if (/^[A-Z]/.test(type)) throw bad(name, `a part ${shown(type)}`, 'those of a plain PNG');
    at = end;
  }
}

const bad = (name: string, found: string, expected: string) =>
  new DataError(`Cannot read ${name}: found ${found}, expected ${expected}`);

const shown = (type: string) => JSON.stringify(type);

const depths: Record<number, readonly number[]> = {
  ...{ 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8] },
  ...{ 4: [8, 16], 6: [8, 16] },
};

function headerOf(header: Uint8Array, name: string): PngChunks {
  if (header.length !== 13) throw bad(name, `a header of ${header.length} bytes`, '13');
  const view = new DataView(header.buffer, header.byteOffset, 13);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colorType, ...methods] = header.subarray(8) as unknown as [number, number, ...number[]];
  if (!depths[colorType]?.includes(depth))
    throw bad(name, `${depth} bits of colour type ${colorType}`, 'a pair that PNG has');
  if (methods[0] !== 0 || methods[1] !== 0 || methods[2]! > 1)
    throw bad(name, `methods ${methods.join(', ')}`, '0, 0 and 0 or 1');
  checkSize(name, width, height);
  return { width, height, depth, colorType, isInterlaced: methods[2] === 1, data: [] };
}
