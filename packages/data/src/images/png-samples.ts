import { DataError } from '../data-error.js';
import type { Pixels } from './pixels.js';
import type { PngChunks } from './png-chunks.js';

/** Where a line of samples goes among the pixels: how many there are, where the first goes, and how far it is to the next. */
interface Target {
  columns: number;
  to: number;
  step: number;
}

/**
 * Turns lines of samples into pixels of a byte a channel: samples of fewer bits are stretched to 0–255, those of 16 rounded
 * (libpng: `(v · 255 + 32895) >> 16`), places in a palette become its colours, and what the file calls not to be seen gets opacity 0.
 */
export function samplesTo(
  png: PngChunks,
  name: string,
): {
  channels: Pixels['channels'];
  data: Uint8Array;
  row(raw: Uint8Array, at: number, target: Target): void;
} {
  const { width, height, depth, colorType, transparency } = png;
  if (colorType === 3) return placesTo(png, name);
  const hidden = colorType < 3 && transparency ? wordsOf(transparency) : undefined;
  const samples = { 0: 1, 2: 3, 4: 2, 6: 4 }[colorType] as Pixels['channels'];
  if (hidden && hidden.length !== samples)
    throw new DataError(
      `Cannot read ${name}: found ${hidden.length} samples of a hidden colour, expected ${samples}`,
    );
  const channels = (samples + (hidden ? 1 : 0)) as Pixels['channels'];
  const data = new Uint8Array(width * height * channels);
  const read = readers[depth]!;
  const scale = 255 / (2 ** Math.min(8, depth) - 1);
  return {
    channels,
    data,
    row(raw, at, { columns, to, step }) {
      if (depth === 8 && !hidden && step === 1)
        return data.set(raw.subarray(at, at + columns * samples), to * samples);
      for (let x = 0; x < columns; x++) {
        const place = (to + x * step) * channels;
        let isHidden = hidden !== undefined;
        for (let c = 0; c < samples; c++) {
          const value = read(raw, at, x * samples + c);
          if (hidden && hidden[c] !== value) isHidden = false;
          data[place + c] = depth === 16 ? (value * 255 + 32895) >> 16 : value * scale;
        }
        if (hidden) data[place + samples] = isHidden ? 0 : 255;
      }
    },
  };
}

function placesTo({ width, height, depth, palette, transparency }: PngChunks, name: string) {
  if (!palette || palette.length === 0 || palette.length % 3 !== 0)
    throw new DataError(
      `Cannot read ${name}: found a palette of ${palette?.length ?? 0} bytes, expected three a colour`,
    );
  const channels: Pixels['channels'] = transparency ? 4 : 3;
  const data = new Uint8Array(width * height * channels);
  const read = readers[depth]!;
  return {
    channels,
    data,
    row(raw: Uint8Array, at: number, { columns, to, step }: Target) {
      for (let x = 0; x < columns; x++) {
        const color = read(raw, at, x);
        if (color * 3 >= palette.length)
          throw new DataError(
            `Cannot read ${name}: found colour ${color}, expected one of the ${palette.length / 3} of the palette`,
          );
        const place = (to + x * step) * channels;
        for (let c = 0; c < 3; c++) data[place + c] = palette[color * 3 + c]!;
        if (transparency) data[place + 3] = transparency[color] ?? 255;
      }
    },
  };
}

/** The sample at a place of a line, by its bits. */
const readers: Record<number, (raw: Uint8Array, at: number, place: number) => number> = {
  1: (raw, at, place) => (raw[at + (place >> 3)]! >> (7 - (place & 7))) & 1,
  2: (raw, at, place) => (raw[at + (place >> 2)]! >> (6 - 2 * (place & 3))) & 3,
  4: (raw, at, place) => (raw[at + (place >> 1)]! >> (4 - 4 * (place & 1))) & 15,
  8: (raw, at, place) => raw[at + place]!,
  16: (raw, at, place) => (raw[at + 2 * place]! << 8) | raw[at + 2 * place + 1]!,
};

const wordsOf = (bytes: Uint8Array) =>
  Array.from({ length: bytes.length >> 1 }, (_, i) => (bytes[2 * i]! << 8) | bytes[2 * i + 1]!);
