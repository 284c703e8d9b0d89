// How many additions and multiplications this processor does in a second at the most: independent fused
// multiply-adds on registers, on as many threads as are asked for. Prints their number in billions.
// Usage: peak <threads>; compiled with -O3 -march=native
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#if defined(__AVX512F__)
constexpr int kFloats = 16, kChains = 24;
#elif defined(__AVX__)
constexpr int kFloats = 8, kChains = 12;
#else
constexpr int kFloats = 4, kChains = 12;
#endif
typedef float Vec __attribute__((vector_size(kFloats * 4)));

constexpr long kSteps = 1 << 20;

__attribute__((noinline)) float spin(float start, float factor) {
  Vec sums[kChains];
  for (int c = 0; c < kChains; c++) sums[c] = start + Vec{} + static_cast<float>(c);
  const Vec f = factor + Vec{};
  for (long i = 0; i < kSteps; i++)
#pragma GCC unroll 24
    for (int c = 0; c < kChains; c++) sums[c] = sums[c] * f + f;
  Vec total = {};
  for (int c = 0; c < kChains; c++) total += sums[c];
  return total[0];
}

int main(int argc, char** argv) {
  const int threads = argc > 1 ? std::atoi(argv[1]) : 1;
  std::atomic<int> sink{0};
  double best = 0;
  for (int repetition = 0; repetition < 8; repetition++) {
    const auto start = std::chrono::steady_clock::now();
    std::vector<std::thread> all;
    for (int t = 0; t < threads; t++) all.emplace_back([&] { sink += spin(0.5f, 0.999f) > 0; });
    for (std::thread& one : all) one.join();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    const double rate = 2.0 * kSteps * kChains * kFloats * threads / seconds.count();
    if (rate > best) best = rate;
  }
  std::printf("%.1f\n", best / 1e9);
  return sink < 0;
}
