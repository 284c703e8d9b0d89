// The one inner loop of matrix products and convolutions: a block of rows x columns of the result is kept in
// registers while the shared dimension runs past.
#pragma once
#include "vmath.h"

namespace ae {
namespace AE_ISA {

enum Activation { kLinear = 0, kRelu = 1, kRelu6 = 2, kElu = 3, kSigmoid = 4, kLeakyRelu = 5, kTanh = 6 };

// What happens to a finished element: C = activation(sum + bias).
struct Epilogue {
  const float* bias;  // for the block's first column, or null
  int activation;
  float alpha;
  bool accumulate;    // add to what is in C
};

// rows x columns of C; element (r, k) of A is a[r * aRow + k] (kStrided) or a[r + k * aStep] (kPacked); row k of B
// is at b + k * bStep and may be read for whole vectors. The shared dimension comes in segments, each with its own
// places in A and B, so that a convolution's windows need not be copied.
struct Block {
  const float* a;
  ptrdiff_t aRow;
  ptrdiff_t aStep;
  const float* b;
  ptrdiff_t bStep;
  int64_t steps;
  int64_t segments;
  const ptrdiff_t* aSegment;
  const ptrdiff_t* bSegment;
  float* c;
  ptrdiff_t cRow;
  int64_t columns;  // valid ones, at most vectors * W
  Epilogue epilogue;
};

enum Layout { kStrided = 0, kPacked = 1 };

typedef void (*BlockFunction)(const Block& block);

// For 1 … kRows rows and 1 or 2 vectors of columns.
BlockFunction blockFunction(Layout layout, int rows, int vectors);

// An operand as it lies in memory: element (i, j) at data[i * row + j] or, transposed, at data[j * row + i].
struct Matrix {
  const float* data;
  ptrdiff_t row;
  bool transposed;
};

// C [m, n] = activation(A [m, k] x B [k, n] + bias [n]); `parts` tasks at most (1 keeps it on this thread).
void gemm(int64_t m, int64_t n, int64_t k, Matrix a, Matrix b, float* c, ptrdiff_t cRow, Epilogue epilogue,
          bool threaded);

// Packs columns [from, from + W * vectors) of B's rows [k0, k0 + steps) as contiguous rows, zeros beyond n.
void packColumns(Matrix b, int64_t k0, int64_t steps, int64_t from, int64_t n, int vectors, float* out);

}  // namespace AE_ISA
}  // namespace ae
