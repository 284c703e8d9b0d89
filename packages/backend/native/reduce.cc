// Sums, means, products, maxima and minima over the middle of [outer, count, inner].
//
// A long reduction is cut into pieces of a fixed length, each summed in float lanes, and the pieces are added in
// double precision in their order: neither the number of threads nor the size of the whole changes a result.
#include "ops.h"
#include "vmath.h"

namespace ae {
namespace AE_ISA {
namespace {

constexpr int64_t kPiece = 4096;

struct AddUp {
  static constexpr double start = 0;
  static Vec vector(Vec a, Vec b) { return a + b; }
  static double number(double a, double b) { return a + b; }
};
struct MultiplyUp {
  static constexpr double start = 1;
  static Vec vector(Vec a, Vec b) { return a * b; }
  static double number(double a, double b) { return a * b; }
};
struct Greatest {
  static constexpr double start = -__builtin_inf();
  static Vec vector(Vec a, Vec b) { return maximum(a, b); }
  static double number(double a, double b) { return a != a || a > b ? a : b; }
};
struct Smallest {
  static constexpr double start = __builtin_inf();
  static Vec vector(Vec a, Vec b) { return minimum(a, b); }
  static double number(double a, double b) { return a != a || a < b ? a : b; }
};

// Contiguous numbers to one.
template <class R>
double reduceRun(const float* x, int64_t count) {
  double total = R::start;
  for (int64_t begin = 0; begin < count; begin += kPiece) {
    const int64_t end = least(count, begin + kPiece);
    const Vec none = broadcast(static_cast<float>(R::start));
    Vec a = none, b = none, c = none, d = none;
    int64_t i = begin;
    for (; i + 4 * W <= end; i += 4 * W) {
      a = R::vector(a, load(x + i));
      b = R::vector(b, load(x + i + W));
      c = R::vector(c, load(x + i + 2 * W));
      d = R::vector(d, load(x + i + 3 * W));
    }
    for (; i + W <= end; i += W) a = R::vector(a, load(x + i));
    a = R::vector(R::vector(a, b), R::vector(c, d));
    double piece = R::start;
    for (int lane = 0; lane < W; lane++) piece = R::number(piece, a[lane]);
    for (; i < end; i++) piece = R::number(piece, x[i]);
    total = R::number(total, piece);
  }
  return total;
}

// Rows [begin, end) of [rows, inner] to one row of doubles.
template <class R>
void reduceRows(const float* x, int64_t begin, int64_t end, int64_t inner, double* total) {
  int64_t i = 0;
  for (; i + W <= inner; i += W) {
    Vec a = broadcast(static_cast<float>(R::start)), b = a;
    int64_t r = begin;
    for (; r + 2 <= end; r += 2) {
      a = R::vector(a, load(x + r * inner + i));
      b = R::vector(b, load(x + (r + 1) * inner + i));
    }
    if (r < end) a = R::vector(a, load(x + r * inner + i));
    a = R::vector(a, b);
    for (int lane = 0; lane < W; lane++) total[i + lane] = a[lane];
  }
  if (i == inner) return;
  if (W % inner == 0) {  // rows narrower than a vector: several in one, folded at the end
    for (int64_t j = 0; j < inner; j++) total[j] = R::start;
    const int64_t numbers = (end - begin) * inner;
    const float* from = x + begin * inner;
    Vec a = broadcast(static_cast<float>(R::start));
    int64_t at = 0;
    for (; at + W <= numbers; at += W) a = R::vector(a, load(from + at));
    for (int lane = 0; lane < W; lane++) total[lane % inner] = R::number(total[lane % inner], a[lane]);
    for (; at < numbers; at++) total[at % inner] = R::number(total[at % inner], from[at]);
    return;
  }
  for (; i < inner; i++) {
    double sum = R::start;
    for (int64_t r = begin; r < end; r++) sum = R::number(sum, x[r * inner + i]);
    total[i] = sum;
  }
}

template <class R>
void reduce(const Call& call) {
  const int64_t outer = call.size(0), count = call.size(1), inner = call.size(2);
  const double divisor = call.real(3);
  const float* x = floats(call, 0, product(product(outer, count), inner));
  float* y = floats(call, 1, product(outer, inner));
  const double start = R::start;
  if (outer * inner == 0) return;
  if (inner == 1) {
    const int64_t pieces = ceilDiv(count, kPiece);
    if (outer == 1 && pieces > 8) {
      double* partial = reinterpret_cast<double*>(scratch(2 * pieces));
      parallel(ceilDiv(pieces, 8), [=](int64_t task, int) {
        for (int64_t p = task * 8; p < least(pieces, task * 8 + 8); p++)
          partial[p] = reduceRun<R>(x + p * kPiece, least(kPiece, count - p * kPiece));
      });
      double total = start;
      for (int64_t p = 0; p < pieces; p++) total = R::number(total, partial[p]);
      y[0] = static_cast<float>(total / divisor);
      return;
    }
    parallelRange(outer, most(1, 32768 / most(count, 1)), [=](int64_t begin, int64_t end) {
      for (int64_t o = begin; o < end; o++) y[o] = static_cast<float>(reduceRun<R>(x + o * count, count) / divisor);
    });
    return;
  }
  // Pieces of rows, about kPiece numbers each.
  const int64_t rows = most(64, kPiece / most(inner, 1));
  const int64_t pieces = most(1, ceilDiv(count, rows));
  double* partial = reinterpret_cast<double*>(scratch(product(2, product(product(outer, pieces), inner))));
  const auto piece = [=](int64_t task, int) {
    const int64_t o = task / pieces, p = task % pieces;
    reduceRows<R>(x + o * count * inner, p * rows, least(count, (p + 1) * rows), inner, partial + task * inner);
  };
  if (outer * count * inner > 65536) parallel(outer * pieces, piece);
  else for (int64_t task = 0; task < outer * pieces; task++) piece(task, 0);
  for (int64_t o = 0; o < outer; o++)
    for (int64_t i = 0; i < inner; i++) {
      double total = partial[o * pieces * inner + i];
      for (int64_t p = 1; p < pieces; p++) total = R::number(total, partial[(o * pieces + p) * inner + i]);
      y[o * inner + i] = static_cast<float>(total / divisor);
    }
}

}  // namespace

// buffers x [outer, count, inner], y [outer, inner]
void Sum(const Call& call) { reduce<AddUp>(call); }
void Prod(const Call& call) { reduce<MultiplyUp>(call); }
void Max(const Call& call) { reduce<Greatest>(call); }
void Min(const Call& call) { reduce<Smallest>(call); }

// buffers x, y int32: the first place of the greatest, or of the least where sign is -1
void ArgMax(const Call& call) {
  const int64_t outer = call.size(0), count = call.size(1), inner = call.size(2);
  const float factor = call.whole(3) < 0 ? -1.0f : 1.0f;
  const float* x = floats(call, 0, product(product(outer, count), inner));
  int32_t* y = ints(call, 1, product(outer, inner));
  if (count == 0) {
    std::memset(y, 0, static_cast<size_t>(outer * inner) * 4);
    return;
  }
  parallelRange(outer * inner, most(1, 32768 / count), [=](int64_t begin, int64_t end) {
    for (int64_t at = begin; at < end; at++) {
      const float* run = x + at / inner * count * inner + at % inner;
      float best = run[0] * factor;
      int32_t place = 0;
      for (int64_t i = 1; i < count; i++)
        if (run[i * inner] * factor > best) {
          best = run[i * inner] * factor;
          place = static_cast<int32_t>(i);
        }
      y[at] = place;
    }
  });
}

}  // namespace AE_ISA
}  // namespace ae
