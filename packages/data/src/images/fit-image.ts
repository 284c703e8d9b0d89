import type { Pixels } from './pixels.js';
import { resize } from './resize.js';

/** What a picture is made. */
export interface Fit {
  height: number;
  width: number;
  channels: 1 | 3;
  /** @default 'cover' */
  fit?: 'cover' | 'contain' | undefined;
}

/**
 * A picture as `height` × `width` × `channels` bytes: laid on black where it is not opaque, grey by Rec. 601
 * (0.299 red + 0.587 green + 0.114 blue), then cut to the middle or laid on black to have the form, and resized as `resize` does. All in
 * whole numbers, so that the bytes are the same on every machine; a picture that has this size already keeps its pixels.
 * @throws TypeError for pixels that do not fill their size
 */
export function fitImage(pixels: Pixels, { height, width, channels, fit = 'cover' }: Fit): Uint8Array {
  if (pixels.data.length !== pixels.width * pixels.height * pixels.channels)
    throw new TypeError(
      `Cannot fit a picture: found ${pixels.data.length} bytes, expected ${pixels.width} × ${pixels.height} × ${pixels.channels}`,
    );
  const picture = { width: pixels.width, height: pixels.height, channels, data: opaque(pixels, channels) };
  if (picture.width === width && picture.height === height) return picture.data;
  if (fit === 'contain') return onBlack(picture, { height, width });
  const [w, h] = largest(width, height, picture);
  return resize(middleOf(picture, w, h), width, height);
}

interface Opaque extends Pixels {
  channels: 1 | 3;
}

/** The pixels on black in one channel or three. */
function opaque({ data, channels: from, width, height }: Pixels, channels: 1 | 3): Uint8Array {
  if (from === channels) return data;
  const out = new Uint8Array(width * height * channels);
  const hasColor = from > 2;
  const hasOpacity = from % 2 === 0;
  for (let i = 0, at = 0; at < out.length; i += from) {
    const opacity = hasOpacity ? data[i + from - 1]! : 255;
    const seen = (c: number) => Math.floor((data[i + c]! * opacity + 127) / 255);
    const red = seen(0);
    const [green, blue] = hasColor ? [seen(1), seen(2)] : [red, red];
    if (channels === 1) out[at++] = luma(red, green, blue);
    else {
      out[at++] = red;
      out[at++] = green;
      out[at++] = blue;
    }
  }
  return out;
}

/** Rec. 601 in parts of 2^16, which add to 2^16: grey stays what it is. */
const luma = (red: number, green: number, blue: number) =>
  (19595 * red + 38470 * green + 7471 * blue + 32768) >> 16;

/** The largest size of the form `width` : `height` that lies within another, of one pixel at least. */
function largest(width: number, height: number, within: { width: number; height: number }): [number, number] {
  const isWider = within.width * height > within.height * width;
  return isWider
    ? [Math.max(1, Math.round((within.height * width) / height)), within.height]
    : [within.width, Math.max(1, Math.round((within.width * height) / width))];
}

function middleOf({ data, channels, ...from }: Opaque, width: number, height: number): Opaque {
  const left = Math.floor((from.width - width) / 2);
  const top = Math.floor((from.height - height) / 2);
  if (from.width === width && from.height === height) return { width, height, channels, data };
  const cut = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    const at = ((top + y) * from.width + left) * channels;
    cut.set(data.subarray(at, at + width * channels), y * width * channels);
  }
  return { width, height, channels, data: cut };
}

function onBlack(picture: Opaque, { height, width }: { height: number; width: number }): Uint8Array {
  const [w, h] = largest(picture.width, picture.height, { width, height });
  const small = resize(picture, w, h);
  const [left, top] = [Math.floor((width - w) / 2), Math.floor((height - h) / 2)];
  const out = new Uint8Array(width * height * picture.channels);
  for (let y = 0; y < h; y++)
    out.set(
      small.subarray(y * w * picture.channels, (y + 1) * w * picture.channels),
      ((top + y) * width + left) * picture.channels,
    );
  return out;
}
