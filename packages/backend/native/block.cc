// The register block: instantiated for every number of rows, so that a product of 50 rows runs as 13 + 13 + 12 + 12.
#include "gemm.h"

namespace ae {
namespace AE_ISA {
namespace {

inline Vec activate(Vec x, int activation, float alpha) {
  switch (activation) {
    case kRelu: return vrelu(x);
    case kRelu6: return minimum(vrelu(x), broadcast(6.0f));
    case kElu: return velu(x);
    case kSigmoid: return vsigmoid(x);
    case kLeakyRelu: return choose(x < 0.0f, x * alpha, x);
    case kTanh: return vtanh(x);
    default: return x;
  }
}

template <int ROWS, int VECTORS>
void finish(const Block& t, Vec (&sum)[ROWS][VECTORS]) {
  const Epilogue e = t.epilogue;
  for (int v = 0; v < VECTORS; v++) {
    const int64_t columns = least(t.columns - v * W, W);
    if (columns <= 0) return;
    const bool whole = columns == W;
    const Vec bias = !e.bias ? Vec{} : whole ? load(e.bias + v * W) : loadFirst(e.bias + v * W, columns);
#pragma GCC unroll 16
    for (int r = 0; r < ROWS; r++) {
      float* c = t.c + r * t.cRow + v * W;
      Vec x = sum[r][v];
      if (e.accumulate) x = (whole ? load(c) : loadFirst(c, columns)) + x;
      if (e.bias) x = x + bias;
      if (e.activation == kRelu) x = vrelu(x);
      else if (e.activation != kLinear) x = activate(x, e.activation, e.alpha);
      if (whole) store(c, x);
      else storeFirst(c, x, columns);
    }
  }
}

template <int ROWS, int VECTORS, bool PACKED>
void multiplyBlock(const Block& t) {
  Vec sum[ROWS][VECTORS] = {};
  const ptrdiff_t bStep = t.bStep;
  const ptrdiff_t aStep = PACKED ? t.aStep : 1;
  const ptrdiff_t row1 = t.aRow, row2 = 2 * t.aRow, row3 = 3 * t.aRow;
  for (int64_t s = 0; s < t.segments; s++) {
    const float* a = t.a + (t.aSegment ? t.aSegment[s] : 0);
    const float* b = t.b + (t.bSegment ? t.bSegment[s] : 0);
    // Four rows to a base pointer: x86 addresses base, base + row, base + 2 row directly.
    const float* a0 = a;
    const float* a4 = a + 4 * t.aRow;
    const float* a8 = a + 8 * t.aRow;
    const float* a12 = a + 12 * t.aRow;
    for (int64_t k = t.steps; k > 0; k--) {
      Vec column[VECTORS];
#pragma GCC unroll 2
      for (int v = 0; v < VECTORS; v++) column[v] = load(b + v * W);
#pragma GCC unroll 16
      for (int r = 0; r < ROWS; r++) {
        float x;
        if (PACKED) {
          x = a[r];
        } else {
          const float* base = r < 4 ? a0 : r < 8 ? a4 : r < 12 ? a8 : a12;
          x = base[r % 4 == 0 ? 0 : r % 4 == 1 ? row1 : r % 4 == 2 ? row2 : row3];
        }
        const Vec av = broadcast(x);
#pragma GCC unroll 2
        for (int v = 0; v < VECTORS; v++) sum[r][v] += av * column[v];
      }
      b += bStep;
      if (PACKED) {
        a += aStep;
      } else {
        a0 += 1;
        a4 += 1;
        a8 += 1;
        a12 += 1;
      }
    }
  }
  finish<ROWS, VECTORS>(t, sum);
}

#define AE_ROWS_OF(VECTORS, PACKED)                                                                             \
  {                                                                                                             \
    multiplyBlock<1, VECTORS, PACKED>, multiplyBlock<2, VECTORS, PACKED>, multiplyBlock<3, VECTORS, PACKED>,    \
        multiplyBlock<4, VECTORS, PACKED>, multiplyBlock<5, VECTORS, PACKED>, multiplyBlock<6, VECTORS, PACKED> \
        AE_MORE_ROWS(VECTORS, PACKED)                                                                           \
  }
#if defined(__AVX512F__) || defined(__aarch64__)
#define AE_MORE_ROWS(VECTORS, PACKED)                                                                            \
  , multiplyBlock<7, VECTORS, PACKED>, multiplyBlock<8, VECTORS, PACKED>, multiplyBlock<9, VECTORS, PACKED>,     \
      multiplyBlock<10, VECTORS, PACKED>, multiplyBlock<11, VECTORS, PACKED>, multiplyBlock<12, VECTORS, PACKED> \
      AE_MOST_ROWS(VECTORS, PACKED)
#else
#define AE_MORE_ROWS(VECTORS, PACKED)
#endif
#if defined(__AVX512F__)
#define AE_MOST_ROWS(VECTORS, PACKED) , multiplyBlock<13, VECTORS, PACKED>, multiplyBlock<14, VECTORS, PACKED>
#else
#define AE_MOST_ROWS(VECTORS, PACKED)
#endif

const BlockFunction kBlocks[2][kVectors][kRows] = {{AE_ROWS_OF(1, false), AE_ROWS_OF(2, false)},
                                                   {AE_ROWS_OF(1, true), AE_ROWS_OF(2, true)}};

}  // namespace

BlockFunction blockFunction(Layout layout, int rows, int vectors) { return kBlocks[layout][vectors - 1][rows - 1]; }

}  // namespace AE_ISA
}  // namespace ae
