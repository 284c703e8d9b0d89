// Max and average pooling of [batch, height, width, channels] and their gradients, a row of windows at a time:
// tap after tap is taken into the whole row, so that the inner loop runs over neighbouring numbers.
#include "ops.h"
#include "simd.h"

namespace ae {
namespace AE_ISA {
namespace {

struct Pool {
  int64_t batch, height, width, channels, outHeight, outWidth, filterHeight, filterWidth, strideHeight, strideWidth,
      dilationHeight, dilationWidth, padTop, padLeft;
  int64_t inRow, outRow, inImage, outImage;

  explicit Pool(const Call& call) {
    int64_t* const sizes[] = {&batch,       &height,       &width,       &channels,       &outHeight,    &outWidth,
                              &filterHeight, &filterWidth, &strideHeight, &strideWidth, &dilationHeight, &dilationWidth};
    for (int i = 0; i < 12; i++) {
      *sizes[i] = call.size(i);
      if (*sizes[i] > (int64_t{1} << 30)) fail("a pooling side of %lld", static_cast<long long>(*sizes[i]));
    }
    padTop = call.whole(12);
    padLeft = call.whole(13);
    inRow = product(width, channels);
    outRow = product(outWidth, channels);
    inImage = product(height, inRow);
    outImage = product(outHeight, outRow);
    product(batch, inImage);
    product(batch, outImage);
  }
  int64_t row(int64_t oh, int64_t kh) const { return oh * strideHeight + kh * dilationHeight - padTop; }
  int64_t column(int64_t ow, int64_t kw) const { return ow * strideWidth + kw * dilationWidth - padLeft; }
  // The windows [first, end) whose tap kw lies in the image.
  int64_t first(int64_t kw) const {
    const int64_t start = column(0, kw);
    return start >= 0 ? 0 : least(outWidth, ceilDiv(-start, most(strideWidth, 1)));
  }
  int64_t end(int64_t kw) const {
    const int64_t room = width - 1 - column(0, kw);
    return room < 0 ? 0 : least(outWidth, room / most(strideWidth, 1) + 1);
  }
  int64_t grain() const { return most(1, 16384 / most(1, outRow * filterHeight * filterWidth)); }
};

// each(offset in the input's row, offset in the output's row) for all numbers of tap kw.
template <int CHANNELS, class Each>
inline void alongRow(const Pool& p, int64_t kw, Each each) {
  const int64_t channels = CHANNELS ? CHANNELS : p.channels;
  for (int64_t ow = p.first(kw); ow < p.end(kw); ow++) {
    const int64_t in = p.column(ow, kw) * channels, out = ow * channels;
    for (int64_t c = 0; c < channels; c++) each(in + c, out + c);
  }
}

template <int CHANNELS>
void maxRow(const Pool& p, const float* x, int64_t oh, float* best) {
  for (int64_t i = 0; i < p.outRow; i++) best[i] = -__builtin_inff();
  for (int64_t kh = 0; kh < p.filterHeight; kh++) {
    const int64_t row = p.row(oh, kh);
    if (row < 0 || row >= p.height) continue;
    const float* in = x + row * p.inRow;
    for (int64_t kw = 0; kw < p.filterWidth; kw++)
      alongRow<CHANNELS>(p, kw, [=](int64_t from, int64_t to) { best[to] = in[from] > best[to] ? in[from] : best[to]; });
  }
}

template <int CHANNELS>
void averageRow(const Pool& p, const float* x, int64_t oh, float* sum) {
  for (int64_t i = 0; i < p.outRow; i++) sum[i] = 0;
  int64_t rows = 0;
  for (int64_t kh = 0; kh < p.filterHeight; kh++) {
    const int64_t row = p.row(oh, kh);
    if (row < 0 || row >= p.height) continue;
    rows++;
    const float* in = x + row * p.inRow;
    for (int64_t kw = 0; kw < p.filterWidth; kw++)
      alongRow<CHANNELS>(p, kw, [=](int64_t from, int64_t to) { sum[to] += in[from]; });
  }
  for (int64_t ow = 0; ow < p.outWidth; ow++) {
    int64_t columns = 0;
    for (int64_t kw = 0; kw < p.filterWidth; kw++) columns += p.column(ow, kw) >= 0 && p.column(ow, kw) < p.width;
    const float count = static_cast<float>(rows * columns);
    for (int64_t c = 0; c < p.channels; c++) sum[ow * p.channels + c] /= count;
  }
}

// The first greatest tap of every window gets its gradient.
template <int CHANNELS>
void maxGradImage(const Pool& p, const float* x, const float* dy, float* dx, float* best, int32_t* tap) {
  for (int64_t i = 0; i < p.inImage; i++) dx[i] = 0;
  for (int64_t oh = 0; oh < p.outHeight; oh++) {
    for (int64_t i = 0; i < p.outRow; i++) best[i] = -__builtin_inff();
    for (int64_t i = 0; i < p.outRow; i++) tap[i] = -1;
    for (int64_t kh = 0; kh < p.filterHeight; kh++) {
      const int64_t row = p.row(oh, kh);
      if (row < 0 || row >= p.height) continue;
      const float* in = x + row * p.inRow;
      for (int64_t kw = 0; kw < p.filterWidth; kw++) {
        const int32_t number = static_cast<int32_t>(kh * p.filterWidth + kw);
        alongRow<CHANNELS>(p, kw, [=](int64_t from, int64_t to) {
          const bool greater = in[from] > best[to];
          best[to] = greater ? in[from] : best[to];
          tap[to] = greater ? number : tap[to];
        });
      }
    }
    const float* gradient = dy + oh * p.outRow;
    for (int64_t kh = 0; kh < p.filterHeight; kh++) {
      const int64_t row = p.row(oh, kh);
      if (row < 0 || row >= p.height) continue;
      float* out = dx + row * p.inRow;
      for (int64_t kw = 0; kw < p.filterWidth; kw++) {
        const int32_t number = static_cast<int32_t>(kh * p.filterWidth + kw);
        alongRow<CHANNELS>(p, kw, [=](int64_t from, int64_t to) { out[from] += tap[to] == number ? gradient[to] : 0; });
      }
    }
  }
}

template <int CHANNELS>
void averageGradImage(const Pool& p, const float* dy, float* dx) {
  const float factor = 1.0f / static_cast<float>(p.filterHeight * p.filterWidth);
  for (int64_t i = 0; i < p.inImage; i++) dx[i] = 0;
  for (int64_t oh = 0; oh < p.outHeight; oh++)
    for (int64_t kh = 0; kh < p.filterHeight; kh++) {
      const int64_t row = p.row(oh, kh);
      if (row < 0 || row >= p.height) continue;
      float* out = dx + row * p.inRow;
      const float* gradient = dy + oh * p.outRow;
      for (int64_t kw = 0; kw < p.filterWidth; kw++)
        alongRow<CHANNELS>(p, kw, [=](int64_t from, int64_t to) { out[from] += gradient[to] * factor; });
    }
}

// A loop over a known number of channels becomes vector code; these are the usual narrow ones.
#define AE_BY_CHANNELS(CHANNELS, FUNCTION, ...) \
  switch (CHANNELS) {                           \
    case 1: FUNCTION<1>(__VA_ARGS__); break;    \
    case 4: FUNCTION<4>(__VA_ARGS__); break;    \
    case 8: FUNCTION<8>(__VA_ARGS__); break;    \
    case 16: FUNCTION<16>(__VA_ARGS__); break;  \
    case 32: FUNCTION<32>(__VA_ARGS__); break;  \
    default: FUNCTION<0>(__VA_ARGS__);          \
  }

}  // namespace

// params batch, height, width, channels, outHeight, outWidth, filterHeight, filterWidth, strideHeight, strideWidth,
// dilationHeight, dilationWidth, padTop, padLeft; buffers x, y
void MaxPool(const Call& call) {
  const Pool p(call);
  const float* x = floats(call, 0, p.batch * p.inImage);
  float* y = floats(call, 1, p.batch * p.outImage);
  parallelRange(p.batch * p.outHeight, p.grain(), [=](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      const float* image = x + row / p.outHeight * p.inImage;
      AE_BY_CHANNELS(p.channels, maxRow, p, image, row % p.outHeight, y + row * p.outRow)
    }
  });
}

void AvgPool(const Call& call) {
  const Pool p(call);
  const float* x = floats(call, 0, p.batch * p.inImage);
  float* y = floats(call, 1, p.batch * p.outImage);
  parallelRange(p.batch * p.outHeight, p.grain(), [=](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      const float* image = x + row / p.outHeight * p.inImage;
      AE_BY_CHANNELS(p.channels, averageRow, p, image, row % p.outHeight, y + row * p.outRow)
    }
  });
}

