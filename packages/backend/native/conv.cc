// Convolution and its gradient by the input, as products of image windows and filters. The windows are never
// copied: along a row of the image they lie one stride apart, so a register block of windows is a stepped matrix,
// and every row of the filter is one segment of its shared dimension.
#include "conv.h"

namespace ae {
namespace AE_ISA {
namespace {

// Windows one stride apart along a row of an image, times a packed filter.
struct Rows {
  const float* filter;        // panels: [panel][depth][vectors * W]
  int64_t depth;
  const ptrdiff_t* offsets;   // of the window's elements, `depth` of them
  int64_t columns;            // valid output channels
  Epilogue epilogue;
  // Few output channels leave vectors mostly empty. Where the window's rows fill them instead, the outputs are dot
  // products of windows and filters, which then lie [column][depth]; a window is `segments` runs, aSegment apart.
  bool dots;
  int64_t segments;
  ptrdiff_t aSegment;
};

// Whether dot products take fewer instructions: a multiplication for every W numbers, and about one and a half to
// fold a sum, against one for every number and every vector of columns.
bool dotsPay(int64_t run, int64_t depth, int64_t columns) {
  return run > 0 && run % W == 0 && 2 * columns * depth + 3 * columns * W < 2 * depth * W * ceilDiv(columns, W);
}

void dotRow(const Rows& rows, const float* image, ptrdiff_t aRow, int64_t count, float* out, ptrdiff_t cRow) {
  DotBlock block;
  block.aRow = aRow;
  block.bColumn = rows.depth;
  block.segments = rows.segments;
  block.steps = rows.segments ? rows.depth / rows.segments : 0;
  block.aSegment = rows.aSegment;
  block.bSegment = block.steps;
  block.cRow = cRow;
  for (int64_t from = 0; from < rows.columns; from += kDotColumns) {
    const int columns = static_cast<int>(least(kDotColumns, rows.columns - from));
    block.b = rows.filter + from * rows.depth;
    block.epilogue = rows.epilogue;
    if (block.epilogue.bias) block.epilogue.bias += from;
    const int64_t parts = ceilDiv(count, dotRows(columns));
    for (int64_t part = 0; part < parts; part++) {
      const int64_t begin = count * part / parts, end = count * (part + 1) / parts;
      block.a = image + begin * aRow;
      block.c = out + begin * cRow + from;
      dotFunction(static_cast<int>(end - begin), columns)(block);
    }
  }
}

// Element (k, column) of a filter at from[k * row + column], as [column][depth].
void packDots(const float* from, ptrdiff_t row, int64_t depth, int64_t columns, float* out) {
  for (int64_t k = 0; k < depth; k++)
    for (int64_t j = 0; j < columns; j++) out[j * depth + k] = from[k * row + j];
}

// `count` windows from `image`, aRow apart, to `out`, cRow apart.
void convolveRow(const Rows& rows, int64_t panelFrom, const float* image, ptrdiff_t aRow, int64_t count, float* out,
                 ptrdiff_t cRow) {
  if (rows.dots) {
    if (panelFrom == 0) dotRow(rows, image, aRow, count, out, cRow);
    return;
  }
  const int vectors = panelVectors(panelFrom, rows.columns);
  Block block;
  block.aRow = aRow;
  block.aOffsets = rows.offsets;
  block.b = rows.filter + panelFrom * rows.depth;
  block.bStep = vectors * W;
  block.steps = rows.depth;
  block.cRow = cRow;
  block.columns = least(kPanelWidth, rows.columns - panelFrom);
  block.epilogue = rows.epilogue;
  if (block.epilogue.bias) block.epilogue.bias += panelFrom;
  const int64_t parts = ceilDiv(count, kRows);
  for (int64_t part = 0; part < parts; part++) {
    const int64_t begin = count * part / parts, end = count * (part + 1) / parts;
    block.a = image + begin * aRow;
    block.c = out + begin * cRow + panelFrom;
    blockFunction(kWindows, static_cast<int>(end - begin), vectors)(block);
  }
}

}  // namespace

// buffers x, filter [kh, kw, ci, co], [bias], y
void Conv2D(const Call& call) {
  const Conv c(call);
  const float* x = floats(call, 0, c.batch * c.inSize);
  const float* filter = floats(call, 1, c.filterSize);
  const Epilogue epilogue = epilogueOf(call, 15, c.outChannels);
  float* y = floats(call, epilogue.bias ? 3 : 2, c.batch * c.outSize);
  if (c.batch * c.outSize == 0) return;

  const int64_t reachHeight = (c.filterHeight - 1) * c.dilationHeight + 1;
  const int64_t reachWidth = (c.filterWidth - 1) * c.dilationWidth + 1;
  const int64_t neededWidth = (c.outWidth - 1) * c.strideWidth + reachWidth;
  const bool pad = c.padTop != 0 || c.padLeft != 0 || neededWidth > c.width ||
                   (c.outHeight - 1) * c.strideHeight + reachHeight > c.height;
  const int64_t pitch = product(pad ? neededWidth : c.width, c.inChannels);

  Rows rows;
  rows.depth = product(product(c.filterHeight, c.filterWidth), c.inChannels);
  rows.columns = c.outChannels;
  rows.epilogue = epilogue;
  rows.segments = c.filterHeight;
  rows.aSegment = c.dilationHeight * pitch;
  rows.dots = c.dilationWidth == 1 && dotsPay(c.filterWidth * c.inChannels, rows.depth, c.outChannels);

  // Bands of output rows, enough of them for all threads however few images there are.
  const int64_t work = c.batch * c.outHeight * c.outWidth * rows.depth * paddedColumns(c.outChannels);
  const int64_t bands = work < 400000 ? 1 : least(c.outHeight, ceilDiv(threadCount() * 4, c.batch));
  const int64_t bandRows = ceilDiv(c.outHeight, bands);
  const int64_t paddedRows = (bandRows - 1) * c.strideHeight + reachHeight;
  const int64_t paddedSize = pad ? product(paddedRows, pitch) : 0;
  const int64_t filterFloats = product(rows.depth, paddedColumns(c.outChannels));
  const int64_t offsetSpace = offsetFloats(rows.depth);
  float* memory = scratch(offsetSpace + filterFloats + product(threadCount(), paddedSize) + 64);
  ptrdiff_t* offsets = reinterpret_cast<ptrdiff_t*>(memory);
  for (int64_t k = 0; k < rows.depth; k++) {
    const int64_t tap = k / c.inChannels, kh = tap / c.filterWidth, kw = tap % c.filterWidth;
    offsets[k] = kh * c.dilationHeight * pitch + kw * c.dilationWidth * c.inChannels + k % c.inChannels;
  }
  rows.offsets = offsets;
  float* packed = memory + offsetSpace;
  if (rows.dots) packDots(filter, c.outChannels, rows.depth, c.outChannels, packed);
  for (int64_t from = 0; from < c.outChannels && !rows.dots; from += kPanelWidth)
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

namespace {

// Where windows neither overlap nor leave gaps, every pixel of dx comes of one tap: a row of dy's pixels times one
// row of the filter is a whole row of the image.
void spreadWindows(const Conv& c, const float* dy, const float* filter, Epilogue epilogue, float* dx) {
  Rows rows;
  rows.depth = c.outChannels;
  rows.columns = c.filterWidth * c.inChannels;
  rows.epilogue = epilogue;
  rows.segments = 1;
  rows.aSegment = 0;
  rows.dots = dotsPay(rows.depth, rows.depth, rows.columns);
  const int64_t panelFloats = product(rows.depth, paddedColumns(rows.columns));
  const int64_t offsetSpace = offsetFloats(rows.depth);
  float* memory = scratch(offsetSpace + product(c.filterHeight, panelFloats) + rows.columns + 64);
  ptrdiff_t* offsets = reinterpret_cast<ptrdiff_t*>(memory);
  if (epilogue.bias) {  // once for every tap of the row
    float* bias = memory + offsetSpace + c.filterHeight * panelFloats;
    for (int64_t i = 0; i < rows.columns; i++) bias[i] = epilogue.bias[i % c.inChannels];
    rows.epilogue.bias = bias;
  }
  for (int64_t k = 0; k < rows.depth; k++) offsets[k] = k;
  rows.offsets = offsets;
  float* packed = memory + offsetSpace;
  for (int64_t kh = 0; kh < c.filterHeight; kh++)
    if (rows.dots)  // a filter [kw, ci, co] lies [column][depth] already
      std::memcpy(packed + kh * panelFloats, filter + kh * rows.columns * c.outChannels,
                  static_cast<size_t>(rows.columns * rows.depth) * 4);
    else for (int64_t from = 0; from < rows.columns; from += kPanelWidth)
      packColumns({filter + kh * rows.columns * c.outChannels, c.outChannels, true}, 0, c.outChannels, from,
                  rows.columns, panelVectors(from, rows.columns), packed + kh * panelFloats + from * rows.depth);
  const int64_t rowWork = c.outWidth * c.filterHeight * panelFloats;
  parallelRange(c.batch * c.outHeight, most(1, 200000 / most(rowWork, 1)), [=, &c](int64_t begin, int64_t end) {
    Rows own = rows;
    for (int64_t row = begin; row < end; row++)
      for (int64_t kh = 0; kh < c.filterHeight; kh++) {
        own.filter = packed + kh * panelFloats;
        for (int64_t from = 0; from < rows.columns; from += kPanelWidth)
          convolveRow(own, from, dy + row * c.outWidth * c.outChannels, c.outChannels, c.outWidth,
                      dx + (row * c.strideHeight + kh) * c.width * c.inChannels, rows.columns);
      }
  });
}

}  // namespace

// The gradient by the input, which is also the transposed convolution: dx[y, x] gathers dy through the taps whose
// stride reaches it. Pixels of one phase, (y + pad) mod stride, share their taps, so each phase is a convolution of
// stride 1 over dy with the filter turned round.
// Dilations are 1. buffers dy, filter [kh, kw, ci, co], [bias [ci]], dx
void Conv2DBackpropInput(const Call& call) {
  const Conv c(call);
  const float* dy = floats(call, 0, c.batch * c.outSize);
  const float* filter = floats(call, 1, c.filterSize);
  const Epilogue epilogue = epilogueOf(call, 15, c.inChannels);
  float* dx = floats(call, epilogue.bias ? 3 : 2, c.batch * c.inSize);
  if (c.dilationHeight != 1 || c.dilationWidth != 1) fail("a spread filter has no gradient here");
  if (c.batch * c.inSize == 0) return;
  if (c.padTop == 0 && c.padLeft == 0 && c.filterHeight == c.strideHeight && c.filterWidth == c.strideWidth &&
      c.height == c.outHeight * c.strideHeight && c.width == c.outWidth * c.strideWidth)
    return spreadWindows(c, dy, filter, epilogue, dx);

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
  const int64_t pitch = product(pad ? paddedWidth : c.outWidth, c.outChannels);
  const int64_t paddedSize = pad ? product(paddedRows, pitch) : 0;

  const int64_t width = paddedColumns(c.inChannels);
  const int64_t filterFloats = product(product(c.filterHeight, c.filterWidth), product(c.outChannels, width));
  const int64_t phases = product(c.strideHeight, c.strideWidth);
  const int64_t taps2 = product(product(c.filterHeight, c.filterWidth), c.outChannels);
  const int64_t tableSpace = offsetFloats(product(3, phases) + taps2);
  float* memory = scratch(tableSpace + filterFloats + product(threadCount(), paddedSize) + 64);
  float* packed = memory + tableSpace;
  // Per phase: where its packed filter and its offsets begin, and its depth.
  ptrdiff_t* packedFrom = reinterpret_cast<ptrdiff_t*>(memory);
  ptrdiff_t* offsetsFrom = packedFrom + phases;
  ptrdiff_t* depths = offsetsFrom + phases;
  ptrdiff_t* offsets = depths + phases;
  int64_t used = 0, usedOffsets = 0;
  // The filter [ci, co] of a phase's tap, the last column first.
  const auto tapFilter = [=, &c](int64_t ph, int64_t pw, int64_t tap, int64_t wide) {
    const int64_t kh = ph + tap / wide * c.strideHeight, kw = pw + (wide - 1 - tap % wide) * c.strideWidth;
    return filter + (kh * c.filterWidth + kw) * c.inChannels * c.outChannels;
  };
  for (int64_t phase = 0; phase < phases; phase++) {
    const int64_t ph = phase / c.strideWidth, pw = phase % c.strideWidth;
    const int64_t high = taps(c.filterHeight, c.strideHeight, ph), wide = taps(c.filterWidth, c.strideWidth, pw);
    const int64_t depth = high * wide * c.outChannels;
    packedFrom[phase] = used;
    offsetsFrom[phase] = usedOffsets;
    depths[phase] = depth;
    for (int64_t k = 0; k < depth; k++) {
      const int64_t tap = k / c.outChannels;
      offsets[usedOffsets + k] = (tap % wide) * c.outChannels - (tap / wide) * pitch + k % c.outChannels;
    }
    usedOffsets += depth;
    const bool dots = dotsPay(wide * c.outChannels, depth, c.inChannels);
    for (int64_t tap = 0; tap < high * wide && dots; tap++) {
      const float* from = tapFilter(ph, pw, tap, wide);
      for (int64_t ci = 0; ci < c.inChannels; ci++)
        std::memcpy(packed + used + ci * depth + tap * c.outChannels, from + ci * c.outChannels,
                    static_cast<size_t>(c.outChannels) * 4);
    }
    for (int64_t from = 0; from < c.inChannels && !dots; from += kPanelWidth) {
      const int vectors = panelVectors(from, c.inChannels);
      for (int64_t tap = 0; tap < high * wide; tap++)
        packColumns({tapFilter(ph, pw, tap, wide), c.outChannels, true}, 0, c.outChannels, from, c.inChannels, vectors,
                    packed + used + from * depth + tap * c.outChannels * vectors * W);
    }
    used += depth * width;
  }

  const auto image = [=, &c](int64_t n, int lane) {
    const float* gradient = dy + n * c.outSize;
    if (pad) {
      float* own = packed + filterFloats + lane * paddedSize;
      copyPadded(gradient, c.outHeight, c.outWidth, c.outChannels, topNeeded, leftNeeded, paddedRows, paddedWidth, own);
      gradient = own;
    }
    for (int64_t phase = 0; phase < phases; phase++) {
      const int64_t ph = phase / c.strideWidth, pw = phase % c.strideWidth;
      const int64_t wide = taps(c.filterWidth, c.strideWidth, pw);
      // y = ph - padTop + stride * t for t in [tFirst, tLast]
      const int64_t tFirst = -floorDiv(ph - c.padTop, c.strideHeight), tLast = floorDiv(c.height - 1 - ph + c.padTop, c.strideHeight);
      const int64_t uFirst = -floorDiv(pw - c.padLeft, c.strideWidth), uLast = floorDiv(c.width - 1 - pw + c.padLeft, c.strideWidth);
      if (tFirst > tLast || uFirst > uLast) continue;
      Rows rows;
      rows.depth = depths[phase];
      rows.columns = c.inChannels;
      rows.offsets = offsets + offsetsFrom[phase];
      rows.segments = wide ? taps(c.filterHeight, c.strideHeight, ph) : 0;
      rows.aSegment = -pitch;
      rows.dots = dotsPay(wide * c.outChannels, rows.depth, c.inChannels);
      rows.filter = packed + packedFrom[phase];
      rows.epilogue = epilogue;
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
