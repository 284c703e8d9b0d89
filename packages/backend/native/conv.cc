// Convolution and its gradient by the input, as products of image windows and filters. The windows are never
// copied: along a row of the image they lie one stride apart, so a register block of windows is a stepped matrix,
// and every row of the filter is one segment of its shared dimension.
#include "conv.h"
#include "ops.h"

namespace ae {
namespace AE_ISA {
namespace {

// A convolution of stride sx along the row, over segments of contiguous numbers.
struct Rows {
  const float* filter;  // packed panels: [panel][depth][vectors * W]
  int64_t depth;
  int64_t columns;      // valid output channels
  int64_t segments, steps;
  const ptrdiff_t* aSegment;
  const ptrdiff_t* stepsBefore;  // where each segment begins in the depth
  Epilogue epilogue;
};

// `count` windows from `image`, aRow apart, to `out`, cRow apart.
void convolveRow(const Rows& rows, int64_t panelFrom, const float* image, ptrdiff_t aRow, int64_t count, float* out,
                 ptrdiff_t cRow) {
  const int vectors = panelVectors(panelFrom, rows.columns);
  ptrdiff_t bSegment[kMostSegments];
  for (int64_t s = 0; s < rows.segments; s++) bSegment[s] = rows.stepsBefore[s] * vectors * W;
  Block block;
  block.aRow = aRow;
  block.aStep = 1;
  block.b = rows.filter + panelFrom * rows.depth;
  block.bStep = vectors * W;
  block.steps = rows.steps;
  block.segments = rows.segments;
  block.aSegment = rows.aSegment;
  block.bSegment = bSegment;
  block.cRow = cRow;
  block.columns = least(kPanelWidth, rows.columns - panelFrom);
  block.epilogue = rows.epilogue;
  if (block.epilogue.bias) block.epilogue.bias += panelFrom;
  const int64_t parts = ceilDiv(count, kRows);
  for (int64_t part = 0; part < parts; part++) {
    const int64_t begin = count * part / parts, end = count * (part + 1) / parts;
    block.a = image + begin * aRow;
    block.c = out + begin * cRow + panelFrom;
    blockFunction(kStrided, static_cast<int>(end - begin), vectors)(block);
  }
}

}  // namespace

// params the 15 of Conv, activation, alpha, hasBias; buffers x, filter [kh, kw, ci, co], [bias], y
void Conv2D(const Call& call) {
  const Conv c(call);
  const bool hasBias = call.size(17) != 0;
  const float* x = floats(call, 0, c.batch * c.inSize);
  const float* filter = floats(call, 1, c.filterSize);
  float* y = floats(call, hasBias ? 3 : 2, c.batch * c.outSize);
  const Epilogue epilogue{hasBias ? floats(call, 2, c.outChannels) : nullptr, static_cast<int>(call.size(15)),
                          static_cast<float>(call.real(16)), false};
  if (c.batch * c.outSize == 0) return;

  const int64_t reachHeight = (c.filterHeight - 1) * c.dilationHeight + 1;
  const int64_t reachWidth = (c.filterWidth - 1) * c.dilationWidth + 1;
  const int64_t neededWidth = (c.outWidth - 1) * c.strideWidth + reachWidth;
  const bool pad = c.padTop != 0 || c.padLeft != 0 || neededWidth > c.width ||
                   (c.outHeight - 1) * c.strideHeight + reachHeight > c.height;
  const int64_t pitch = (pad ? neededWidth : c.width) * c.inChannels;

  // Neighbouring taps of a filter row are neighbours in the image, unless they are spread.
  const bool joined = c.dilationWidth == 1;
  Rows rows;
  rows.depth = c.filterHeight * c.filterWidth * c.inChannels;
  rows.columns = c.outChannels;
  rows.steps = joined ? c.filterWidth * c.inChannels : c.inChannels;
  rows.segments = joined ? c.filterHeight : c.filterHeight * c.filterWidth;
  if (rows.segments > kMostSegments) fail("a filter of %lld taps", static_cast<long long>(rows.segments));
  ptrdiff_t aSegment[kMostSegments], before[kMostSegments];
  for (int64_t s = 0; s < rows.segments; s++) {
    const int64_t kh = joined ? s : s / c.filterWidth, kw = joined ? 0 : s % c.filterWidth;
    aSegment[s] = kh * c.dilationHeight * pitch + kw * c.dilationWidth * c.inChannels;
    before[s] = s * rows.steps;
  }
  rows.aSegment = aSegment;
  rows.stepsBefore = before;
  rows.epilogue = epilogue;

  // Bands of output rows, enough of them for all threads however few images there are.
  const int64_t work = c.batch * c.outHeight * c.outWidth * rows.depth * paddedColumns(c.outChannels);
  const int64_t bands = work < 400000 ? 1 : least(c.outHeight, ceilDiv(threadCount() * 4, c.batch));
  const int64_t bandRows = ceilDiv(c.outHeight, bands);
  const int64_t paddedRows = (bandRows - 1) * c.strideHeight + reachHeight;
  const int64_t paddedSize = pad ? product(paddedRows, pitch) : 0;
  const int64_t filterFloats = product(rows.depth, paddedColumns(c.outChannels));
  float* packed = scratch(filterFloats + product(threadCount(), paddedSize) + 64);
  for (int64_t from = 0; from < c.outChannels; from += kPanelWidth)
    packColumns({filter, c.outChannels, false}, 0, rows.depth, from, c.outChannels, panelVectors(from, c.outChannels),
                packed + from * rows.depth);
  rows.filter = packed;

  const auto band = [=, &c](int64_t task, int lane) {
    const int64_t n = task / bands, first = task % bands * bandRows, end = least(c.outHeight, first + bandRows);
    if (first >= end) return;
    const float* image = x + n * c.inSize + first * c.strideHeight * pitch;
    if (pad) {
      float* own = packed + filterFloats + lane * paddedSize;
      copyPadded(x + n * c.inSize, c.height, c.width, c.inChannels, first * c.strideHeight - c.padTop, -c.padLeft,
                 (end - first - 1) * c.strideHeight + reachHeight, neededWidth, own);
      image = own;
    }
    for (int64_t from = 0; from < c.outChannels; from += kPanelWidth)
      for (int64_t oh = first; oh < end; oh++)
        convolveRow(rows, from, image + (oh - first) * c.strideHeight * pitch, c.strideWidth * c.inChannels,
                    c.outWidth, y + n * c.outSize + oh * c.outWidth * c.outChannels, c.outChannels);
  };
  if (work < 400000) for (int64_t task = 0; task < c.batch * bands; task++) band(task, 0);
  else parallel(c.batch * bands, band);
}

// The gradient by the input, which is also the transposed convolution: dx[y, x] gathers dy through the taps whose
// stride reaches it. Pixels of one phase, (y + pad) mod stride, share their taps, so each phase is a convolution of
// stride 1 over dy with the filter turned round.
// params the 15 of Conv (dilation 1); buffers dy, filter [kh, kw, ci, co], dx
void Conv2DBackpropInput(const Call& call) {
  const Conv c(call);
  const float* dy = floats(call, 0, c.batch * c.outSize);
  const float* filter = floats(call, 1, c.filterSize);
  float* dx = floats(call, 2, c.batch * c.inSize);
  if (c.dilationHeight != 1 || c.dilationWidth != 1) fail("a spread filter has no gradient here");
  if (c.batch * c.inSize == 0) return;

  const auto taps = [](int64_t filter, int64_t stride, int64_t phase) {
    return filter > phase ? ceilDiv(filter - phase, stride) : 0;
  };
  const auto floorDiv = [](int64_t a, int64_t b) { return a >= 0 ? a / b : -ceilDiv(-a, b); };
  // dy with enough zeros around that no tap leaves it.
  const int64_t mostTapsHigh = taps(c.filterHeight, c.strideHeight, 0), mostTapsWide = taps(c.filterWidth, c.strideWidth, 0);
  const int64_t top = floorDiv(c.padTop, c.strideHeight) - most(mostTapsHigh - 1, 0);
  const int64_t left = floorDiv(c.padLeft, c.strideWidth) - most(mostTapsWide - 1, 0);
  const int64_t bottom = floorDiv(c.height - 1 + c.padTop, c.strideHeight);
  const int64_t right = floorDiv(c.width - 1 + c.padLeft, c.strideWidth);
  const int64_t topNeeded = least(top, bottom), leftNeeded = least(left, right);
  const int64_t paddedRows = bottom - topNeeded + 1, paddedWidth = right - leftNeeded + 1;
  const bool pad = topNeeded != 0 || leftNeeded != 0 || paddedRows > c.outHeight || paddedWidth > c.outWidth;
  const int64_t pitch = (pad ? paddedWidth : c.outWidth) * c.outChannels;
  const int64_t paddedSize = pad ? product(paddedRows, pitch) : 0;

  const int64_t width = paddedColumns(c.inChannels);
  const int64_t filterFloats = product(product(c.filterHeight, c.filterWidth), product(c.outChannels, width));
  float* packed = scratch(filterFloats + product(threadCount(), paddedSize) + 64);

  const int64_t phases = c.strideHeight * c.strideWidth;
  if (mostTapsHigh > kMostSegments || phases > kMostSegments) fail("a filter or stride too large");
  ptrdiff_t packedFrom[kMostSegments];
  int64_t used = 0;
  for (int64_t phase = 0; phase < phases; phase++) {
    const int64_t ph = phase / c.strideWidth, pw = phase % c.strideWidth;
    const int64_t high = taps(c.filterHeight, c.strideHeight, ph), wide = taps(c.filterWidth, c.strideWidth, pw);
    const int64_t depth = high * wide * c.outChannels;
    packedFrom[phase] = used;
    for (int64_t from = 0; from < c.inChannels; from += kPanelWidth) {
      const int vectors = panelVectors(from, c.inChannels);
      for (int64_t tap = 0; tap < high * wide; tap++) {
        const int64_t kh = ph + tap / wide * c.strideHeight, kw = pw + (wide - 1 - tap % wide) * c.strideWidth;
        packColumns({filter + (kh * c.filterWidth + kw) * c.inChannels * c.outChannels, c.outChannels, true}, 0,
                    c.outChannels, from, c.inChannels, vectors,
                    packed + used + from * depth + tap * c.outChannels * vectors * W);
      }
    }
    used += depth * width;
  }

  const auto image = [=, &c, &packedFrom](int64_t n, int lane) {
    const float* gradient = dy + n * c.outSize;
    if (pad) {
      float* own = packed + filterFloats + lane * paddedSize;
      copyPadded(gradient, c.outHeight, c.outWidth, c.outChannels, topNeeded, leftNeeded, paddedRows, paddedWidth, own);
      gradient = own;
    }
    for (int64_t phase = 0; phase < phases; phase++) {
      const int64_t ph = phase / c.strideWidth, pw = phase % c.strideWidth;
      const int64_t high = taps(c.filterHeight, c.strideHeight, ph), wide = taps(c.filterWidth, c.strideWidth, pw);
      // y = ph - padTop + stride * t for t in [tFirst, tLast]
      const int64_t tFirst = -floorDiv(ph - c.padTop, c.strideHeight), tLast = floorDiv(c.height - 1 - ph + c.padTop, c.strideHeight);
      const int64_t uFirst = -floorDiv(pw - c.padLeft, c.strideWidth), uLast = floorDiv(c.width - 1 - pw + c.padLeft, c.strideWidth);
      if (tFirst > tLast || uFirst > uLast) continue;
      ptrdiff_t aSegment[kMostSegments], before[kMostSegments];
      Rows rows;
      rows.depth = high * wide * c.outChannels;
      rows.columns = c.inChannels;
      rows.steps = wide * c.outChannels;
      rows.segments = wide ? high : 0;
      for (int64_t s = 0; s < rows.segments; s++) {
        aSegment[s] = -s * pitch;
        before[s] = s * rows.steps;
      }
      rows.aSegment = aSegment;
      rows.stepsBefore = before;
      rows.filter = packed + packedFrom[phase];
      rows.epilogue = {nullptr, kLinear, 0, false};
      for (int64_t from = 0; from < c.inChannels; from += kPanelWidth)
        for (int64_t t = tFirst; t <= tLast; t++) {
          const int64_t y = ph - c.padTop + c.strideHeight * t, x = pw - c.padLeft + c.strideWidth * uFirst;
          convolveRow(rows, from,
                      gradient + (t - topNeeded) * pitch + (uFirst - most(wide - 1, 0) - leftNeeded) * c.outChannels,
                      c.outChannels, uLast - uFirst + 1, dx + n * c.inSize + (y * c.width + x) * c.inChannels,
                      c.strideWidth * c.inChannels);
        }
    }
  };
  const int64_t work = c.batch * c.outHeight * c.outWidth * c.filterHeight * c.filterWidth * c.outChannels * width;
  if (work < 400000) for (int64_t n = 0; n < c.batch; n++) image(n, 0);
  else parallel(c.batch, image);
}

}  // namespace AE_ISA
}  // namespace ae
