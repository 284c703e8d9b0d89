// exp, log and their relatives on vectors, within a few units in the last place over the whole float range.
// Coefficients: Cephes (expf, logf, tanhf); Taylor for expm1 near zero.
#pragma once
#include "simd.h"

namespace ae {
namespace AE_ISA {
namespace {

inline Vec bitsToFloat(VecI bits) {
  Vec v;
  std::memcpy(&v, &bits, sizeof v);
  return v;
}
inline VecI floatToBits(Vec x) {
  VecI bits;
  std::memcpy(&bits, &x, sizeof bits);
  return bits;
}

inline Vec vabs(Vec x) { return bitsToFloat(floatToBits(x) & 0x7fffffff); }
// The magnitude of x with the sign of s.
inline Vec withSign(Vec x, Vec s) {
  return bitsToFloat((floatToBits(x) & 0x7fffffff) | (floatToBits(s) & static_cast<int32_t>(0x80000000)));
}
inline Vec maximum(Vec a, Vec b) { return choose((a > b) | (a != a), a, b); }
inline Vec minimum(Vec a, Vec b) { return choose((a < b) | (a != a), a, b); }

inline Vec vsqrt(Vec x) {
  for (int i = 0; i < W; i++) x[i] = __builtin_sqrtf(x[i]);
  return x;
}

// 2^n * p for |n| <= 252, in two factors, so that results below the normal range come out right.
inline Vec scaleByPower(Vec p, VecI n) {
  const VecI half = n >> 1;
  return p * bitsToFloat((half + 127) << 23) * bitsToFloat((n - half + 127) << 23);
}

inline Vec vexp(Vec x) {
  x = choose(x > 89.0f, broadcast(89.0f), x);
  x = choose(x < -104.0f, broadcast(-104.0f), x);
  const Vec rounder = broadcast(12582912.0f);  // 1.5 * 2^23: adding it rounds to a whole number
  const Vec whole = (x * 1.44269504088896341f + rounder) - rounder;
  Vec r = x - whole * 0.693359375f;
  r = r - whole * -2.12194440e-4f;
  Vec p = broadcast(1.9875691500e-4f);
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * (r * r) + r + 1.0f;
  const VecI n = __builtin_convertvector(choose(whole == whole, whole, Vec{}), VecI);
  return scaleByPower(p, n);
}

inline Vec vlog(Vec x) {
  const VecI tiny = x < 1.17549435e-38f;
  const Vec scaled = choose(tiny, x * 8388608.0f, x);
  const VecI bits = floatToBits(scaled);
  // The mantissa in [sqrt(1/2), sqrt(2)).
  const VecI shifted = (VecI)((VecU)bits - 0x3f3504f3u);  // wraps for numbers below 0
  VecI exponent = shifted >> 23;
  const Vec m = bitsToFloat((shifted & 0x007fffff) + 0x3f3504f3);
  exponent = exponent - (tiny & 23);
  const Vec f = m - 1.0f;
  const Vec f2 = f * f;
  Vec p = broadcast(7.0376836292e-2f);
  p = p * f - 1.1514610310e-1f;
  p = p * f + 1.1676998740e-1f;
  p = p * f - 1.2420140846e-1f;
  p = p * f + 1.4249322787e-1f;
  p = p * f - 1.6668057665e-1f;
  p = p * f + 2.0000714765e-1f;
  p = p * f - 2.4999993993e-1f;
  p = p * f + 3.3333331174e-1f;
  p = p * f * f2;
  const Vec e = __builtin_convertvector(exponent, Vec);
  p = p + e * -2.12194440e-4f;
  p = p - f2 * 0.5f;
  Vec result = f + p;
  result = result + e * 0.693359375f;
  const Vec infinity = broadcast(__builtin_inff());
  result = choose(x == infinity, infinity, result);
  result = choose(x == 0.0f, -infinity, result);
  return choose((x < 0.0f) | (x != x), broadcast(__builtin_nanf("")), result);
}

// log(1 + x): the rounding of 1 + x is undone by the factor (HP-15C, Kahan).
inline Vec vlog1p(Vec x) {
  const Vec u = x + 1.0f;
  const Vec d = u - 1.0f;
  const Vec exact = choose((d == 0.0f) | (u == __builtin_inff()), broadcast(1.0f), x / d);
  return choose(d == 0.0f, x, vlog(u) * exact);
}

inline Vec vexpm1(Vec x) {
  Vec p = broadcast(1.0f / 40320);
  p = p * x + 1.0f / 5040;
  p = p * x + 1.0f / 720;
  p = p * x + 1.0f / 120;
  p = p * x + 1.0f / 24;
  p = p * x + 1.0f / 6;
  p = p * x + 0.5f;
  p = p * (x * x) + x;
  return choose(vabs(x) < 0.5f, p, vexp(x) - 1.0f);
}

inline Vec vtanh(Vec x) {
  const Vec s = x * x;
  Vec p = broadcast(-5.70498872745e-3f);
  p = p * s + 2.06390887954e-2f;
  p = p * s - 5.37397155531e-2f;
  p = p * s + 1.33314422036e-1f;
  p = p * s - 3.33332819422e-1f;
  p = p * s * x + x;
  const Vec a = vabs(x);
  const Vec far = withSign(1.0f - 2.0f / (vexp(a + a) + 1.0f), x);
  return choose(a < 0.625f, p, choose(x == x, far, x));
}

inline Vec vsigmoid(Vec x) { return 1.0f / (1.0f + vexp(-x)); }

// log(1 + exp(x)) without overflow.
inline Vec vsoftplus(Vec x) { return maximum(x, Vec{}) + vlog1p(vexp(-vabs(x))); }

inline Vec vrelu(Vec x) { return choose(x <= 0.0f, Vec{}, x); }
inline Vec velu(Vec x) { return choose(x >= 0.0f, x, vexpm1(x)); }

}  // namespace
}  // namespace AE_ISA
}  // namespace ae
