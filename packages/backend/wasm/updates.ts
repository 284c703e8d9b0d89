// Whole optimiser updates in place, four elements at a time: `count` is a multiple of 4. Every operation rounds to
// float32, in the order of the formulas, so the bits are those of the same formulas written in tensor operations.

/** moment1 ← h1·moment1 + h2·g; moment2 ← h3·moment2 + h4·g²; variable -= h0·moment1 / (√moment2·h5 + h6) */
export function adam(variable: u32, gradient: u32, moment1: u32, moment2: u32, hyper: u32, count: u32): void {
  const h0 = v128.load_splat<f32>(hyper);
  const h1 = v128.load_splat<f32>(hyper, 4);
  const h2 = v128.load_splat<f32>(hyper, 8);
  const h3 = v128.load_splat<f32>(hyper, 12);
  const h4 = v128.load_splat<f32>(hyper, 16);
  const h5 = v128.load_splat<f32>(hyper, 20);
  const h6 = v128.load_splat<f32>(hyper, 24);
  for (let i: u32 = 0; i < count << 2; i += 16) {
    const g = v128.load(gradient + i);
    const m = f32x4.add(f32x4.mul(v128.load(moment1 + i), h1), f32x4.mul(g, h2));
    const v = f32x4.add(f32x4.mul(v128.load(moment2 + i), h3), f32x4.mul(f32x4.mul(g, g), h4));
    const scale = f32x4.add(f32x4.mul(f32x4.sqrt(v), h5), h6);
    v128.store(moment1 + i, m);
    v128.store(moment2 + i, v);
    v128.store(variable + i, f32x4.sub(v128.load(variable + i), f32x4.div(f32x4.mul(m, h0), scale)));
  }
}

/** moment1 ← h1·moment1 + h2·g; norm ← max(h3·norm, |g| + h4); variable -= h0·moment1 / norm */
export function adamax(variable: u32, gradient: u32, moment1: u32, norm: u32, hyper: u32, count: u32): void {
  const h0 = v128.load_splat<f32>(hyper);
  const h1 = v128.load_splat<f32>(hyper, 4);
  const h2 = v128.load_splat<f32>(hyper, 8);
  const h3 = v128.load_splat<f32>(hyper, 12);
  const h4 = v128.load_splat<f32>(hyper, 16);
  for (let i: u32 = 0; i < count << 2; i += 16) {
    const g = v128.load(gradient + i);
    const m = f32x4.add(f32x4.mul(v128.load(moment1 + i), h1), f32x4.mul(g, h2));
    const u = f32x4.max(f32x4.mul(v128.load(norm + i), h3), f32x4.add(f32x4.abs(g), h4));
    v128.store(moment1 + i, m);
    v128.store(norm + i, u);
    v128.store(variable + i, f32x4.sub(v128.load(variable + i), f32x4.div(f32x4.mul(m, h0), u)));
  }
}

/** velocity ← h1·velocity + g; variable -= h0·velocity */
export function sgd(variable: u32, gradient: u32, velocity: u32, hyper: u32, count: u32): void {
  const h0 = v128.load_splat<f32>(hyper);
  const h1 = v128.load_splat<f32>(hyper, 4);
  for (let i: u32 = 0; i < count << 2; i += 16) {
    const v = f32x4.add(f32x4.mul(v128.load(velocity + i), h1), v128.load(gradient + i));
    v128.store(velocity + i, v);
    v128.store(variable + i, f32x4.sub(v128.load(variable + i), f32x4.mul(v, h0)));
  }
}

/** meanSquare ← h1·meanSquare + h2·g²; velocity ← h4·velocity + g / (√meanSquare + h3); variable -= h0·velocity */
export function rmsprop(
  variable: u32,
  gradient: u32,
  meanSquare: u32,
  velocity: u32,
  hyper: u32,
  count: u32,
): void {
  const h0 = v128.load_splat<f32>(hyper);
  const h1 = v128.load_splat<f32>(hyper, 4);
  const h2 = v128.load_splat<f32>(hyper, 8);
  const h3 = v128.load_splat<f32>(hyper, 12);
  const h4 = v128.load_splat<f32>(hyper, 16);
  for (let i: u32 = 0; i < count << 2; i += 16) {
    const g = v128.load(gradient + i);
    const s = f32x4.add(f32x4.mul(v128.load(meanSquare + i), h1), f32x4.mul(f32x4.mul(g, g), h2));
    const scaled = f32x4.div(g, f32x4.add(f32x4.sqrt(s), h3));
    const v = f32x4.add(f32x4.mul(v128.load(velocity + i), h4), scaled);
    v128.store(meanSquare + i, s);
    v128.store(velocity + i, v);
    v128.store(variable + i, f32x4.sub(v128.load(variable + i), f32x4.mul(v, h0)));
  }
}
