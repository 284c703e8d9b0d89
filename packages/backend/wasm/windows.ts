// What the windows of a 2-D convolution see, as rows of a matrix (im2col), and back (col2im). Row p belongs to output
// position p (batch, row, column in order) and holds the filterHeight × filterWidth × channels inputs under its
// window, zero where the window lies outside the image.

/** rows[p - from] ← the inputs under window p, for from ≤ p < to. */
export function gather(
  x: u32,
  height: i32,
  width: i32,
  channels: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  top: i32,
  left: i32,
  outHeight: i32,
  outWidth: i32,
  from: i32,
  to: i32,
  rows: u32,
): void {
  const run = filterWidth * channels;
  let j = from % outWidth;
  let i = (from / outWidth) % outHeight;
  let image = from / (outWidth * outHeight);
  for (let p = from; p < to; p++) {
    const y = i * strideHeight - top;
    const column = j * strideWidth - left;
    const first = max(0, -column) * channels;
    const last = max(first, min(filterWidth, width - column) * channels);
    for (let h = 0; h < filterHeight; h++) {
      if (y + h < 0 || y + h >= height || first >= run) {
        clear(rows, run);
      } else {
        const source = x + ((((image * height + y + h) * width + column) * channels) << 2);
        clear(rows, first);
        copy(source + (first << 2), rows + (first << 2), last - first);
        clear(rows + (last << 2), run - last);
      }
      rows += run << 2;
    }
    if (++j == outWidth) {
      j = 0;
      if (++i == outHeight) {
        i = 0;
        image++;
      }
    }
  }
}

/** The inputs under window p += rows[p - from], for from ≤ p < to. */
export function scatter(
  x: u32,
  height: i32,
  width: i32,
  channels: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  top: i32,
  left: i32,
  outHeight: i32,
  outWidth: i32,
  from: i32,
  to: i32,
  rows: u32,
): void {
  const run = filterWidth * channels;
  let j = from % outWidth;
  let i = (from / outWidth) % outHeight;
  let image = from / (outWidth * outHeight);
  for (let p = from; p < to; p++) {
    const y = i * strideHeight - top;
    const column = j * strideWidth - left;
    const first = max(0, -column) * channels;
    const last = min(filterWidth, width - column) * channels;
    for (let h = 0; h < filterHeight; h++) {
      if (y + h >= 0 && y + h < height && first < last) {
        const target = x + ((((image * height + y + h) * width + column) * channels) << 2);
        add(rows + (first << 2), target + (first << 2), last - first);
      }
      rows += run << 2;
    }
    if (++j == outWidth) {
      j = 0;
      if (++i == outHeight) {
        i = 0;
        image++;
      }
    }
  }
}

function clear(to: u32, count: i32): void {
  for (; count >= 4; count -= 4, to += 16) v128.store(to, i32x4.splat(0));
  for (; count > 0; count--, to += 4) store<f32>(to, 0);
}

function copy(from: u32, to: u32, count: i32): void {
  for (; count >= 4; count -= 4, from += 16, to += 16) v128.store(to, v128.load(from));
  for (; count > 0; count--, from += 4, to += 4) store<f32>(to, load<f32>(from));
}

function add(from: u32, to: u32, count: i32): void {
  for (; count >= 4; count -= 4, from += 16, to += 16)
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
  for (; count > 0; count--, from += 4, to += 4) store<f32>(to, load<f32>(to) + load<f32>(from));
}
