// Whole optimiser updates, in place, each in one pass over memory. The formulas and the layout of `hyper` stand in
// packages/trainer/src/optimizers/.
#include "ops.h"
#include "vmath.h"

namespace ae {
namespace AE_ISA {
namespace {

constexpr int64_t kGrain = 16384;

template <int SLOTS, class F>
void update(const Call& call, F f) {
  const int64_t count = call.size(0);
  const float* gradient = floats(call, 0, count);
  float* variable = floats(call, 2, count);
  float* first = floats(call, 3, count);
  float* second = SLOTS == 2 ? floats(call, 4, count) : first;
  parallelRange(count, kGrain, [=](int64_t begin, int64_t end) {
    int64_t i = begin;
    for (; i + W <= end; i += W) {
      Vec v = load(variable + i), a = load(first + i), b = SLOTS == 2 ? load(second + i) : Vec{};
      f(v, load(gradient + i), a, b);
      store(variable + i, v);
      store(first + i, a);
      if (SLOTS == 2) store(second + i, b);
    }
    if (i == end) return;
    const int64_t rest = end - i;
    Vec v = loadFirst(variable + i, rest), a = loadFirst(first + i, rest);
    Vec b = SLOTS == 2 ? loadFirst(second + i, rest) : Vec{};
    f(v, loadFirst(gradient + i, rest), a, b);
    storeFirst(variable + i, v, rest);
    storeFirst(first + i, a, rest);
    if (SLOTS == 2) storeFirst(second + i, b, rest);
  });
}

}  // namespace

// buffers gradient, hyper, variable, moment1, moment2
void UpdateAdam(const Call& call) {
  const float* h = floats(call, 1, 7);
  const float h0 = h[0], h1 = h[1], h2 = h[2], h3 = h[3], h4 = h[4], h5 = h[5], h6 = h[6];
  update<2>(call, [=](Vec& v, Vec g, Vec& m, Vec& s) {
    m = h1 * m + h2 * g;
    s = h3 * s + h4 * (g * g);
    v = v - h0 * m / (vsqrt(s) * h5 + h6);
  });
}

// buffers gradient, hyper, variable, moment1, norm
void UpdateAdamax(const Call& call) {
  const float* h = floats(call, 1, 5);
  const float h0 = h[0], h1 = h[1], h2 = h[2], h3 = h[3], h4 = h[4];
  update<2>(call, [=](Vec& v, Vec g, Vec& m, Vec& norm) {
    m = h1 * m + h2 * g;
    norm = maximum(h3 * norm, vabs(g) + h4);
    v = v - h0 * m / norm;
  });
}

// buffers gradient, hyper, variable, velocity
void UpdateSgd(const Call& call) {
  const float* h = floats(call, 1, 2);
  const float h0 = h[0], h1 = h[1];
  update<1>(call, [=](Vec& v, Vec g, Vec& velocity, Vec&) {
    velocity = h1 * velocity + g;
    v = v - h0 * velocity;
  });
}

// buffers gradient, hyper, variable, meanSquare, velocity
void UpdateRmsprop(const Call& call) {
  const float* h = floats(call, 1, 5);
  const float h0 = h[0], h1 = h[1], h2 = h[2], h3 = h[3], h4 = h[4];
  update<2>(call, [=](Vec& v, Vec g, Vec& s, Vec& velocity) {
    s = h1 * s + h2 * (g * g);
    velocity = h4 * velocity + g / (vsqrt(s) + h3);
    v = v - h0 * velocity;
  });
}

}  // namespace AE_ISA
}  // namespace ae
