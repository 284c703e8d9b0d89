import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encode, type ImageData } from 'fast-png';
import { decodeImage } from '../../src/images/decode-image.js';
import type { Pixels } from '../../src/images/pixels.js';
import { imageMagick, pythonWith, testWith } from '../other-programs.js';

const pillow = pythonWith('pil');

/** Red, green, blue and opacity of every pixel. */
function rgba({ channels, data }: Pixels): number[] {
  const out: number[] = [];
  for (let i = 0; i < data.length; i += channels) {
    const color = channels < 3 ? [data[i]!, data[i]!, data[i]!] : [...data.subarray(i, i + 3)];
    out.push(...color, channels % 2 === 0 ? data[i + channels - 1]! : 255);
  }
  return out;
}

/** A part of a PNG file with its length and checksum, by its type. */
function changed(png: Uint8Array, type: string, change: (part: Uint8Array) => void): Uint8Array {
  const copy = Uint8Array.from(png);
  const at = new TextDecoder('latin1').decode(copy).indexOf(type);
  change(copy.subarray(at + 4));
  return copy;
}

const small: ImageData = {
  ...{ width: 3, height: 2, channels: 3 },
  data: Uint8Array.from({ length: 18 }, (_, i) => i),
};

describe('a PNG', () => {
  test('that fast-png wrote comes back, with 1 to 4 channels', async () => {
    const picture = fc
      .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
      .chain((size) =>
        fc.constantFrom(1, 2, 3, 4).chain((channels) => {
          const length = size.width * size.height * channels;
          return fc
            .uint8Array({ minLength: length, maxLength: length })
            .map((data) => ({ ...size, channels, data }));
        }),
      );
    await fc.assert(
      fc.asyncProperty(picture, async (pixels) => {
        expect(await decodeImage(encode(pixels), 'x.png')).toEqual(pixels);
      }),
    );
  });

  test('of 16 bits is rounded to 8: 257 grey steps are one', async () => {
    const data = Uint16Array.of(0, 128, 129, 257, 385, 386, 65535, 65406, 65407);
    const png = encode({ width: 9, height: 1, channels: 1, depth: 16, data });
    expect([...(await decodeImage(png, 'x.png')).data]).toEqual([0, 0, 1, 1, 1, 2, 255, 254, 255]);
  });

  const kinds = [
    ...[1, 2, 4, 8, 16].map((depth) => ['grey', 0, depth] as const),
    ...[8, 16].map((depth) => ['colour', 2, depth] as const),
    ...[1, 2, 4, 8].map((depth) => ['palette', 3, depth] as const),
    ...[8, 16].map((depth) => ['grey with opacity', 4, depth] as const),
    ...[8, 16].map((depth) => ['colour with opacity', 6, depth] as const),
  ];
  for (const [name, type, depth] of kinds)
    for (const interlace of ['none', 'PNG'])
      testWith(imageMagick)(
        `of ${depth} bits, ${name}, interlace ${interlace}, is read as ImageMagick reads it`,
        async () => {
          const png = imageMagick!([
            ...['-size', '13x11', '-seed', '7', 'xc:gray', '+noise', 'Random'],
            ...(type === 4 || type === 6
              ? ['(', '+clone', '-seed', '8', '+noise', 'Random', '-colorspace', 'Gray', ')']
              : []),
            ...(type === 4 || type === 6 ? ['-alpha', 'off', '-compose', 'CopyOpacity', '-composite'] : []),
            ...(type === 3 ? ['-colors', String(2 ** Math.min(depth, 6)), '-type', 'Palette'] : []),
            ...(type === 0 || type === 4 ? ['-colorspace', 'Gray'] : []),
            ...['-depth', String(depth), '-interlace', interlace],
            ...['-define', `png:color-type=${type}`, '-define', `png:bit-depth=${depth}`, 'png:-'],
          ]);
          expect([png[24], png[25], png[28]]).toEqual([depth, type, interlace === 'PNG' ? 1 : 0]);
          const raw = imageMagick!(['png:-', '-depth', '16', '-endian', 'MSB', 'rgba:-'], png);
          const seen = Array.from({ length: raw.length / 2 }, (_, i) =>
            Math.round((raw[2 * i]! * 256 + raw[2 * i + 1]!) / 257),
          );
          const pixels = await decodeImage(png, 'x.png');
          expect([pixels.width, pixels.height]).toEqual([13, 11]);
          expect(rgba(pixels)).toEqual(seen);
        },
      );

  testWith(pillow)('with a hidden colour or a palette with opacity has it where Pillow has it', async () => {
    const program = `
import io, json, base64, random
from PIL import Image
random.seed(3)
out = []
for mode, hidden in (('L', 3), ('RGB', (1, 2, 3)), ('P', b'\\x00\\x80\\xff')):
    im = Image.new(mode, (7, 5))
    im.putdata([random.randrange(4) if mode != 'RGB' else random.choice([(1, 2, 3), (1, 2, 4)]) for _ in range(35)])
    if mode == 'P': im.putpalette([9, 8, 7, 60, 50, 40, 3, 2, 1, 200, 100, 0])
    file = io.BytesIO()
    im.save(file, 'png', transparency=hidden)
    seen = Image.open(io.BytesIO(file.getvalue())).convert('RGBA')
    out.append([base64.b64encode(file.getvalue()).decode(), list(seen.tobytes())])
print(json.dumps(out))`;
    const made = JSON.parse(new TextDecoder().decode(pillow!(['-c', program]))) as [string, number[]][];
    for (const [png, seen] of made) {
      const pixels = await decodeImage(Buffer.from(png, 'base64'), 'x.png');
      expect(pixels.channels % 2).toBe(0);
      expect(rgba(pixels)).toEqual(seen);
    }
  });

  test('that is cut anywhere is refused, and named', async () => {
    const png = encode(small);
    for (let length = 0; length < png.length; length++)
      await expect(decodeImage(png.slice(0, length), 'cats/1.png')).rejects.toThrow(
        /^Cannot read cats\/1.png: found .*, expected /,
      );
  });

  test('with any bit flipped is refused', async () => {
    const png = encode(small);
    for (let bit = 0; bit < png.length * 8; bit++) {
      const bad = Uint8Array.from(png);
      bad[bit >> 3]! ^= 1 << (bit & 7);
      await expect(decodeImage(bad, 'x.png')).rejects.toMatchObject({ name: 'DataError' });
    }
  });

  test('that announces 100,000 × 100,000 pixels is refused before memory is taken', async () => {
    const { crc32 } = await import('../../src/archives/crc32.js');
    const sized = (width: number, height: number) =>
      changed(encode(small), 'IHDR', (part) => {
        const view = new DataView(part.buffer, part.byteOffset);
        view.setUint32(0, width);
        view.setUint32(4, height);
        view.setUint32(13, crc32(new Uint8Array(part.buffer, part.byteOffset - 4, 17)));
      });
    const before = process.memoryUsage().arrayBuffers;
    await expect(decodeImage(sized(100_000, 100_000), 'x.png')).rejects.toThrow(
      'Cannot read x.png: found a picture of 100000 × 100000 pixels, expected at least one and at most 2^28 (16,384 × 16,384); make it smaller',
    );
    await expect(decodeImage(sized(16_000, 16_000), 'x.png')).rejects.toThrow(
      /found \d+ packed bytes, expected 768016000 for 16000 × 16000 pixels; it is damaged/,
    );
    await expect(decodeImage(sized(0, 2), 'x.png')).rejects.toThrow('found a picture of 0 × 2 pixels');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
  });

  test('that holds more than its size takes is refused', async () => {
    const { crc32 } = await import('../../src/archives/crc32.js');
    const png = changed(encode(small), 'IHDR', (part) => {
      part[7] = 1;
      const sum = crc32(new Uint8Array(part.buffer, part.byteOffset - 4, 17));
      new DataView(part.buffer, part.byteOffset).setUint32(13, sum);
    });
    await expect(decodeImage(png, 'x.png')).rejects.toThrow('found more bytes, expected 10');
  });
});
