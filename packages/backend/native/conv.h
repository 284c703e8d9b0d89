// The shape of a two-dimensional convolution, channels last, as all three directions read it from a call.
#pragma once
#include "gemm.h"

namespace ae {
namespace AE_ISA {
namespace {

struct Conv {
  int64_t batch, height, width, inChannels, outHeight, outWidth, outChannels, filterHeight, filterWidth, strideHeight,
      strideWidth, dilationHeight, dilationWidth, padTop, padLeft;
  int64_t inSize, outSize, filterSize;

  // The pads, the last, may be negative.
  explicit Conv(const Call& call) {
    int64_t* const sizes[] = {&batch,        &height,      &width,        &inChannels,  &outHeight,      &outWidth,     &outChannels,
                              &filterHeight, &filterWidth, &strideHeight, &strideWidth, &dilationHeight, &dilationWidth};
    for (int i = 0; i < 13; i++) {
      *sizes[i] = call.size(i);
      if (*sizes[i] > (int64_t{1} << 30)) fail("a convolution's side of %lld", static_cast<long long>(*sizes[i]));
    }
    if (strideHeight < 1 || strideWidth < 1 || dilationHeight < 1 || dilationWidth < 1) fail("a step of 0");
    padTop = call.whole(13);
    padLeft = call.whole(14);
    inSize = product(product(height, width), inChannels);
    outSize = product(product(outHeight, outWidth), outChannels);
    filterSize = product(product(filterHeight, filterWidth), product(inChannels, outChannels));
    product(batch, inSize);
    product(batch, outSize);
  }
};

// The part of an image from (top, left), which may lie outside, with zeros there.
inline void copyPadded(const float* image, int64_t height, int64_t width, int64_t channels, int64_t top, int64_t left,
                       int64_t rows, int64_t columns, float* out) {
  const int64_t before = least(columns, most(0, -left));
  const int64_t from = most(0, left);
  const int64_t inside = most(0, least(columns - before, width - from));
  for (int64_t r = 0; r < rows; r++) {
    float* to = out + r * columns * channels;
    const int64_t y = top + r;
    if (y < 0 || y >= height) {
      std::memset(to, 0, static_cast<size_t>(columns * channels) * 4);
      continue;
    }
    std::memset(to, 0, static_cast<size_t>(before * channels) * 4);
    std::memcpy(to + before * channels, image + (y * width + from) * channels, static_cast<size_t>(inside * channels) * 4);
    std::memset(to + (before + inside) * channels, 0, static_cast<size_t>((columns - before - inside) * channels) * 4);
  }
}

constexpr int64_t kPanelWidth = kVectors * W;

// Columns in panels of two vectors, the last of one where that holds them.
inline int panelVectors(int64_t from, int64_t columns) { return columns - from > W ? 2 : 1; }
inline int64_t paddedColumns(int64_t columns) { return ceilDiv(columns, W) * W; }

// Space for offsets at the head of a working memory of floats.
inline int64_t offsetFloats(int64_t count) { return ceilDiv(count * static_cast<int64_t>(sizeof(ptrdiff_t)), 64) * 16; }

}  // namespace
}  // namespace AE_ISA
}  // namespace ae
