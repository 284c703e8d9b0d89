import { describe, expect, test } from '@jest/globals';
import { encode } from 'fast-png';
import sharp from 'sharp';
import { decodeImage as decodeHere } from '../../src/images/decode-image.js';
import { decodeImage } from '../../src/node.js';

const data = Uint8Array.from({ length: 6 * 4 * 3 }, (_, i) => (i * 40) % 256);
const picture = () => sharp(data, { raw: { width: 6, height: 4, channels: 3 } });

describe('decodeImage() of Node, through sharp', () => {
  test('reads WebP, TIFF and GIF, and what is called for is what readData hands on', async () => {
    const webp = new Uint8Array(await picture().webp({ lossless: true }).toBuffer());
    const expected = { width: 6, height: 4, channels: 3, data };
    expect(await decodeImage(webp, 'x.webp')).toEqual(expected);
    expect(await decodeHere(webp, 'x.webp', { decodeImage })).toEqual(expected);
    expect(await decodeImage(new Uint8Array(await picture().tiff().toBuffer()), 'x.tiff')).toMatchObject({
      ...{ width: 6, height: 4, channels: 3 },
    });
    expect(await decodeImage(new Uint8Array(await picture().gif().toBuffer()), 'x.gif')).toMatchObject({
      ...{ width: 6, height: 4 },
    });
  });

  test('turns a picture as it is to be seen', async () => {
    const lying = await picture().withMetadata({ orientation: 6 }).webp({ lossless: true }).toBuffer();
    expect(await decodeImage(new Uint8Array(lying), 'x.webp')).toMatchObject({ width: 4, height: 6 });
  });

  test('sees in a PNG what is seen without it', async () => {
    const png = encode({ width: 6, height: 4, channels: 3, data });
    expect(await decodeImage(png, 'x.png')).toEqual(await decodeHere(png, 'x.png'));
  });

  test('names a damaged file', async () => {
    const webp = new Uint8Array(await picture().webp().toBuffer());
    await expect(decodeImage(webp.slice(0, 30), 'cats/1.webp')).rejects.toMatchObject({
      ...{ name: 'DataError', message: expect.stringMatching(/^Cannot read cats\/1.webp: .*, expected /) },
    });
  });
});
