// Two inputs, broadcast against each other, element by element.
#include <cmath>

#include "ops.h"
#include "vmath.h"

namespace ae {
namespace AE_ISA {
namespace {

constexpr int64_t kCheap = 65536;
constexpr int64_t kCostly = 8192;

// The output's shape with neighbouring dimensions merged where both inputs allow it, and the inputs' steps in
// elements, 0 where one is repeated. Inner steps are 0 or 1.
struct Broadcast {
  int rank;
  int64_t dims[kMostBroadcastRank], a[kMostBroadcastRank], b[kMostBroadcastRank];
  int64_t count, aCount, bCount;

  explicit Broadcast(const Call& call) {
    rank = static_cast<int>(call.size(0));
    if (rank < 1 || rank > kMostBroadcastRank)
      fail("%d dimensions to broadcast, expected 1 to %d", rank, kMostBroadcastRank);
    count = 1;
    aCount = bCount = 1;
    for (int d = 0; d < rank; d++) {
      dims[d] = call.size(1 + d);
      a[d] = call.size(1 + rank + d);
      b[d] = call.size(1 + 2 * rank + d);
      count = product(count, dims[d]);
    }
    if (a[rank - 1] > 1 || b[rank - 1] > 1) fail("an inner step above 1");
    for (int d = 0; d < rank && count > 0; d++) {
      aCount += product(dims[d] - 1, a[d]);
      bCount += product(dims[d] - 1, b[d]);
    }
    if (count == 0) aCount = bCount = 0;
  }
};

// row(a, b, out, n) for every innermost row, with a's and b's steps along it known.
template <class Row>
void forRows(const Broadcast& shape, int64_t grain, Row row) {
  if (shape.count == 0) return;
  const int64_t inner = shape.dims[shape.rank - 1];
  const int64_t rows = shape.count / inner;
  if (rows == 1) {
    const int64_t aStep = shape.a[shape.rank - 1], bStep = shape.b[shape.rank - 1];
    parallelRange(inner, grain, [&](int64_t begin, int64_t end) { row(begin * aStep, begin * bStep, begin, end - begin); });
    return;
  }
  const int64_t rowGrain = most(1, grain / inner);
  const int64_t tasks = most(1, least(threadCount() * 2, rows / rowGrain));
  const int64_t each = ceilDiv(rows, tasks);
  const auto some = [&](int64_t task, int) {
    if (shape.rank == 2) {
      for (int64_t r = task * each; r < least(rows, (task + 1) * each); r++)
        row(r * shape.a[0], r * shape.b[0], r * inner, inner);
      return;
    }
    for (int64_t r = task * each; r < least(rows, (task + 1) * each); r++) {
      int64_t left = r, a = 0, b = 0;
      for (int d = shape.rank - 2; d >= 0; d--) {
        const int64_t at = left % shape.dims[d];
        left /= shape.dims[d];
        a += at * shape.a[d];
        b += at * shape.b[d];
      }
      row(a, b, r * inner, inner);
    }
  };
  if (tasks > 1) parallel(tasks, some);
  else some(0, 0);
}

template <bool A_MOVES, bool B_MOVES, class F>
inline void floatRow(const float* a, const float* b, float* out, int64_t n, F f) {
  const Vec a0 = broadcast(a[0]), b0 = broadcast(b[0]);
  int64_t i = 0;
  for (; i + W <= n; i += W) store(out + i, f(A_MOVES ? load(a + i) : a0, B_MOVES ? load(b + i) : b0));
  if (i < n)
    storeFirst(out + i, f(A_MOVES ? loadFirst(a + i, n - i) : a0, B_MOVES ? loadFirst(b + i, n - i) : b0), n - i);
}

// A row that is shorter than a vector and repeated, such as a bias of few channels: as one vector of its repeats.
template <class F>
bool repeatedRow(const Broadcast& shape, const float* a, const float* b, float* out, int64_t grain, F f) {
  if (shape.rank != 2 || shape.count == 0) return false;
  const int64_t inner = shape.dims[1];
  const bool bRepeats = shape.b[0] == 0 && shape.b[1] == 1 && shape.a[0] == inner && shape.a[1] == 1;
  if (!bRepeats || W % inner != 0) return false;
  Vec repeated;
  for (int i = 0; i < W; i++) repeated[i] = b[i % inner];
  parallelRange(shape.count, grain, [=](int64_t begin, int64_t end) {  // ranges begin at multiples of 64
    int64_t i = begin;
    for (; i + W <= end; i += W) store(out + i, f(load(a + i), repeated));
    if (i < end) storeFirst(out + i, f(loadFirst(a + i, end - i), repeated), end - i);
  });
  return true;
}

template <class F>
void floatCall(const Call& call, int64_t grain, F f) {
  const Broadcast shape(call);
  const float* a = floats(call, 0, shape.aCount);
  const float* b = floats(call, 1, shape.bCount);
  float* out = floats(call, 2, shape.count);
  if (repeatedRow(shape, a, b, out, grain, f)) return;
  const bool aMoves = shape.a[shape.rank - 1] != 0, bMoves = shape.b[shape.rank - 1] != 0;
  forRows(shape, grain, [=](int64_t ia, int64_t ib, int64_t io, int64_t n) {
    if (aMoves && bMoves) floatRow<true, true>(a + ia, b + ib, out + io, n, f);
    else if (aMoves) floatRow<true, false>(a + ia, b + ib, out + io, n, f);
    else if (bMoves) floatRow<false, true>(a + ia, b + ib, out + io, n, f);
    else floatRow<false, false>(a + ia, b + ib, out + io, n, f);
  });
}

// Comparisons of any element type, truth as a byte.
template <class T, class F>
void compareCall(const Call& call, F f) {
  const Broadcast shape(call);
  const T* a = static_cast<const T*>(call.array(0, shape.aCount, sizeof(T)));
  const T* b = static_cast<const T*>(call.array(1, shape.bCount, sizeof(T)));
  uint8_t* out = bytes(call, 2, shape.count);
  const int64_t aStep = shape.a[shape.rank - 1], bStep = shape.b[shape.rank - 1];
  forRows(shape, kCheap, [=](int64_t ia, int64_t ib, int64_t io, int64_t n) {
    const T* pa = a + ia;
    const T* pb = b + ib;
    uint8_t* po = out + io;
    for (int64_t i = 0; i < n; i++) po[i] = f(pa[i * aStep], pb[i * bStep]);
  });
}

template <float (*F)(float, float)>
Vec lanes(Vec a, Vec b) {
  for (int i = 0; i < W; i++) a[i] = F(a[i], b[i]);
  return a;
}

float power(float a, float b) { return static_cast<float>(std::pow(static_cast<double>(a), static_cast<double>(b))); }
// The remainder with the divisor's sign, as tf.mod and Python have it.
float remainder(float a, float b) {
  const float r = std::fmod(a, b);
  return (a < 0 && b < 0) || (a >= 0 && b >= 0) ? r : std::fmod(r + b, b);
}
float arcTangent(float a, float b) { return std::atan2(a, b); }
// Where the compiler merges this with the exponential before it, 1 + x is rounded once, else twice. Which it does is said
// here, so that other lines of this file change no bit of a loss.
#if defined(__AVX2__) && !defined(__AVX512F__)
__attribute__((noinline))
#else
inline __attribute__((always_inline))
#endif
Vec logOfOnePlus(Vec x) { return vlog1p(x); }

}  // namespace

// buffers a, b, out
#define AE_BINARY(NAME, GRAIN, EXPRESSION) \
  void NAME(const Call& call) {            \
    floatCall(call, GRAIN, [](Vec a, Vec b) { return EXPRESSION; }); \
  }

AE_BINARY(Add, kCheap, a + b)
AE_BINARY(Sub, kCheap, a - b)
AE_BINARY(Multiply, kCheap, a* b)
AE_BINARY(RealDiv, kCheap, a / b)
AE_BINARY(Maximum, kCheap, maximum(a, b))
AE_BINARY(Minimum, kCheap, minimum(a, b))
AE_BINARY(SquaredDifference, kCheap, (a - b) * (a - b))
AE_BINARY(Prelu, kCheap, choose(a < 0.0f, a * b, a))
// a = dy, b = y = elu(x)
AE_BINARY(EluGrad, kCheap, choose(b >= 0.0f, a, a*(b + 1.0f)))
AE_BINARY(Pow, kCostly, lanes<power>(a, b))
AE_BINARY(Mod, kCostly, lanes<remainder>(a, b))
AE_BINARY(Atan2, kCostly, lanes<arcTangent>(a, b))

// a = labels, b = logits: max(l, 0) - l x + log(1 + exp(-|l|))
AE_BINARY(SigmoidCrossEntropyWithLogits, kCostly, choose(b > 0.0f, b, Vec{}) - b * a + logOfOnePlus(vexp(-vabs(b))))

// The gradient of relu and its like in one pass. buffers x, dy, dx = dy * (x > 0 ? 1 : alpha)
void StepMultiply(const Call& call) {
  const int64_t count = call.size(0);
  const float alpha = static_cast<float>(call.real(1));
  const float* x = floats(call, 0, count);
  const float* dy = floats(call, 1, count);
  float* dx = floats(call, 2, count);
  const auto f = [=](Vec a, Vec b) { return b * choose(a != a, a, choose(a > 0.0f, broadcast(1.0f), broadcast(alpha))); };
  parallelRange(count, kCheap, [=](int64_t begin, int64_t end) { floatRow<true, true>(x + begin, dy + begin, dx + begin, end - begin, f); });
}

#define AE_COMPARE(NAME, OPERATOR)                                        \
  void NAME##Float(const Call& call) {                                    \
    compareCall<float>(call, [](float a, float b) { return a OPERATOR b; }); \
  }                                                                       \
  void NAME##Int(const Call& call) {                                      \
    compareCall<int32_t>(call, [](int32_t a, int32_t b) { return a OPERATOR b; }); \
  }

AE_COMPARE(Equal, ==)
AE_COMPARE(NotEqual, !=)
AE_COMPARE(Less, <)
AE_COMPARE(LessEqual, <=)
AE_COMPARE(Greater, >)
AE_COMPARE(GreaterEqual, >=)

void LogicalAnd(const Call& call) {
  compareCall<uint8_t>(call, [](uint8_t a, uint8_t b) { return a && b; });
}
void LogicalOr(const Call& call) {
  compareCall<uint8_t>(call, [](uint8_t a, uint8_t b) { return a || b; });
}

}  // namespace AE_ISA
}  // namespace ae