// buffers dy, x, dx
void MaxPoolGrad(const Call& call) {
  const Pool p(call);
  const float* dy = floats(call, 0, p.batch * p.outImage);
  const float* x = floats(call, 1, p.batch * p.inImage);
  float* dx = floats(call, 2, p.batch * p.inImage);
  float* memory = scratch(2 * threadCount() * p.outRow);
  const auto image = [=](int64_t n, int lane) {
    float* best = memory + 2 * lane * p.outRow;
    AE_BY_CHANNELS(p.channels, maxGradImage, p, x + n * p.inImage, dy + n * p.outImage, dx + n * p.inImage, best,
                   reinterpret_cast<int32_t*>(best + p.outRow))
  };
  if (p.batch * p.outHeight > 2 * p.grain()) parallel(p.batch, image);
  else for (int64_t n = 0; n < p.batch; n++) image(n, 0);
}

// buffers dy, dx
void AvgPoolGrad(const Call& call) {
  const Pool p(call);
  const float* dy = floats(call, 0, p.batch * p.outImage);
  float* dx = floats(call, 1, p.batch * p.inImage);
  const auto image = [=](int64_t n, int) {
    AE_BY_CHANNELS(p.channels, averageGradImage, p, dy + n * p.outImage, dx + n * p.inImage)
  };
  if (p.batch * p.outHeight > 2 * p.grain()) parallel(p.batch, image);
  else for (int64_t n = 0; n < p.batch; n++) image(n, 0);
}

}  // namespace AE_ISA
}  // namespace ae
