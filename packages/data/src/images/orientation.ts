import type { Pixels } from './pixels.js';

/**
 * How a picture is to be turned, from its Exif block, which is a small TIFF: 1 as it lies to 8, by the row and the column that its
 * first ones are. 1 where the block does not say, or is damaged: it is a remark beside the picture.
 * Source: Exif 2.32, tag 0x0112 of the first directory.
 */
export function orientationOf(tiff: Uint8Array): number {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (tiff.length < 8 || ![0x49492a00, 0x4d4d002a].includes(view.getUint32(0))) return 1;
  const isLittle = tiff[0] === 0x49;
  const directory = view.getUint32(4, isLittle);
  if (directory + 2 > tiff.length) return 1;
  const count = view.getUint16(directory, isLittle);
  for (let at = directory + 2; at < directory + 2 + count * 12 && at + 12 <= tiff.length; at += 12)
    if (view.getUint16(at, isLittle) === 0x0112) {
      const turn = view.getUint16(at + 8, isLittle);
      return turn >= 1 && turn <= 8 ? turn : 1;
    }
  return 1;
}

/** A picture as it is to be seen: mirrored and turned by quarters, no pixel changed. */
export function turned(pixels: Pixels, orientation: number): Pixels {
  if (orientation === 1) return pixels;
  const { width, height, channels, data } = pixels;
  const isTurned = orientation > 4;
  const [w, h] = isTurned ? [height, width] : [width, height];
  const [fromRight, fromBelow] = [
    [2, 3, 7, 8].includes(orientation), // where the first column of what is seen lies in the file
    [3, 4, 6, 7].includes(orientation),
  ];
  const seen = new Uint8Array(data.length);
  for (let y = 0, to = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      const [u, v] = isTurned ? [y, x] : [x, y];
      const column = fromRight ? width - 1 - u : u;
      const row = fromBelow ? height - 1 - v : v;
      const from = (row * width + column) * channels;
      for (let c = 0; c < channels; c++) seen[to++] = data[from + c]!;
    }
  return { width: w, height: h, channels, data: seen };
}
