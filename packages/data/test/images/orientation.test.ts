import { describe, expect, test } from '@jest/globals';
import { encode } from 'fast-png';
import { crc32 } from '../../src/archives/crc32.js';
import { decodeImage } from '../../src/images/decode-image.js';
import { orientationOf, turned } from '../../src/images/orientation.js';
import type { Pixels } from '../../src/images/pixels.js';
import { pythonWith, testWith } from '../other-programs.js';

const pillow = pythonWith('pil');

/** An F, which no turn and no mirror leaves as it is; grey. */
const letter = ['###', '#..', '##.', '#..'];
const letterOf = ({ width, height, channels, data }: Pixels) =>
  Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => (data[(y * width + x) * channels]! > 127 ? '#' : '.')).join(''),
  );
const pixelsOf = (rows: string[]): Pixels => ({
  ...{ width: rows[0]!.length, height: rows.length, channels: 1 },
  data: Uint8Array.from(rows.join(''), (sign) => (sign === '#' ? 255 : 0)),
});

/** How the file of each orientation lies: by hand after Exif 2.32, figure 5 (row 0 is the visual top, column 0 the left side, …). */
const lying: Record<number, string[]> = {
  1: ['###', '#..', '##.', '#..'],
  2: ['###', '..#', '.##', '..#'],
  3: ['..#', '.##', '..#', '###'],
  4: ['#..', '##.', '#..', '###'],
  5: ['####', '#.#.', '#...'],
  6: ['#...', '#.#.', '####'],
  7: ['...#', '.#.#', '####'],
  8: ['####', '.#.#', '...#'],
};

/** The smallest Exif block that says how a picture lies. */
function tiff(orientation: number, isLittle: boolean): Uint8Array {
  const bytes = new Uint8Array(26);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, isLittle ? 0x49492a00 : 0x4d4d002a);
  view.setUint32(4, 8, isLittle);
  view.setUint16(8, 1, isLittle);
  view.setUint16(10, 0x0112, isLittle);
  view.setUint16(12, 3, isLittle);
  view.setUint32(14, 1, isLittle);
  view.setUint16(18, orientation, isLittle);
  return bytes;
}

describe('a picture is turned as it is to be seen', () => {
  for (const [orientation, rows] of Object.entries(lying))
    test(`orientation ${orientation}`, () => {
      expect(letterOf(turned(pixelsOf(rows), Number(orientation)))).toEqual(letter);
      expect(orientationOf(tiff(Number(orientation), true))).toBe(Number(orientation));
      expect(orientationOf(tiff(Number(orientation), false))).toBe(Number(orientation));
    });

  testWith(pillow)('as Pillow turns JPEGs, all eight ways', async () => {
    const program = `
import io, json, base64
from PIL import Image, ImageOps
out = []
for turn in range(1, 9):
    im = Image.effect_mandelbrot((48, 32), (-2, -1, 1, 1), 20)
    exif = Image.Exif()
    exif[0x0112] = turn
    file = io.BytesIO()
    im.save(file, 'jpeg', exif=exif, quality=95)
    seen = ImageOps.exif_transpose(Image.open(io.BytesIO(file.getvalue())))
    out.append([base64.b64encode(file.getvalue()).decode(), seen.width, list(seen.tobytes())])
print(json.dumps(out))`;
    const made = JSON.parse(new TextDecoder().decode(pillow!(['-c', program]))) as [
      string,
      number,
      number[],
    ][];
    for (const [jpeg, width, seen] of made) {
      const pixels = await decodeImage(Buffer.from(jpeg, 'base64'), 'x.jpg');
      expect(pixels).toMatchObject({ width, channels: 1 });
      const most = pixels.data.reduce((most, value, i) => Math.max(most, Math.abs(value - seen[i]!)), 0);
      expect(most).toBeLessThanOrEqual(2); // two ways of rounding the cosine transform
    }
  });

  test('in a PNG too', async () => {
    const png = encode(pixelsOf(lying[6]!) as Pixels & { channels: 1 });
    const part = new Uint8Array(12 + 26);
    const view = new DataView(part.buffer);
    view.setUint32(0, 26);
    part.set(new TextEncoder().encode('eXIf'), 4);
    part.set(tiff(6, false), 8);
    view.setUint32(34, crc32(part.subarray(4, 34)));
    const whole = Uint8Array.from([...png.subarray(0, 33), ...part, ...png.subarray(33)]);
    expect(letterOf(await decodeImage(whole, 'x.png'))).toEqual(letter);
  });

  test('but not where the block is damaged: it is a remark beside the picture', () => {
    expect(orientationOf(new Uint8Array())).toBe(1);
    expect(orientationOf(tiff(9, true))).toBe(1);
    for (let length = 0; length < 20; length++) expect(orientationOf(tiff(6, true).slice(0, length))).toBe(1);
  });
});
