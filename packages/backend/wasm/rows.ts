// Whole rows of a matrix at once: their sum, and a bias under each of them. Sums are plain within a block of rows and
// compensated (Kahan 1965) between blocks, so that their error does not grow with the number of rows.
const BLOCK: u32 = 64;

/** total[o][j] ← Σ_i x[o][i][j] */
export function sumRows(x: u32, outer: u32, rows: u32, columns: u32, total: u32): void {
  for (let o: u32 = 0; o < outer; o++) {
    if (columns == 1) store<f32>(total, sumAll(x, rows));
    else sumMatrix(x, rows, columns, total);
    x += (rows * columns) << 2;
    total += columns << 2;
  }
}

/** y[i] ← bias, for every row i. */
export function repeatRow(bias: u32, rows: u32, columns: u32, y: u32): void {
  for (let i: u32 = 0; i < rows; i++) {
    let j: u32 = 0;
    for (; j + 4 <= columns; j += 4, y += 16) v128.store(y, v128.load(bias + (j << 2)));
    for (; j < columns; j++, y += 4) store<f32>(y, load<f32>(bias + (j << 2)));
  }
}

function sumMatrix(x: u32, rows: u32, columns: u32, total: u32): void {
  const row = columns << 2;
  let j: u32 = 0;
  for (; j + 16 <= columns; j += 16) sum16(x + (j << 2), rows, row, total + (j << 2));
  for (; j + 4 <= columns; j += 4) v128.store(total + (j << 2), sum4(x + (j << 2), rows, row));
  for (; j < columns; j++) store<f32>(total + (j << 2), sum1(x + (j << 2), rows, row));
}

function sumAll(x: u32, count: u32): f32 {
  const lanes = sum4(x, count >> 2, 16);
  const pairs = f32x4.add(lanes, v128.shuffle<f32>(lanes, lanes, 2, 3, 0, 1));
  const rest = count & ~3;
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1) + sum1(x + (rest << 2), count & 3, 4);
}

/** A cache line of columns at a time. */
function sum16(x: u32, rows: u32, row: u32, total: u32): void {
  let t0 = f32x4.splat(0), t1 = t0, t2 = t0, t3 = t0; // prettier-ignore
  let c0 = t0, c1 = t0, c2 = t0, c3 = t0; // prettier-ignore
  for (let left = rows; left > 0;) {
    const count = min(left, BLOCK);
    let s0 = c0, s1 = c1, s2 = c2, s3 = c3; // prettier-ignore
    for (const end = x + count * row; x < end; x += row) {
      s0 = f32x4.add(s0, v128.load(x));
      s1 = f32x4.add(s1, v128.load(x, 16));
      s2 = f32x4.add(s2, v128.load(x, 32));
      s3 = f32x4.add(s3, v128.load(x, 48));
    }
    const n0 = f32x4.add(t0, s0), n1 = f32x4.add(t1, s1), n2 = f32x4.add(t2, s2), n3 = f32x4.add(t3, s3); // prettier-ignore
    c0 = number(f32x4.sub(s0, f32x4.sub(n0, t0)));
    c1 = number(f32x4.sub(s1, f32x4.sub(n1, t1)));
    c2 = number(f32x4.sub(s2, f32x4.sub(n2, t2)));
    c3 = number(f32x4.sub(s3, f32x4.sub(n3, t3)));
    t0 = n0;
    t1 = n1;
    t2 = n2;
    t3 = n3;
    left -= count;
  }
  v128.store(total, f32x4.add(t0, c0));
  v128.store(total, f32x4.add(t1, c1), 16);
  v128.store(total, f32x4.add(t2, c2), 32);
  v128.store(total, f32x4.add(t3, c3), 48);
}

function sum4(x: u32, rows: u32, row: u32): v128 {
  let total = f32x4.splat(0);
  let lost = total;
  for (let left = rows; left > 0;) {
    const count = min(left, BLOCK);
    let sum = lost;
    for (const end = x + count * row; x < end; x += row) sum = f32x4.add(sum, v128.load(x));
    const next = f32x4.add(total, sum);
    lost = number(f32x4.sub(sum, f32x4.sub(next, total)));
    total = next;
    left -= count;
  }
  return f32x4.add(total, lost);
}

function sum1(x: u32, rows: u32, row: u32): f32 {
  let total: f32 = 0;
  let lost: f32 = 0;
  for (let left = rows; left > 0;) {
    const count = min(left, BLOCK);
    let sum = lost;
    for (const end = x + count * row; x < end; x += row) sum += load<f32>(x);
    const next = total + sum;
    lost = sum - (next - total);
    if (isNaN(lost)) lost = 0;
    total = next;
    left -= count;
  }
  return total + lost;
}

/** Zero for NaN: the error of an infinite sum is NaN, and the sum should stay infinite. */
function number(x: v128): v128 {
  return v128.and(x, f32x4.eq(x, x));
}
