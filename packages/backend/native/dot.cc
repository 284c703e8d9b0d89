// Blocks of dot products.
#include <utility>

#include "gemm.h"
#include "transpose.h"

namespace ae {
namespace AE_ISA {
namespace {

#if defined(__AVX512F__) || defined(__aarch64__)
constexpr int kRegisters = 24;
#else
constexpr int kRegisters = 12;
#endif
constexpr int kMostRows = 8;

// The sums of the lanes of W vectors as one vector: interleaving i with i + n/2 and adding, log2 W times over. Every
// sum is folded in the same order, wherever its vector stands.
template <int N, int... I>
inline __attribute__((always_inline)) void foldPairs(Vec (&v)[W], std::integer_sequence<int, I...>) {
  const auto lanes = std::make_integer_sequence<int, W>{};
  ((v[I] = zipLow(v[I], v[I + N], lanes) + zipHigh(v[I], v[I + N], lanes)), ...);
  if constexpr (N > 1) foldPairs<N / 2>(v, std::make_integer_sequence<int, N / 2>{});
}
inline __attribute__((always_inline)) Vec foldLanes(Vec (&v)[W]) {
  foldPairs<W / 2>(v, std::make_integer_sequence<int, W / 2>{});
  return v[0];
}

// The sums of vectors from `FIRST` on, zeros where there are none left.
template <int FIRST, int ROWS, int COLUMNS, int... I>
inline __attribute__((always_inline)) Vec sumsFrom(const Vec (&sum)[ROWS][COLUMNS], std::integer_sequence<int, I...>) {
  Vec group[W] = {(FIRST + I < ROWS * COLUMNS ? sum[(FIRST + I) / COLUMNS % ROWS][(FIRST + I) % COLUMNS] : Vec{})...};
  return foldLanes(group);
}
template <int FIRST, int ROWS, int COLUMNS>
inline __attribute__((always_inline)) void storeSums(const Vec (&sum)[ROWS][COLUMNS], float* result) {
  store(result + FIRST, sumsFrom<FIRST>(sum, std::make_integer_sequence<int, W>{}));
  if constexpr (FIRST + W < ROWS * COLUMNS) storeSums<FIRST + W>(sum, result);
}

template <int ROWS, int COLUMNS>
void finish(const DotBlock& t, Vec (&sum)[ROWS][COLUMNS]) {
  constexpr int count = ROWS * COLUMNS, vectors = (count + W - 1) / W;
  float result[vectors * W];
  const Epilogue e = t.epilogue;
  storeSums<0>(sum, result);
  if (e.accumulate || e.bias)
    for (int i = 0; i < count; i++) {
      if (e.accumulate) result[i] = t.c[i / COLUMNS * t.cRow + i % COLUMNS] + result[i];
      if (e.bias) result[i] += e.bias[i % COLUMNS];
    }
  if (e.activation != kLinear)
    for (int v = 0; v < vectors; v++) store(result + v * W, activate(load(result + v * W), e.activation, e.alpha));
  for (int r = 0; r < ROWS; r++)
    for (int j = 0; j < COLUMNS; j++) t.c[r * t.cRow + j] = result[r * COLUMNS + j];
}

template <int ROWS, int COLUMNS>
void dotBlock(const DotBlock& t) {
  Vec sum[ROWS][COLUMNS] = {};
  for (int64_t s = 0; s < t.segments; s++) {
    const float* a = t.a + s * t.aSegment;
    const float* b = t.b + s * t.bSegment;
    for (int64_t k = 0; k < t.steps; k += W) {
      Vec column[COLUMNS];
#pragma GCC unroll 8
      for (int j = 0; j < COLUMNS; j++) column[j] = load(b + j * t.bColumn + k);
#pragma GCC unroll 8
      for (int r = 0; r < ROWS; r++) {
        const Vec row = load(a + r * t.aRow + k);
#pragma GCC unroll 8
        for (int j = 0; j < COLUMNS; j++) sum[r][j] += row * column[j];
      }
    }
  }
  finish<ROWS, COLUMNS>(t, sum);
}

template <int COLUMNS, int... ROWS>
DotFunction pick(int rows, std::integer_sequence<int, ROWS...>) {
  static constexpr DotFunction table[] = {dotBlock<ROWS + 1, COLUMNS>...};
  return table[rows - 1];
}

constexpr int rowsFor(int columns) {
  return kRegisters / columns < kMostRows ? kRegisters / columns : kMostRows;
}

template <int COLUMNS>
DotFunction pick(int rows) {
  return pick<COLUMNS>(rows, std::make_integer_sequence<int, rowsFor(COLUMNS)>{});
}

}  // namespace

int dotRows(int columns) { return rowsFor(columns); }

DotFunction dotFunction(int rows, int columns) {
  switch (columns) {
    case 1: return pick<1>(rows);
    case 2: return pick<2>(rows);
    case 3: return pick<3>(rows);
    case 4: return pick<4>(rows);
    case 5: return pick<5>(rows);
    default: return pick<6>(rows);
  }
}

}  // namespace AE_ISA
}  // namespace ae
