// W x W floats turned over in registers.
#pragma once
#include <utility>

#include "simd.h"

namespace ae {
namespace AE_ISA {
namespace {

template <int... I>
inline __attribute__((always_inline)) Vec zipLow(Vec a, Vec b, std::integer_sequence<int, I...>) {
  return __builtin_shufflevector(a, b, (I / 2 + (I % 2) * W)...);
}
template <int... I>
inline __attribute__((always_inline)) Vec zipHigh(Vec a, Vec b, std::integer_sequence<int, I...>) {
  return __builtin_shufflevector(a, b, (W / 2 + I / 2 + (I % 2) * W)...);
}

// Interleaving row i with row i + W/2, log2 W times over, transposes.
inline __attribute__((always_inline)) void transposeSquare(Vec (&rows)[W]) {
  const auto lanes = std::make_integer_sequence<int, W>{};
#pragma GCC unroll 4
  for (int stage = 1; stage < W; stage *= 2) {
    Vec next[W];
#pragma GCC unroll 16
    for (int i = 0; i < W / 2; i++) {
      next[2 * i] = zipLow(rows[i], rows[i + W / 2], lanes);
      next[2 * i + 1] = zipHigh(rows[i], rows[i + W / 2], lanes);
    }
#pragma GCC unroll 16
    for (int i = 0; i < W; i++) rows[i] = next[i];
  }
}

}  // namespace
}  // namespace AE_ISA
}  // namespace ae
