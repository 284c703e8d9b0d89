/** IEEE 754 binary16 as float32: a sign, five bits of exponent, ten of fraction; every value is exact. */
export const fromFloat16 = (bits: Uint16Array): Float32Array => Float32Array.from(bits, float16);

/** bfloat16 as float32, whose upper half it is. */
export const fromBfloat16 = (bits: Uint16Array): Float32Array =>
  new Float32Array(Uint32Array.from(bits, (half) => half << 16).buffer);

function float16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}
