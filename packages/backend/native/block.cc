// The register block: instantiated for every number of rows, so that a product of 50 rows runs as 13 + 13 + 12 + 12.
#include <utility>

#include "gemm.h"

namespace ae {
namespace AE_ISA {

Vec activate(Vec x, int activation, float alpha) {
  switch (activation) {
    case kRelu: return vrelu(x);
    case kRelu6: return minimum(vrelu(x), broadcast(6.0f));
    case kElu: return velu(x);
    case kSigmoid: return vsigmoid(x);
    case kLeakyRelu: return choose(x < 0.0f, x * alpha, x);
    default: return x;
  }
}

Epilogue epilogueOf(const Call& call, int first, int64_t columns) {
  const int64_t activation = call.size(first);
  if (activation >= kActivationCount) fail("activation %lld is unknown", static_cast<long long>(activation));
  const bool hasBias = call.size(first + 2) != 0;
  return {hasBias ? floats(call, 2, columns) : nullptr, static_cast<int>(activation),
          static_cast<float>(call.real(first + 1)), false};
}

namespace {

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

template <int ROWS, int VECTORS, Layout LAYOUT>
void multiplyBlock(const Block& t) {
  Vec sum[ROWS][VECTORS] = {};
  const ptrdiff_t bStep = t.bStep, aStep = t.aStep;
  const ptrdiff_t row1 = t.aRow, row2 = 2 * t.aRow, row3 = 3 * t.aRow, row4 = 4 * t.aRow;
  ptrdiff_t place[LAYOUT == kGathered ? ROWS : 1];
  if (LAYOUT == kGathered)
    for (int r = 0; r < ROWS; r++) place[r] = t.aOffsets[r];
  const int64_t segments = LAYOUT == kGathered ? t.segments : 1;
  for (int64_t s = 0; s < segments; s++) {
    const float* a = t.a + (LAYOUT == kGathered ? s * t.aSegment : 0);
    const float* b = t.b + (LAYOUT == kGathered ? s * t.bSegment : 0);
    for (int64_t k = 0; k < t.steps; k++) {
      Vec column[VECTORS];
#pragma GCC unroll 2
      for (int v = 0; v < VECTORS; v++) column[v] = load(b + v * W);
      // Four rows to a base pointer: x86 addresses base, base + row, base + 2 row directly.
      const float* a0 = LAYOUT == kWindows ? a + t.aOffsets[k] : a;
      const float* a4 = ROWS > 4 ? a0 + row4 : a0;
      const float* a8 = ROWS > 8 ? a4 + row4 : a0;
      const float* a12 = ROWS > 12 ? a8 + row4 : a0;
#pragma GCC unroll 16
      for (int r = 0; r < ROWS; r++) {
        float x;
        if (LAYOUT == kPacked) {
          x = a[r];
        } else if (LAYOUT == kGathered) {
          x = a[place[r]];
        } else {
          const float* base = r < 4 ? a0 : r < 8 ? a4 : r < 12 ? a8 : a12;
          x = base[r % 4 == 0 ? 0 : r % 4 == 1 ? row1 : r % 4 == 2 ? row2 : row3];
        }
        const Vec av = broadcast(x);
#pragma GCC unroll 2
        for (int v = 0; v < VECTORS; v++) sum[r][v] += av * column[v];
      }
      b += bStep;
      if (LAYOUT == kStrided) a += 1;
      else if (LAYOUT != kWindows) a += aStep;
    }
  }
  finish<ROWS, VECTORS>(t, sum);
}

template <int VECTORS, Layout LAYOUT, int... ROWS>
struct Table {
  BlockFunction of[sizeof...(ROWS)] = {multiplyBlock<ROWS + 1, VECTORS, LAYOUT>...};
};
template <int VECTORS, Layout LAYOUT, int... ROWS>
constexpr Table<VECTORS, LAYOUT, ROWS...> tableOf(std::integer_sequence<int, ROWS...>) {
  return {};
}
template <int VECTORS, Layout LAYOUT>
BlockFunction pick(int rows) {
  static constexpr auto table = tableOf<VECTORS, LAYOUT>(std::make_integer_sequence<int, kRows>{});
  return table.of[rows - 1];
}

}  // namespace

BlockFunction blockFunction(Layout layout, int rows, int vectors) {
  switch (layout) {
    case kStrided: return vectors == 1 ? pick<1, kStrided>(rows) : pick<2, kStrided>(rows);
    case kPacked: return vectors == 1 ? pick<1, kPacked>(rows) : pick<2, kPacked>(rows);
    case kWindows: return vectors == 1 ? pick<1, kWindows>(rows) : pick<2, kWindows>(rows);
    default: return vectors == 1 ? pick<1, kGathered>(rows) : pick<2, kGathered>(rows);
  }
}

}  // namespace AE_ISA
}  // namespace ae
