// Everything that only moves elements: slice, concat, pad, transpose, tile, reverse are copies between two stepped
// views; and fill, cast, select, gather, one-hot.
#include <cmath>

#include "ops.h"
#include "transpose.h"

namespace ae {
namespace AE_ISA {
namespace {

struct View {
  int64_t offset, step[kMostCopyRank];
};

// The first and last element that a view touches must lie in its buffer.
int64_t checkedEnd(const View& view, int rank, const int64_t* dims) {
  int64_t low = view.offset, high = view.offset;
  for (int d = 0; d < rank; d++) {
    const int64_t reach = view.step[d] < 0 ? -product(dims[d] - 1, -view.step[d]) : product(dims[d] - 1, view.step[d]);
    if (reach < 0) low += reach;
    else high += reach;
  }
  if (low < 0) fail("a view begins %lld elements before its buffer", static_cast<long long>(-low));
  return high + 1;
}

template <class T>
void copyRun(const T* from, int64_t fromStep, T* to, int64_t toStep, int64_t count) {
  if (fromStep == 1 && toStep == 1) std::memcpy(to, from, static_cast<size_t>(count) * sizeof(T));
  else for (int64_t i = 0; i < count; i++) to[i * toStep] = from[i * fromStep];
}

// to[i * toRow + j] = from[i + j * fromRow] for i < rows, j < columns
void transposeFloats(const float* from, int64_t fromRow, float* to, int64_t toRow, int64_t rows, int64_t columns) {
  parallelRange(ceilDiv(rows, W), most(1, 32768 / (most(columns, 1) * W)), [=](int64_t begin, int64_t end) {
    for (int64_t i = begin * W; i < least(rows, end * W); i += W)
      for (int64_t j = 0; j < columns; j += W) {
        const int64_t high = least(W, rows - i), wide = least(W, columns - j);
        Vec square[W] = {};
        for (int64_t k = 0; k < wide; k++)
          square[k] = high == W ? load(from + i + (j + k) * fromRow) : loadFirst(from + i + (j + k) * fromRow, high);
        transposeSquare(square);
        for (int64_t k = 0; k < high; k++) {
          float* row = to + (i + k) * toRow + j;
          if (wide == W) store(row, square[k]);
          else storeFirst(row, square[k], wide);
        }
      }
  });
}

template <class T>
void copyViews(const T* from, const View& a, T* to, const View& b, int rank, const int64_t* dims) {
  const int64_t inner = rank ? dims[rank - 1] : 1;
  int64_t rows = 1;
  for (int d = 0; d < rank - 1; d++) rows *= dims[d];
  const int64_t aStep = rank ? a.step[rank - 1] : 1, bStep = rank ? b.step[rank - 1] : 1;
  if (sizeof(T) == 4 && rank >= 2 && bStep == 1 && a.step[rank - 2] == 1 && aStep > 1 && rows * inner >= 256) {
    const int64_t high = dims[rank - 2], fromRow = aStep, toRow = b.step[rank - 2];
    int64_t squares = rows / high;
    for (int64_t s = 0; s < squares; s++) {
      int64_t left = s, fromAt = a.offset, toAt = b.offset;
      for (int d = rank - 3; d >= 0; d--) {
        fromAt += left % dims[d] * a.step[d];
        toAt += left % dims[d] * b.step[d];
        left /= dims[d];
      }
      transposeFloats(reinterpret_cast<const float*>(from) + fromAt, fromRow, reinterpret_cast<float*>(to) + toAt,
                      toRow, high, inner);
    }
    return;
  }
  const auto some = [=](int64_t begin, int64_t end) {
    for (int64_t r = begin; r < end; r++) {
      int64_t left = r, fromAt = a.offset, toAt = b.offset;
      for (int d = rank - 2; d >= 0; d--) {
        fromAt += left % dims[d] * a.step[d];
        toAt += left % dims[d] * b.step[d];
        left /= dims[d];
      }
      copyRun(from + fromAt, aStep, to + toAt, bStep, inner);
    }
  };
  if (rows > 1) parallelRange(rows, most(1, 65536 / most(inner, 1)), some);
  else some(0, 1);
}

template <class From, class To, class F>
void castCall(const Call& call, F f) {
  const int64_t count = call.size(0);
  const From* x = static_cast<const From*>(call.array(0, count, sizeof(From)));
  To* y = static_cast<To*>(call.array(1, count, sizeof(To)));
  parallelRange(count, 65536, [=](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) y[i] = f(x[i]);
  });
}

}  // namespace

// buffers from, to
void Copy(const Call& call) {
  const int64_t elementBytes = call.size(0);
  const int64_t rank = call.size(3);
  if (rank > kMostCopyRank) fail("%lld dimensions to copy, expected at most %d", (long long)rank, kMostCopyRank);
  if (elementBytes != 1 && elementBytes != 4) fail("elements of %lld bytes, expected 1 or 4", (long long)elementBytes);
  View a, b;
  a.offset = call.size(1);
  b.offset = call.size(2);
  int64_t dims[kMostCopyRank], count = 1;
  for (int d = 0; d < rank; d++) {
    dims[d] = call.size(4 + d);
    a.step[d] = call.whole(4 + static_cast<int>(rank) + d);
    b.step[d] = call.whole(4 + 2 * static_cast<int>(rank) + d);
    count = product(count, dims[d]);
  }
  if (count == 0) return;
  const int r = static_cast<int>(rank), bytesEach = static_cast<int>(elementBytes);
  const void* from = call.array(0, checkedEnd(a, r, dims), bytesEach);
  void* to = call.array(1, checkedEnd(b, r, dims), bytesEach);
  if (bytesEach == 4) copyViews(static_cast<const int32_t*>(from), a, static_cast<int32_t*>(to), b, r, dims);
  else copyViews(static_cast<const uint8_t*>(from), a, static_cast<uint8_t*>(to), b, r, dims);
}

// buffers y
void FillFloat(const Call& call) {
  const int64_t count = call.size(0);
  const float value = static_cast<float>(call.real(1));
  float* y = floats(call, 0, count);
  parallelRange(count, 131072, [=](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) y[i] = value;
  });
}
void FillInt(const Call& call) {
  const int64_t count = call.size(0);
  const int32_t value = static_cast<int32_t>(call.whole(1));
  int32_t* y = ints(call, 0, count);
  for (int64_t i = 0; i < count; i++) y[i] = value;
}
void FillBool(const Call& call) {
  const int64_t count = call.size(0);
  std::memset(bytes(call, 0, count), call.size(1) != 0, static_cast<size_t>(count));
}

