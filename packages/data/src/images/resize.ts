import type { Pixels } from './pixels.js';

/**
 * A picture in another size. Where a side shrinks, a new pixel is the mean of the area that it covers; where it grows, it lies between
 * the two old ones that are nearest (bilinear, the edge pixels repeated). Sums are whole numbers and rounded once, half up: a grey
 * area keeps its grey exactly.
 */
export function resize(
  { width, height, channels, data }: Pixels,
  toWidth: number,
  toHeight: number,
): Uint8Array {
  if (width === toWidth && height === toHeight) return data;
  const across = sharesOf(width, toWidth);
  const down = sharesOf(height, toHeight);
  const total = across.total * down.total;
  const out = new Uint8Array(toWidth * toHeight * channels);
  const sum = new Float64Array(toWidth * channels);
  const rows = [row(), row()];
  for (let y = 0; y < toHeight; y++) {
    sum.fill(0);
    for (let place = down.starts[y]!; place < down.starts[y + 1]!; place++) {
      const line = lineOf(down.places[place]!);
      const share = down.shares[place]!;
      for (let i = 0; i < sum.length; i++) sum[i]! += line[i]! * share;
    }
    for (let i = 0; i < sum.length; i++)
      out[y * sum.length + i] = Math.floor((2 * sum[i]! + total) / (2 * total));
  }
  return out;

  /** An old line with its new width, not yet divided; the last two are kept, since the next new line may need them. */
  function lineOf(y: number): Float64Array {
    const kept = rows[y % 2]!;
    if (kept.y === y) return kept.line;
    kept.y = y;
    for (let x = 0, at = 0; x < toWidth; x++)
      for (let c = 0; c < channels; c++, at++) {
        let value = 0;
        for (let place = across.starts[x]!; place < across.starts[x + 1]!; place++)
          value += data[(y * width + across.places[place]!) * channels + c]! * across.shares[place]!;
        kept.line[at] = value;
      }
    return kept.line;
  }

  function row() {
    return { y: -1, line: new Float64Array(toWidth * channels) };
  }
}

/** Which old pixels each new one along a side is made of, and of what shares of `total`. */
interface Shares {
  /** Where the old ones of a new one start in `places`; one more at the end. */
  starts: Int32Array;
  places: Int32Array;
  shares: Float64Array;
  total: number;
}

function sharesOf(from: number, to: number): Shares {
  const most = from > to ? from + to : 2 * to;
  const [starts, places, shares] = [new Int32Array(to + 1), new Int32Array(most), new Float64Array(most)];
  let count = 0;
  const put = (place: number, share: number) => {
    if (share === 0) return;
    places[count] = place;
    shares[count++] = share;
  };
  for (let i = 0; i < to; i++) {
    starts[i] = count;
    // An old pixel is `to` wide and a new one `from`, so that their edges are whole numbers.
    if (from > to)
      for (let j = Math.floor((i * from) / to); j * to < (i + 1) * from; j++)
        put(j, Math.min((j + 1) * to, (i + 1) * from) - Math.max(j * to, i * from));
    else {
      // The middle of the new pixel, counted from the middle of the first old one, in parts of 2 · to.
      const middle = (2 * i + 1) * from - to;
      const before = Math.floor(middle / (2 * to));
      const share = middle - before * 2 * to;
      put(Math.max(0, before), 2 * to - share);
      put(Math.min(from - 1, before + 1), share);
    }
  }
  starts[to] = count;
  return { starts, places, shares, total: from > to ? from : 2 * to };
}
