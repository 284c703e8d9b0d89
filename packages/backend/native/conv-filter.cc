// The gradient of a convolution by its filter: the product of the image's windows, turned over, with the output's
// gradient, summed over all pixels of all images. Whichever of the two fills vectors better is read in vectors, and
// numbers of the other are broadcast.
//
// The images are cut into a fixed number of groups, whatever the number of threads; each group has its own sum and
// the sums are added in their order.
#include "conv.h"

namespace ae {
namespace AE_ISA {
namespace {

constexpr int64_t kGroups = 16;

// One image's part of the sum, as blocks of `rows` broadcast numbers times `columns` in vectors, over all pixels.
struct PixelSum {
  const ptrdiff_t* offsets;  // of the rows
  int64_t rows, columns;
  ptrdiff_t aStep, aSegment, bStep, bSegment;
  int64_t steps, segments;
};

void addProduct(const PixelSum& s, const float* a, const float* b, float* c, bool accumulate) {
  Block block;
  block.aRow = 0;
  block.aStep = s.aStep;
  block.aSegment = s.aSegment;
  block.bStep = s.bStep;
  block.bSegment = s.bSegment;
  block.steps = s.steps;
  block.segments = s.segments;
  block.a = a;
  block.cRow = s.columns;
  block.epilogue = {nullptr, kLinear, 0, accumulate};
  const int64_t parts = ceilDiv(s.rows, kRows);
  for (int64_t from = 0; from < s.columns; from += kPanelWidth) {
    block.b = b + from;
    block.columns = least(kPanelWidth, s.columns - from);
    for (int64_t part = 0; part < parts; part++) {
      const int64_t begin = s.rows * part / parts, end = s.rows * (part + 1) / parts;
      block.aOffsets = s.offsets + begin;
      block.c = c + begin * s.columns + from;
      blockFunction(kGathered, static_cast<int>(end - begin), panelVectors(from, s.columns))(block);
    }
  }
}

}  // namespace

// Dilations are 1. buffers x, dy, dFilter [kh, kw, ci, co]
void Conv2DBackpropFilter(const Call& call) {
  const Conv c(call);
  const float* x = floats(call, 0, c.batch * c.inSize);
  const float* dy = floats(call, 1, c.batch * c.outSize);
  float* dFilter = floats(call, 2, c.filterSize);
  if (c.dilationHeight != 1 || c.dilationWidth != 1) fail("a spread filter has no gradient here");
  if (c.batch * c.outSize == 0 || c.filterSize == 0) {
    std::memset(dFilter, 0, static_cast<size_t>(c.filterSize) * 4);
    return;
  }

  // Taps times channels as rows and output channels in vectors; or, for each row of the filter, output channels as
  // rows and the window's row in vectors.
  const int64_t run = c.filterWidth * c.inChannels;
  const bool windowInVectors =
      c.filterHeight * c.outChannels * ceilDiv(run, W) < c.filterHeight * run * ceilDiv(c.outChannels, W);

  const int64_t neededHeight = (c.outHeight - 1) * c.strideHeight + c.filterHeight;
  const int64_t neededWidth = (c.outWidth - 1) * c.strideWidth + c.filterWidth;
  // A copy where there is padding, and where a vector would reach past the image's end.
  const bool copy = c.padTop != 0 || c.padLeft != 0 || neededWidth > c.width || neededHeight > c.height ||
                    (windowInVectors && run % W != 0);
  const int64_t pitch = product(copy ? neededWidth : c.width, c.inChannels);
  const int64_t copied = copy ? product(neededHeight, pitch) + W : 0;
  // Output channels that do not fill whole vectors are copied with zeros behind them.
  const int64_t columns = windowInVectors ? c.outChannels : paddedColumns(c.outChannels);
  const bool widen = columns != c.outChannels;
  const int64_t pixels = c.outHeight * c.outWidth;
  const int64_t widened = widen ? product(pixels, columns) : 0;

  const int64_t groups = least(kGroups, c.batch);
  const int64_t rows = windowInVectors ? c.outChannels : c.filterHeight * run;
  const int64_t offsetSpace = offsetFloats(rows);
  const int64_t own = ceilDiv(copied + widened, 16) * 16;
  const int64_t sums = product(groups, c.filterSize);
  float* memory = scratch(offsetSpace + sums + product(threadCount(), own) + 64);
  ptrdiff_t* offsets = reinterpret_cast<ptrdiff_t*>(memory);
  for (int64_t r = 0; r < rows; r++) offsets[r] = windowInVectors ? r : r / run * pitch + r % run;
  float* partial = memory + offsetSpace;

  PixelSum sum;
  sum.offsets = offsets;
  sum.rows = rows;
  sum.steps = c.outWidth;
  sum.segments = c.outHeight;
  const ptrdiff_t imageStep = c.strideWidth * c.inChannels, imageSegment = c.strideHeight * pitch;
  if (windowInVectors) {
    sum.columns = run;
    sum.aStep = columns;
    sum.aSegment = c.outWidth * columns;
    sum.bStep = imageStep;
    sum.bSegment = imageSegment;
  } else {
    sum.columns = c.outChannels;
    sum.aStep = imageStep;
    sum.aSegment = imageSegment;
    sum.bStep = columns;
    sum.bSegment = c.outWidth * columns;
  }

  const auto group = [=, &c](int64_t g, int lane) {
    float* total = partial + g * c.filterSize;
    float* image = partial + sums + lane * own;
    float* wide = image + copied;
    const int64_t first = c.batch * g / groups, end = c.batch * (g + 1) / groups;
    for (int64_t n = first; n < end; n++) {
      const float* in = x + n * c.inSize;
      if (copy) {
        copyPadded(in, c.height, c.width, c.inChannels, -c.padTop, -c.padLeft, neededHeight, neededWidth, image);
        in = image;
      }
      const float* gradient = dy + n * c.outSize;
      if (widen) {
        packColumns({gradient, c.outChannels, false}, 0, pixels, 0, c.outChannels, static_cast<int>(columns / W), wide);
        gradient = wide;
      }
      if (!windowInVectors) {
        addProduct(sum, in, gradient, total, n > first);
        continue;
      }
      for (int64_t kh = 0; kh < c.filterHeight; kh++)
        addProduct(sum, gradient, in + kh * pitch, total + kh * run * c.outChannels, n > first);
    }
  };
  const int64_t work = c.batch * pixels * rows * sum.columns;
  if (work < 400000) for (int64_t g = 0; g < groups; g++) group(g, 0);
  else parallel(groups, group);

  parallelRange(c.filterSize, 8192, [=, &c](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      // Where the window was in vectors, a row of the filter lies [co, run] instead of [run, co].
      const int64_t kh = i / (run * c.outChannels), at = i % (run * c.outChannels);
      const int64_t from = !windowInVectors ? i : kh * run * c.outChannels + at % c.outChannels * run + at / c.outChannels;
      float total = partial[from];
      for (int64_t g = 1; g < groups; g++) total += partial[g * c.filterSize + from];
      dFilter[i] = total;
    }
  });
}

}  // namespace AE_ISA
}  // namespace ae
