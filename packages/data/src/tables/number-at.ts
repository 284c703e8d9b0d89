import { numberOf } from './cells.js';

const { fround } = Math;

/**
 * The number that a cell says, rounded as float32 wants it: the same as `fround(Number(text))`, without a text. NaN where it is no plain
 * number. Up to 15 digits and powers of ten up to 22 are exact as doubles, so that one multiplication or division rounds rightly (Clinger,
 * How to read floating point numbers accurately, 1990). Of more digits two neighbours are made; where both round to the same float32,
 * so does what lies between them.
 */
export function numberAt(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  const first = bytes[at]!;
  if (first === minus || first === plus) at++;
  let [digits, mantissa, exponent, seen, hasMore, hasPoint] = [0, 0, 0, 0, false, false];
  for (; at < to; at++) {
    const digit = bytes[at]! - zero;
    if (digit >= 0 && digit <= 9) {
      seen++;
      if (digits < 15) {
        mantissa = mantissa * 10 + digit;
        if (mantissa > 0) digits++;
        if (hasPoint) exponent--;
      } else {
        hasMore = true;
        if (!hasPoint) exponent++;
      }
    } else if (digit === point && !hasPoint) hasPoint = true;
    else break;
  }
  if (seen === 0) return NaN;
  if (at < to) {
    if ((bytes[at]! | 32) !== e) return NaN;
    const sign = bytes[++at];
    if (sign === minus || sign === plus) at++;
    if (at >= to) return NaN;
    let power = 0;
    for (; at < to; at++) {
      const digit = bytes[at]! - zero;
      if (digit < 0 || digit > 9) return NaN;
      if (power < 10_000) power = power * 10 + digit;
    }
    exponent += sign === minus ? -power : power;
  }
  if (exponent > 22 || exponent < -22) return exactly(bytes, from, to);
  const size = scaled(mantissa, exponent);
  if (hasMore && fround(size) !== fround(scaled(mantissa + 1, exponent))) return exactly(bytes, from, to);
  return first === minus ? -fround(size) : fround(size);
}

const [minus, plus, zero, e, point] = [45, 43, 48, 101, 46 - 48];
const powers = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

const scaled = (mantissa: number, exponent: number) =>
  exponent < 0 ? mantissa / powers[-exponent]! : mantissa * powers[exponent]!;

const exactly = (bytes: Uint8Array, from: number, to: number) =>
  fround(numberOf(String.fromCharCode(...bytes.subarray(from, to))));
