#include "op.h"

#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>

namespace ae {

void fail(const char* format, ...) {
  OpError error;
  error.outOfMemory = false;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(error.message, sizeof error.message, format, arguments);
  va_end(arguments);
  throw error;
}

double Call::real(int index) const {
  if (index < 0 || index >= paramCount) fail("parameter %d is missing, found %d", index, paramCount);
  return params[index];
}

int64_t Call::whole(int index) const {
  const double value = real(index);
  if (!(std::fabs(value) <= 1099511627776.0) || value != std::floor(value))
    fail("parameter %d is %g, expected a whole number", index, value);
  return static_cast<int64_t>(value);
}

int64_t Call::size(int index) const {
  const int64_t value = whole(index);
  if (value < 0) fail("parameter %d is %lld, expected a size", index, static_cast<long long>(value));
  return value;
}

void* Call::array(int index, int64_t count, int elementBytes) const {
  if (index < 0 || index >= bufferCount) fail("buffer %d is missing, found %d", index, bufferCount);
  const int64_t bytes = product(count, elementBytes);
  if (static_cast<size_t>(bytes) > buffers[index].bytes)
    fail("buffer %d holds %zu bytes, expected at least %lld", index, buffers[index].bytes,
         static_cast<long long>(bytes));
  if (reinterpret_cast<uintptr_t>(buffers[index].data) % static_cast<unsigned>(elementBytes) != 0)
    fail("buffer %d is not aligned to its elements of %d bytes", index, elementBytes);
  // An empty array may have no memory, and not even nothing may be copied from a null pointer.
  static float nothing[1];
  return buffers[index].data ? buffers[index].data : nothing;
}

void checkParameters(const Operation& operation, const double* params, int count) {
  double expected = operation.fixed;
  if (operation.repeated > 0 && count >= operation.fixed) expected += operation.repeated * params[operation.fixed - 1];
  if (count != expected) fail("%s: %d parameters, expected %g", operation.name, count, expected);
}

int64_t product(int64_t a, int64_t b) {
  int64_t result;
  if (__builtin_mul_overflow(a, b, &result) || result < 0 || result > (int64_t{1} << 46))
    fail("a size of %lld x %lld elements does not fit memory", static_cast<long long>(a), static_cast<long long>(b));
  return result;
}

namespace {

struct Block {
  float* data = nullptr;
  int64_t floats = 0;
  ~Block() { std::free(data); }
};

thread_local Block block;

}  // namespace

float* scratch(int64_t floats) {
  if (floats <= block.floats) return block.data;
  const int64_t rounded = (product(floats + floats / 4, 4) + 4095) / 4096 * 4096;
  std::free(block.data);
  block.floats = 0;
  block.data = static_cast<float*>(std::aligned_alloc(4096, static_cast<size_t>(rounded)));
  if (!block.data) {
    OpError error;
    error.outOfMemory = true;
    snprintf(error.message, sizeof error.message, "%lld bytes of working memory cannot be had",
             static_cast<long long>(rounded));
    throw error;
  }
  block.floats = rounded / 4;
  return block.data;
}

}  // namespace ae
