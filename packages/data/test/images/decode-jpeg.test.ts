import { describe, expect, test } from '@jest/globals';
import jpeg from 'jpeg-js';
import { decodeImage } from '../../src/images/decode-image.js';
import { imageMagick, testWith } from '../other-programs.js';

const width = 40;
const height = 24;
const colored = () => {
  const data = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++)
    data.set([(i % width) * 6, Math.floor(i / width) * 10, 255 - (i % width) * 6, 255], 4 * i);
  return new Uint8Array(jpeg.encode({ width, height, data }, 90).data);
};

/** The mean of the differences, and the greatest, in grey steps. */
function differences(a: ArrayLike<number>, b: ArrayLike<number>): { mean: number; most: number } {
  let [sum, most] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    sum += Math.abs(a[i]! - b[i]!);
    most = Math.max(most, Math.abs(a[i]! - b[i]!));
  }
  return { mean: sum / a.length, most };
}

const kinds = [
  ['in colour, every pixel', ['-sampling-factor', '1x1'], 3, 1],
  ['in colour, colours in every second pixel', ['-sampling-factor', '2x2'], 3, 4],
  ['in colour, progressive', ['-sampling-factor', '1x1', '-interlace', 'JPEG'], 3, 1],
  ['grey', ['-colorspace', 'Gray'], 1, 1],
  ['grey, progressive', ['-colorspace', 'Gray', '-interlace', 'JPEG'], 1, 1],
  ['in the colours of print', ['-colorspace', 'CMYK'], 3, 2],
] as const;

describe('a JPEG', () => {
  for (const [name, options, channels, mean] of kinds)
    testWith(imageMagick)(`${name} has the pixels that ImageMagick sees, to rounding`, async () => {
      const file = imageMagick!([
        ...['-size', '61x43', 'plasma:red-blue', '-seed', '3', '-blur', '0x1'],
        ...[...options, '-quality', '95', 'jpeg:-'],
      ]);
      const pixels = await decodeImage(file, 'x.jpg');
      expect(pixels).toMatchObject({ width: 61, height: 43, channels });
      const seen = imageMagick!(
        [
          ...['jpeg:-', ...(name.includes('print') ? ['-colorspace', 'sRGB'] : [])],
          ...['-depth', '8', channels === 1 ? 'gray:-' : 'rgb:-'],
        ],
        file,
      );
      const found = differences(pixels.data, seen);
      expect(found.mean).toBeLessThan(mean);
    });

  testWith(imageMagick)('of red, green and blue, as Adobe marks it, has them', async () => {
    const file = imageMagick!(['-size', '16x16', 'plasma:red-blue', '-sampling-factor', '1x1', 'jpeg:-']);
    const adobe = [0xff, 0xee, 0, 14, ...new TextEncoder().encode('Adobe'), 0, 100, 0, 0, 0, 0, 0];
    const rgb = Uint8Array.from([0xff, 0xd8, ...adobe, ...file.subarray(20)]);
    const [{ data }, seen] = [
      await decodeImage(rgb, 'x.jpg'),
      imageMagick!(['jpeg:-', '-depth', '8', 'rgb:-'], rgb),
    ];
    expect(differences(data, seen).most).toBeLessThanOrEqual(2);
    expect(differences(data, (await decodeImage(file, 'x.jpg')).data).mean).toBeGreaterThan(20);
  });

  test('that is cut is refused, and named', async () => {
    const file = colored();
    for (let length = 3; length < file.length - 2; length += 7)
      await expect(decodeImage(file.slice(0, length), 'cats/1.jpg')).rejects.toThrow(
        /^Cannot read cats\/1.jpg: .*, expected /,
      );
  });

  test('that announces more pixels than its bytes can hold is refused before memory is taken', async () => {
    const file = colored();
    const frame = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xc0);
    file.set([0x3e, 0x80, 0x3e, 0x80], frame + 5); // 16,000 × 16,000
    const before = process.memoryUsage().rss;
    await expect(decodeImage(file, 'x.jpg')).rejects.toThrow(
      /found \d+ bytes, expected at least 500000 for 16000 × 16000 pixels/,
    );
    file.set([0xff, 0xff, 0xff, 0xff], frame + 5);
    await expect(decodeImage(file, 'x.jpg')).rejects.toThrow('found a picture of 65535 × 65535 pixels');
    expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 26);
  });

  testWith(imageMagick)('that scans its picture thousands of times is refused', async () => {
    const file = imageMagick!(['-size', '640x640', 'xc:gray', '-interlace', 'JPEG', 'jpeg:-']);
    const scan = Uint8Array.of(0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0, 0);
    const scans = new Uint8Array(200_000 * scan.length);
    for (let at = 0; at < scans.length; at += scan.length) scans.set(scan, at);
    const bomb = Uint8Array.from([...file.subarray(0, -2), ...scans, 0xff, 0xd9]);
    await expect(decodeImage(bomb, 'x.jpg')).rejects.toThrow(
      /found \d+ scans of 640 × 640 pixels, expected fewer/,
    );
  });
});

describe('a picture of another kind', () => {
  const webp = new TextEncoder().encode('RIFF\0\0\0\0WEBPVP8 ');

  test('is the platform’s to unpack', async () => {
    const pixels = { width: 1, height: 1, channels: 1 as const, data: Uint8Array.of(7) };
    const decode = (bytes: Uint8Array, name: string) => {
      expect([bytes, name]).toEqual([webp, 'x.webp']);
      return Promise.resolve(pixels);
    };
    expect(await decodeImage(webp, 'x.webp', { decodeImage: decode })).toBe(pixels);
  });

  test('is refused with the remedy where it has not said how', async () => {
    await expect(decodeImage(webp, 'x.webp')).rejects.toThrow(
      'Cannot read x.webp: found WebP, expected PNG or JPEG; in Node "npm install sharp" reads others, in a page the browser does, or save it anew as PNG',
    );
  });

  test('is no picture where its first bytes are none, whatever it is called', async () => {
    await expect(decodeImage(new TextEncoder().encode('<html>'), 'x.png')).rejects.toThrow(
      'Cannot read x.png: found bytes that begin 0x3c68746d6c3e, expected a picture',
    );
    await expect(decodeImage(new Uint8Array(), 'x.png')).rejects.toThrow('found an empty file');
  });
});
