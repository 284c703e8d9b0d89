// The most multiply-adds that one core does in a second, by independent chains in registers; prints GFLOP/s.
#include <chrono>
#include <cstdio>

#if defined(__AVX512F__)
constexpr int kLanes = 16;
#elif defined(__AVX2__)
constexpr int kLanes = 8;
#else
constexpr int kLanes = 4;
#endif
typedef float Vector __attribute__((vector_size(kLanes * sizeof(float))));
constexpr int kChains = 16;
constexpr long kRounds = 20'000'000;

int main() {
  double best = 0;
  for (int repeat = 0; repeat < 5; repeat++) {
    Vector sums[kChains] = {};
    Vector factor = sums[0] + 0.999f;
    Vector addend = sums[0] + 0.001f;
    const auto start = std::chrono::steady_clock::now();
    for (long round = 0; round < kRounds; round++) {
      asm volatile("" : "+v"(factor), "+v"(addend));
#pragma GCC unroll 16
      for (int chain = 0; chain < kChains; chain++) sums[chain] = sums[chain] * factor + addend;
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    float total = 0;
    for (const Vector& sum : sums) total += sum[0];
    const double gflops = 2.0 * kLanes * kChains * kRounds / seconds.count() / 1e9;
    if (total != 0 && gflops > best) best = gflops;
  }
  std::printf("%.1f\n", best);
}
