// C (+)= op(A)·op(B): the blocked product of Goto and van de Geijn (2008), with both operands packed so that the
// innermost loop reads them in order: 4 rows of C by 8 columns, held in eight 4-lane registers.
const ROWS: u32 = 4;
const COLUMNS: u32 = 8;
const DEPTH: u32 = 256;
const BLOCK_ROWS: u32 = 64;
const BLOCK_COLUMNS: u32 = 256;

/** Bytes of working memory that `gemm` needs. */
export function gemmScratch(): u32 {
  return ((BLOCK_ROWS + BLOCK_COLUMNS) * DEPTH + ROWS * COLUMNS) << 2;
}

/** Element (i, p) of op(A) is at a + 4 (i aRow + p aColumn); likewise B; C is dense. All sizes are positive. */
export function gemm(
  m: u32,
  k: u32,
  n: u32,
  a: u32,
  aRow: u32,
  aColumn: u32,
  b: u32,
  bRow: u32,
  bColumn: u32,
  c: u32,
  accumulate: bool,
  scratch: u32,
): void {
  const packedA = scratch;
  const packedB = packedA + ((BLOCK_ROWS * DEPTH) << 2);
  const edge = packedB + ((BLOCK_COLUMNS * DEPTH) << 2);
  for (let j0: u32 = 0; j0 < n; j0 += BLOCK_COLUMNS) {
    const columns = min(BLOCK_COLUMNS, n - j0);
    for (let p0: u32 = 0; p0 < k; p0 += DEPTH) {
      const depth = min(DEPTH, k - p0);
      const add = accumulate || p0 > 0;
      packPanels(b + ((p0 * bRow + j0 * bColumn) << 2), bColumn, bRow, columns, depth, COLUMNS, packedB);
      for (let i0: u32 = 0; i0 < m; i0 += BLOCK_ROWS) {
        const rows = min(BLOCK_ROWS, m - i0);
        packPanels(a + ((i0 * aRow + p0 * aColumn) << 2), aRow, aColumn, rows, depth, ROWS, packedA);
        for (let j: u32 = 0; j < columns; j += COLUMNS) {
          for (let i: u32 = 0; i < rows; i += ROWS) {
            const pa = packedA + ((i * depth) << 2);
            const pb = packedB + ((j * depth) << 2);
            const pc = c + (((i0 + i) * n + j0 + j) << 2);
            if (i + ROWS <= rows && j + COLUMNS <= columns) {
              tile(pa, pb, depth, pc, n << 2, add);
            } else {
              tile(pa, pb, depth, edge, COLUMNS << 2, false);
              spill(edge, pc, n, min(ROWS, rows - i), min(COLUMNS, columns - j), add);
            }
          }
        }
      }
    }
  }
}

/** c[4][8] (+)= Σ_p a[p][4] b[p][8] */
function tile(a: u32, b: u32, depth: u32, c: u32, cRow: u32, add: bool): void {
  let c00 = f32x4.splat(0),
    c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0),
    c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0),
    c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0),
    c31 = f32x4.splat(0);
  const end = a + (depth << 4);
  do {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load_splat<f32>(a);
    c00 = f32x4.add(c00, f32x4.mul(a0, b0));
    c01 = f32x4.add(c01, f32x4.mul(a0, b1));
    const a1 = v128.load_splat<f32>(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(a1, b0));
    c11 = f32x4.add(c11, f32x4.mul(a1, b1));
    const a2 = v128.load_splat<f32>(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(a2, b0));
    c21 = f32x4.add(c21, f32x4.mul(a2, b1));
    const a3 = v128.load_splat<f32>(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(a3, b0));
    c31 = f32x4.add(c31, f32x4.mul(a3, b1));
    a += 16;
    b += 32;
  } while (a < end);
  const r1 = c + cRow;
  const r2 = r1 + cRow;
  const r3 = r2 + cRow;
  if (add) {
    c00 = f32x4.add(c00, v128.load(c));
    c01 = f32x4.add(c01, v128.load(c, 16));
    c10 = f32x4.add(c10, v128.load(r1));
    c11 = f32x4.add(c11, v128.load(r1, 16));
    c20 = f32x4.add(c20, v128.load(r2));
    c21 = f32x4.add(c21, v128.load(r2, 16));
    c30 = f32x4.add(c30, v128.load(r3));
    c31 = f32x4.add(c31, v128.load(r3, 16));
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(r1, c10);
  v128.store(r1, c11, 16);
  v128.store(r2, c20);
  v128.store(r2, c21, 16);
  v128.store(r3, c30);
  v128.store(r3, c31, 16);
}

function spill(from: u32, c: u32, n: u32, rows: u32, columns: u32, add: bool): void {
  for (let i: u32 = 0; i < rows; i++) {
    for (let j: u32 = 0; j < columns; j++) {
      const to = c + ((i * n + j) << 2);
      const value = load<f32>(from + ((i * COLUMNS + j) << 2));
      store<f32>(to, add ? load<f32>(to) + value : value);
    }
  }
}

/** Packs `count` lanes into panels of `width` lanes, each [depth][width], the last padded with zeros. Strides in elements. */
function packPanels(from: u32, across: u32, along: u32, count: u32, depth: u32, width: u32, to: u32): void {
  for (let lane: u32 = 0; lane < count; lane += width) {
    for (let part: u32 = 0; part < width; part += 4) {
      const left = lane + part < count ? min<u32>(4, count - lane - part) : 0;
      pack4(
        from + (((lane + part) * across) << 2),
        across << 2,
        along << 2,
        left,
        depth,
        to + (part << 2),
        width << 2,
      );
    }
    to += (depth * width) << 2;
  }
}

/** Four lanes, `across` bytes apart, of `depth` elements, `along` bytes apart, written side by side every `step` bytes. */
function pack4(from: u32, across: u32, along: u32, lanes: u32, depth: u32, to: u32, step: u32): void {
  if (lanes == 4 && across == 4) {
    for (let p: u32 = 0; p < depth; p++) {
      v128.store(to, v128.load(from));
      from += along;
      to += step;
    }
    return;
  }
  let p: u32 = 0;
  if (lanes == 4 && along == 4) {
    for (; p + 4 <= depth; p += 4) {
      const r0 = v128.load(from),
        r1 = v128.load(from + across);
      const r2 = v128.load(from + 2 * across),
        r3 = v128.load(from + 3 * across);
      const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5),
        high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5),
        high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
      v128.store(to + step, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
      v128.store(to + 2 * step, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
      v128.store(to + 3 * step, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
      from += 16;
      to += step << 2;
    }
  }
  for (; p < depth; p++) {
    for (let lane: u32 = 0; lane < 4; lane++) {
      store<f32>(to + (lane << 2), lane < lanes ? load<f32>(from + lane * across) : 0);
    }
    from += along;
    to += step;
  }
}
