// Vectors of floats as wide as the instruction set, in GCC's vector extensions: one source, compiled once per set.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "op.h"
#include "threads.h"

#ifndef AE_ISA
#define AE_ISA portable
#endif

namespace ae {
namespace AE_ISA {
namespace {

#if defined(__AVX512F__)
constexpr int W = 16;        // floats in a vector
constexpr int kRows = 14;    // the register block of a matrix product: 14 x 2 accumulators, 2 columns, 1 spare
#elif defined(__AVX2__)
constexpr int W = 8;
constexpr int kRows = 6;
#elif defined(__aarch64__)
constexpr int W = 4;
constexpr int kRows = 12;
#else
constexpr int W = 4;
constexpr int kRows = 6;
#endif
constexpr int kVectors = 2;

typedef float Vec __attribute__((vector_size(W * 4)));
typedef float UnalignedVec __attribute__((vector_size(W * 4), aligned(4)));
typedef int32_t VecI __attribute__((vector_size(W * 4)));
typedef uint32_t VecU __attribute__((vector_size(W * 4)));

inline __attribute__((always_inline)) Vec load(const float* p) { return *reinterpret_cast<const UnalignedVec*>(p); }
inline __attribute__((always_inline)) void store(float* p, Vec v) { *reinterpret_cast<UnalignedVec*>(p) = v; }
inline __attribute__((always_inline)) Vec broadcast(float x) { return x - Vec{}; }
inline __attribute__((always_inline)) Vec choose(VecI mask, Vec yes, Vec no) { return mask ? yes : no; }

inline Vec loadFirst(const float* p, int64_t count) {
  Vec v = {};
  std::memcpy(&v, p, static_cast<size_t>(count) * 4);
  return v;
}
inline void storeFirst(float* p, Vec v, int64_t count) { std::memcpy(p, &v, static_cast<size_t>(count) * 4); }

template <class F>
void parallel(int64_t tasks, F task) {
  runTasks(
      tasks,
      [](void* context, int64_t index, int lane) {
        const F own = *static_cast<const F*>(context);  // in registers, which no store can be thought to change
        own(index, lane);
      },
      &task);
}

inline int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }
inline int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }
inline int64_t most(int64_t a, int64_t b) { return a > b ? a : b; }

// Ranges of at least `grain` and a multiple of 64 elements: body(begin, end).
template <class F>
void parallelRange(int64_t count, int64_t grain, F body) {
  const int64_t threads = threadCount();
  const int64_t chunk = most(ceilDiv(ceilDiv(count, threads * 2), 64) * 64, ceilDiv(grain, 64) * 64);
  const int64_t tasks = ceilDiv(count, chunk);
  if (tasks <= 1) {
    if (count > 0) body(int64_t{0}, count);
    return;
  }
  parallel(tasks, [&](int64_t task, int) { body(task * chunk, least(count, (task + 1) * chunk)); });
}

inline float* floats(const Call& call, int index, int64_t count) {
  return static_cast<float*>(call.array(index, count, 4));
}
inline int32_t* ints(const Call& call, int index, int64_t count) {
  return static_cast<int32_t*>(call.array(index, count, 4));
}
inline uint8_t* bytes(const Call& call, int index, int64_t count) {
  return static_cast<uint8_t*>(call.array(index, count, 1));
}

}  // namespace
}  // namespace AE_ISA
}  // namespace ae
