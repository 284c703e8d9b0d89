// MatMul: batched products of row-major matrices, with bias and activation in the same pass.
#include "gemm.h"

namespace ae {
namespace AE_ISA {

// buffers a, b, [bias n], c
void MatMul(const Call& call) {
  const int64_t batchA = call.size(0), batchB = call.size(1), m = call.size(2), n = call.size(3), k = call.size(4);
  const bool transposeA = call.size(5) != 0, transposeB = call.size(6) != 0;
  const int64_t batch = batchA > batchB ? batchA : batchB;
  if (batch > 0 && (batchA == 0 || batchB == 0)) fail("batches of %d and %d do not match", (int)batchA, (int)batchB);
  const int64_t aSize = product(m, k), bSize = product(k, n), cSize = product(m, n);
  const float* a = floats(call, 0, product(batchA, aSize));
  const float* b = floats(call, 1, product(batchB, bSize));
  const Epilogue epilogue = epilogueOf(call, 7, n);
  float* c = floats(call, epilogue.bias ? 3 : 2, product(batch, cSize));
  for (int64_t i = 0; i < batch; i++)
    gemm(m, n, k, {a + i % batchA * aSize, transposeA ? m : k, transposeA},
         {b + i % batchB * bSize, transposeB ? k : n, transposeB}, c + i * cSize, n, epilogue);
}

}  // namespace AE_ISA
}  // namespace ae
