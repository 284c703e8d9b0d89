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

// each(offset in the input's row, offset in the output's row) for all numbers of tap kw; V numbers at a time.
template <class V, class Each>
inline void alongRow(const Pool& p, int64_t kw, Each each) {
  constexpr int64_t width = sizeof(V) / 4;
  for (int64_t ow = p.first(kw); ow < p.end(kw); ow++) {
    const int64_t in = p.column(ow, kw) * p.channels, out = ow * p.channels;
    for (int64_t c = 0; c < p.channels; c += width) each(in + c, out + c);
  }
}

// Numbers taken together: as many channels as go into whole ones.
typedef float Quad __attribute__((vector_size(16)));
template <class V>
struct Unaligned {
  typedef V type __attribute__((aligned(4)));
};
template <class V>
inline V get(const float* p) { return *reinterpret_cast<const typename Unaligned<V>::type*>(p); }
template <class V>
inline void put(float* p, V v) { *reinterpret_cast<typename Unaligned<V>::type*>(p) = v; }

// Marks by number, of the same size as V.
template <class V> struct Marks { typedef int32_t type __attribute__((vector_size(sizeof(V)))); };
template <> struct Marks<float> { typedef int32_t type; };

template <class V, class M>
inline V pick(M mask, V yes, V no) {
  return mask ? yes : no;
}

template <class V>
void maxRow(const Pool& p, const float* x, int64_t oh, float* best) {
  for (int64_t i = 0; i < p.outRow; i++) best[i] = -__builtin_inff();
  for (int64_t kh = 0; kh < p.filterHeight; kh++) {
    const int64_t row = p.row(oh, kh);
    if (row < 0 || row >= p.height) continue;
    const float* in = x + row * p.inRow;
    for (int64_t kw = 0; kw < p.filterWidth; kw++)
      alongRow<V>(p, kw, [=](int64_t from, int64_t to) {
        const V a = get<V>(in + from), b = get<V>(best + to);
        put(best + to, pick(a > b, a, b));
      });
  }
}

template <class V>
void averageRow(const Pool& p, const float* x, int64_t oh, float* sum) {
  for (int64_t i = 0; i < p.outRow; i++) sum[i] = 0;
  int64_t rows = 0;
  for (int64_t kh = 0; kh < p.filterHeight; kh++) {
    const int64_t row = p.row(oh, kh);
    if (row < 0 || row >= p.height) continue;
    rows++;
    const float* in = x + row * p.inRow;
    for (int64_t kw = 0; kw < p.filterWidth; kw++)
      alongRow<V>(p, kw, [=](int64_t from, int64_t to) { put(sum + to, get<V>(sum + to) + get<V>(in + from)); });
  }
  for (int64_t ow = 0; ow < p.outWidth; ow++) {
    int64_t columns = 0;
    for (int64_t kw = 0; kw < p.filterWidth; kw++) columns += p.column(ow, kw) >= 0 && p.column(ow, kw) < p.width;
    const float count = static_cast<float>(rows * columns);
    for (int64_t c = 0; c < p.channels; c++) sum[ow * p.channels + c] /= count;
  }
}

// Windows that do not overlap: each is read once and written once, with its greatest number in registers.
template <class V>
void maxGradWindows(const Pool& p, const float* x, const float* dy, float* dx) {
  typedef typename Marks<V>::type M;
  constexpr int64_t width = sizeof(V) / 4;
  for (int64_t oh = 0; oh < p.outHeight; oh++)
    for (int64_t ow = 0; ow < p.outWidth; ow++) {
      const int64_t kh0 = most(0, -p.row(oh, 0)), kh1 = least(p.filterHeight, p.height - p.row(oh, 0));
      const int64_t kw0 = most(0, -p.column(ow, 0)), kw1 = least(p.filterWidth, p.width - p.column(ow, 0));
      const int64_t corner = p.row(oh, 0) * p.inRow + p.column(ow, 0) * p.channels;
      for (int64_t c = 0; c < p.channels; c += width) {
        V best = V{} - __builtin_inff();
        M tap = M{} - 1;
        for (int64_t kh = kh0; kh < kh1; kh++)
          for (int64_t kw = kw0; kw < kw1; kw++) {
            const V value = get<V>(x + corner + kh * p.inRow + kw * p.channels + c);
            const M number = M{} + static_cast<int32_t>(kh * p.filterWidth + kw);
            const auto greater = value > best;
            best = greater ? value : best;
            tap = greater ? number : tap;
          }
        const V gradient = get<V>(dy + (oh * p.outWidth + ow) * p.channels + c);
        for (int64_t kh = kh0; kh < kh1; kh++)
          for (int64_t kw = kw0; kw < kw1; kw++) {
            const M number = M{} + static_cast<int32_t>(kh * p.filterWidth + kw);
            put(dx + corner + kh * p.inRow + kw * p.channels + c, tap == number ? gradient : V{});
          }
      }
    }
}

