// The gradient of a convolution by its filter: for every row of the filter, the product of the image's windows,
// turned over, with the output's gradient, summed over all pixels of all images.
//
// The images are cut into a fixed number of groups, whatever the number of threads; each group has its own sum and
// the sums are added in their order.
#include "conv.h"
#include "ops.h"

namespace ae {
namespace AE_ISA {
namespace {

constexpr int64_t kGroups = 16;

}  // namespace

// params the 15 of Conv (dilation 1); buffers x, dy, dFilter [kh, kw, ci, co]
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
  if (c.outHeight > kMostSegments) fail("an image of %lld rows", static_cast<long long>(c.outHeight));

  const int64_t neededHeight = (c.outHeight - 1) * c.strideHeight + c.filterHeight;
  const int64_t neededWidth = (c.outWidth - 1) * c.strideWidth + c.filterWidth;
  const bool pad = c.padTop != 0 || c.padLeft != 0 || neededWidth > c.width || neededHeight > c.height;
  const int64_t pitch = (pad ? neededWidth : c.width) * c.inChannels;
  const int64_t paddedSize = pad ? product(neededHeight, pitch) : 0;
  // Channels that do not fill whole vectors are copied with zeros behind them.
  const int64_t columns = paddedColumns(c.outChannels);
  const bool widen = columns != c.outChannels;
  const int64_t pixels = c.outHeight * c.outWidth;
  const int64_t widened = widen ? product(pixels, columns) : 0;

  const int64_t groups = least(kGroups, c.batch);
  const int64_t own = ceilDiv(paddedSize + widened, 16) * 16;
  const int64_t sums = groups > 1 ? product(groups, c.filterSize) : 0;
  float* memory = scratch(sums + product(threadCount(), own) + 64);

  const auto group = [=, &c](int64_t g, int lane) {
    float* sum = groups > 1 ? memory + g * c.filterSize : dFilter;
    float* padded = memory + sums + lane * own;
    float* wide = padded + paddedSize;
    ptrdiff_t aSegment[kMostSegments], bSegment[kMostSegments];
    const int64_t first = c.batch * g / groups, end = c.batch * (g + 1) / groups;
    const int64_t rowsOfFilter = c.filterWidth * c.inChannels;
    for (int64_t n = first; n < end; n++) {
      const float* image = x + n * c.inSize;
      if (pad) {
        copyPadded(image, c.height, c.width, c.inChannels, -c.padTop, -c.padLeft, neededHeight, neededWidth, padded);
        image = padded;
      }
      const float* gradient = dy + n * c.outSize;
      if (widen) {
        packColumns({gradient, c.outChannels, false}, 0, pixels, 0, c.outChannels, static_cast<int>(columns / W), wide);
        gradient = wide;
      }
      for (int64_t s = 0; s < c.outHeight; s++) {
        aSegment[s] = s * c.strideHeight * pitch;
        bSegment[s] = s * c.outWidth * columns;
      }
      Block block;
      block.aRow = 1;
      block.aStep = c.strideWidth * c.inChannels;
      block.bStep = columns;
      block.steps = c.outWidth;
      block.segments = c.outHeight;
      block.aSegment = aSegment;
      block.bSegment = bSegment;
      block.cRow = c.outChannels;
      block.epilogue = {nullptr, kLinear, 0, n > first};
      const int64_t parts = ceilDiv(rowsOfFilter, kRows);
      for (int64_t from = 0; from < c.outChannels; from += kPanelWidth) {
        const int vectors = panelVectors(from, c.outChannels);
        block.b = gradient + from;
        block.columns = least(kPanelWidth, c.outChannels - from);
        for (int64_t kh = 0; kh < c.filterHeight; kh++)
          for (int64_t part = 0; part < parts; part++) {
            const int64_t begin = rowsOfFilter * part / parts, count = rowsOfFilter * (part + 1) / parts - begin;
            block.a = image + kh * pitch + begin;
            block.c = sum + (kh * rowsOfFilter + begin) * c.outChannels + from;
            blockFunction(kPacked, static_cast<int>(count), vectors)(block);
          }
      }
    }
  };
  const int64_t work = c.batch * pixels * c.filterHeight * c.filterWidth * c.inChannels * columns;
  if (work < 400000) for (int64_t g = 0; g < groups; g++) group(g, 0);
  else parallel(groups, group);
  if (groups == 1) return;
  parallelRange(c.filterSize, 8192, [=, &c](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      float total = memory[i];
      for (int64_t g = 1; g < groups; g++) total += memory[g * c.filterSize + i];
      dFilter[i] = total;
    }
  });
}

}  // namespace AE_ISA
}  // namespace ae
