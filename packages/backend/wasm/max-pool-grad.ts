// The gradient of a 2-D max pooling goes to the first largest value of each window, as on the other backends.

/** dx (zero before) += dy at the first maximum of x in each window. */
export function maxPoolGrad(
  x: u32,
  dy: u32,
  dx: u32,
  batch: i32,
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
): void {
  for (let image = 0; image < batch; image++) {
    const base = (image * height * width * channels) << 2;
    for (let i = 0; i < outHeight; i++) {
      const y0 = max(0, i * strideHeight - top);
      const y1 = min(height, i * strideHeight - top + filterHeight);
      for (let j = 0; j < outWidth; j++) {
        const x0 = max(0, j * strideWidth - left);
        const x1 = min(width, j * strideWidth - left + filterWidth);
        let c = 0;
        for (; c + 4 <= channels; c += 4, dy += 16) {
          const at = first4(x + base + (c << 2), y0, y1, x0, x1, width, channels);
          give(dx + base + (c << 2), i32x4.extract_lane(at, 0), load<f32>(dy));
          give(dx + base + (c << 2) + 4, i32x4.extract_lane(at, 1), load<f32>(dy, 4));
          give(dx + base + (c << 2) + 8, i32x4.extract_lane(at, 2), load<f32>(dy, 8));
          give(dx + base + (c << 2) + 12, i32x4.extract_lane(at, 3), load<f32>(dy, 12));
        }
        for (; c < channels; c++, dy += 4) {
          give(
            dx + base + (c << 2),
            first1(x + base + (c << 2), y0, y1, x0, x1, width, channels),
            load<f32>(dy),
          );
        }
      }
    }
  }
}

/** Byte offset of the first maximum in four neighbouring channels; -1 where nothing exceeds -Infinity. */
function first4(x: u32, y0: i32, y1: i32, x0: i32, x1: i32, width: i32, channels: i32): v128 {
  let best = f32x4.splat(-Infinity);
  let at = i32x4.splat(-1);
  for (let y = y0; y < y1; y++) {
    for (let column = x0; column < x1; column++) {
      const offset = ((y * width + column) * channels) << 2;
      const value = v128.load(x + offset);
      const greater = f32x4.gt(value, best);
      best = v128.bitselect(value, best, greater);
      at = v128.bitselect(i32x4.splat(offset), at, greater);
    }
  }
  return at;
}

function first1(x: u32, y0: i32, y1: i32, x0: i32, x1: i32, width: i32, channels: i32): i32 {
  let best: f32 = -Infinity;
  let at = -1;
  for (let y = y0; y < y1; y++) {
    for (let column = x0; column < x1; column++) {
      const offset = ((y * width + column) * channels) << 2;
      const value = load<f32>(x + offset);
      if (value > best) {
        best = value;
        at = offset;
      }
    }
  }
  return at;
}

function give(dx: u32, at: i32, value: f32): void {
  if (at >= 0) store<f32>(dx + at, load<f32>(dx + at) + value);
}