// The first greatest tap of every window gets its gradient.
template <class V>
void maxGradImage(const Pool& p, const float* x, const float* dy, float* dx, float* best, float* taps) {
  typedef typename Marks<V>::type M;
  const bool apart = p.dilationHeight == 1 && p.dilationWidth == 1 && p.strideHeight >= p.filterHeight &&
                     p.strideWidth >= p.filterWidth;
  const bool covers = p.padTop >= 0 && p.padLeft >= 0 && p.strideHeight == p.filterHeight && p.strideWidth == p.filterWidth &&
                      p.outHeight * p.strideHeight - p.padTop >= p.height &&
                      p.outWidth * p.strideWidth - p.padLeft >= p.width;
  if (!apart || !covers) std::memset(dx, 0, static_cast<size_t>(p.inImage) * 4);
  if (apart) return maxGradWindows<V>(p, x, dy, dx);
  for (int64_t oh = 0; oh < p.outHeight; oh++) {
    for (int64_t i = 0; i < p.outRow; i++) best[i] = -__builtin_inff();
    for (int64_t i = 0; i < p.outRow; i++) taps[i] = -1;
    for (int64_t kh = 0; kh < p.filterHeight; kh++) {
      const int64_t row = p.row(oh, kh);
      if (row < 0 || row >= p.height) continue;
      const float* in = x + row * p.inRow;
      for (int64_t kw = 0; kw < p.filterWidth; kw++) {
        const V number = V{} + static_cast<float>(kh * p.filterWidth + kw);
        alongRow<V>(p, kw, [=](int64_t from, int64_t to) {
          const V value = get<V>(in + from), before = get<V>(best + to);
          const M greater = value > before;
          put(best + to, pick(greater, value, before));
          put(taps + to, pick(greater, number, get<V>(taps + to)));
        });
      }
    }
    const float* gradient = dy + oh * p.outRow;
    for (int64_t kh = 0; kh < p.filterHeight; kh++) {
      const int64_t row = p.row(oh, kh);
      if (row < 0 || row >= p.height) continue;
      float* out = dx + row * p.inRow;
      for (int64_t kw = 0; kw < p.filterWidth; kw++) {
        const V number = V{} + static_cast<float>(kh * p.filterWidth + kw);
        alongRow<V>(p, kw, [=](int64_t from, int64_t to) {
          put(out + from, get<V>(out + from) + pick(get<V>(taps + to) == number, get<V>(gradient + to), V{}));
        });
      }
    }
  }
}

template <class V>
void averageGradImage(const Pool& p, const float* dy, float* dx) {
  const float factor = 1.0f / static_cast<float>(p.filterHeight * p.filterWidth);
  std::memset(dx, 0, static_cast<size_t>(p.inImage) * 4);
  for (int64_t oh = 0; oh < p.outHeight; oh++)
    for (int64_t kh = 0; kh < p.filterHeight; kh++) {
      const int64_t row = p.row(oh, kh);
      if (row < 0 || row >= p.height) continue;
      float* out = dx + row * p.inRow;
      const float* gradient = dy + oh * p.outRow;
      for (int64_t kw = 0; kw < p.filterWidth; kw++)
        alongRow<V>(p, kw, [=](int64_t from, int64_t to) {
          put(out + from, get<V>(out + from) + get<V>(gradient + to) * factor);
        });
    }
}

// The widest of Vec, Quad and float of which the channels are whole ones.
#define AE_BY_CHANNELS(CHANNELS, FUNCTION, ...)              \
  if ((CHANNELS) % W == 0) FUNCTION<Vec>(__VA_ARGS__);       \
  else if ((CHANNELS) % 4 == 0) FUNCTION<Quad>(__VA_ARGS__); \
  else FUNCTION<float>(__VA_ARGS__);

}  // namespace

// buffers x, y
void MaxPool(const Call& call) {
  const Pool p(call);
  const float* x = floats(call, 0, p.batch * p.inImage);
  float* y = floats(call, 1, p.batch * p.outImage);
  if (p.batch * p.outImage == 0) return;
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
  if (p.batch * p.outImage == 0) return;
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
  if (p.batch * p.inImage == 0) return;
  float* memory = scratch(2 * threadCount() * p.outRow);
  const auto image = [=](int64_t n, int lane) {
    float* best = memory + 2 * lane * p.outRow;
    AE_BY_CHANNELS(p.channels, maxGradImage, p, x + n * p.inImage, dy + n * p.outImage, dx + n * p.inImage, best,
                   best + p.outRow)
  };
  if (p.batch * p.outHeight > 2 * p.grain()) parallel(p.batch, image);
  else for (int64_t n = 0; n < p.batch; n++) image(n, 0);
}

// buffers dy, dx
void AvgPoolGrad(const Call& call) {
  const Pool p(call);
  const float* dy = floats(call, 0, p.batch * p.outImage);
  float* dx = floats(call, 1, p.batch * p.inImage);
  if (p.batch * p.inImage == 0) return;
  const auto image = [=](int64_t n, int) {
    AE_BY_CHANNELS(p.channels, averageGradImage, p, dy + n * p.outImage, dx + n * p.inImage)
  };
  if (p.batch * p.outHeight > 2 * p.grain()) parallel(p.batch, image);
  else for (int64_t n = 0; n < p.batch; n++) image(n, 0);
}

}  // namespace AE_ISA
}  // namespace ae