// buffers x, y
void CastFloatToInt(const Call& call) {
  castCall<float, int32_t>(call, [](float x) {
    // As JavaScript's ToInt32: toward zero, modulo 2^32, not a number is 0.
    if (x > -2147483648.0f && x < 2147483648.0f) return static_cast<int32_t>(x);
    if (!std::isfinite(x)) return 0;
    return static_cast<int32_t>(static_cast<uint32_t>(static_cast<int64_t>(std::fmod(x, 4294967296.0f))));
  });
}
void CastIntToFloat(const Call& call) {
  castCall<int32_t, float>(call, [](int32_t x) { return static_cast<float>(x); });
}
void CastBoolToFloat(const Call& call) {
  castCall<uint8_t, float>(call, [](uint8_t x) { return static_cast<float>(x); });
}
void CastBoolToInt(const Call& call) {
  castCall<uint8_t, int32_t>(call, [](uint8_t x) { return static_cast<int32_t>(x); });
}
void CastFloatToBool(const Call& call) {
  castCall<float, uint8_t>(call, [](float x) { return static_cast<uint8_t>(x != 0); });
}
void CastIntToBool(const Call& call) {
  castCall<int32_t, uint8_t>(call, [](int32_t x) { return static_cast<uint8_t>(x != 0); });
}
void LogicalNot(const Call& call) {
  castCall<uint8_t, uint8_t>(call, [](uint8_t x) { return static_cast<uint8_t>(!x); });
}

// A pixel's byte as the number that JavaScript's byte / 255 rounds to. buffers bytes, y
void BytesToUnit(const Call& call) {
  static const struct Table {
    float of[256];
    Table() {
      for (int i = 0; i < 256; i++) of[i] = static_cast<float>(i / 255.0);
    }
  } table;
  castCall<uint8_t, float>(call, [](uint8_t x) { return table.of[x]; });
}

// buffers condition, yes, no, y
void Select(const Call& call) {
  const int64_t count = call.size(0);
  const uint8_t* condition = bytes(call, 0, count);
  const int32_t* yes = ints(call, 1, count);
  const int32_t* no = ints(call, 2, count);
  int32_t* y = ints(call, 3, count);
  parallelRange(count, 65536, [=](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) y[i] = condition[i] ? yes[i] : no[i];
  });
}

// buffers x [outer, axis, inner] of 4 bytes, indices int32 [picks], y
void GatherV2(const Call& call) {
  const int64_t outer = call.size(0), axis = call.size(1), inner = call.size(2), picks = call.size(3);
  const int32_t* x = ints(call, 0, product(product(outer, axis), inner));
  const int32_t* indices = ints(call, 1, picks);
  int32_t* y = ints(call, 2, product(product(outer, picks), inner));
  if (outer * picks * inner == 0) return;
  for (int64_t p = 0; p < picks; p++)
    if (indices[p] < 0 || indices[p] >= axis)
      fail("the index value %d is not in [0, %lld]", indices[p], static_cast<long long>(axis - 1));
  for (int64_t o = 0; o < outer; o++)
    for (int64_t p = 0; p < picks; p++)
      std::memcpy(y + (o * picks + p) * inner, x + (o * axis + indices[p]) * inner, static_cast<size_t>(inner) * 4);
}

// Rows of x added up by segment, in their order. buffers x, ids int32 [rows], y
void UnsortedSegmentSum(const Call& call) {
  const int64_t rows = call.size(0), inner = call.size(1), segments = call.size(2);
  const float* x = floats(call, 0, product(rows, inner));
  const int32_t* ids = ints(call, 1, rows);
  float* y = floats(call, 2, product(segments, inner));
  std::memset(y, 0, static_cast<size_t>(segments * inner) * 4);
  for (int64_t r = 0; r < rows; r++) {
    if (ids[r] < 0 || ids[r] >= segments) continue;
    for (int64_t i = 0; i < inner; i++) y[ids[r] * inner + i] += x[r * inner + i];
  }
}

// buffers indices int32, y float [count, depth]
void OneHot(const Call& call) {
  const int64_t count = call.size(0), depth = call.size(1);
  const float on = static_cast<float>(call.real(2)), off = static_cast<float>(call.real(3));
  const int32_t* indices = ints(call, 0, count);
  float* y = floats(call, 1, product(count, depth));
  for (int64_t i = 0; i < count * depth; i++) y[i] = off;
  for (int64_t i = 0; i < count; i++)
    if (indices[i] >= 0 && indices[i] < depth) y[i * depth + indices[i]] = on;
}

}  // namespace AE_ISA
}  // namespace ae
