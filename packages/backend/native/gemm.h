// The one inner loop of matrix products and convolutions: a block of rows x columns of the result is kept in
// registers while the shared dimension runs past.
#pragma once
#include "ops.h"
#include "vmath.h"

namespace ae {
namespace AE_ISA {

// What happens to a finished element: C = activation(sum + bias).
struct Epilogue {
  const float* bias;  // for the block's first column, or null
  int activation;
  float alpha;
  bool accumulate;    // add to what is in C
};

Vec activate(Vec x, int activation, float alpha);

// Of a call with activation, alpha and hasBias from parameter `first` on, and the bias as its third buffer.
Epilogue epilogueOf(const Call& call, int first, int64_t columns);

// Where element (r, k) of A lies, for a block of rows from `a`:
enum Layout {
  kStrided,   // a[r * aRow + k]: rows as they are in memory
  kPacked,    // a[k * aStep + r]: rows side by side, packed or transposed
  kWindows,   // a[r * aRow + aOffsets[k]]: windows of an image, one stride apart
  kGathered,  // a[aOffsets[r] + k * aStep], in segments: taps of a filter over the pixels of an image
};

// rows x columns of C. Row k of B is at b + k * bStep and is read in whole vectors. Gathered blocks run over several
// segments of `steps`, each with its own places in A and B.
struct Block {
  const float* a;
  ptrdiff_t aRow;
  ptrdiff_t aStep;
  const ptrdiff_t* aOffsets;
  const float* b;
  ptrdiff_t bStep;
  int64_t steps;
  int64_t segments;
  ptrdiff_t aSegment, bSegment;
  float* c;
  ptrdiff_t cRow;
  int64_t columns;  // valid ones, at most vectors * W
  Epilogue epilogue;
};

typedef void (*BlockFunction)(const Block& block);

// For 1 … kRows rows and 1 or 2 vectors of columns.
BlockFunction blockFunction(Layout layout, int rows, int vectors);

// The other way round: rows x columns of C as dot products along the shared dimension, where both operands run on in
// memory, so that nothing is packed and few columns fill vectors all the same. Row r of A is at a + r * aRow, column j
// of B at b + j * bColumn; each segment has `steps` numbers, a multiple of W.
struct DotBlock {
  const float* a;
  ptrdiff_t aRow;
  const float* b;
  ptrdiff_t bColumn;
  int64_t steps;
  int64_t segments;
  ptrdiff_t aSegment, bSegment;
  float* c;
  ptrdiff_t cRow;
  Epilogue epilogue;
};

typedef void (*DotFunction)(const DotBlock& block);

constexpr int kDotColumns = 6;
// As many rows as leave the sums in registers.
int dotRows(int columns);
// For 1 … dotRows(columns) rows and 1 … kDotColumns columns.
DotFunction dotFunction(int rows, int columns);

// An operand as it lies in memory: element (i, j) at data[i * row + j] or, transposed, at data[j * row + i].
struct Matrix {
  const float* data;
  ptrdiff_t row;
  bool transposed;
};

// C [m, n] = activation(A [m, k] x B [k, n] + bias [n])
void gemm(int64_t m, int64_t n, int64_t k, Matrix a, Matrix b, float* c, ptrdiff_t cRow, Epilogue epilogue);

// Packs columns [from, from + W * vectors) of B's rows [k0, k0 + steps) as contiguous rows, zeros beyond n.
void packColumns(Matrix b, int64_t k0, int64_t steps, int64_t from, int64_t n, int vectors, float* out);

}  // namespace AE_ISA
}  // namespace ae
