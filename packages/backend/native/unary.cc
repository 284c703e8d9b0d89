// One input, one output, element by element.
#include <cmath>

#include "ops.h"
#include "vmath.h"

namespace ae {
namespace AE_ISA {
namespace {

// The last elements go through the same vector code in a padded copy: where an element lies changes nothing.
template <class F>
void map(const float* x, float* y, int64_t count, int64_t grain, F f) {
  parallelRange(count, grain, [=](int64_t begin, int64_t end) {
    int64_t i = begin;
    for (; i + W <= end; i += W) store(y + i, f(load(x + i)));
    if (i < end) storeFirst(y + i, f(loadFirst(x + i, end - i)), end - i);
  });
}

template <class F>
void mapCall(const Call& call, int64_t grain, F f) {
  const int64_t count = call.size(0);
  map(floats(call, 0, count), floats(call, 1, count), count, grain, f);
}

template <float (*F)(float)>
Vec lanes(Vec x) {
  for (int i = 0; i < W; i++) x[i] = F(x[i]);
  return x;
}

constexpr int64_t kCheap = 65536;   // elements that one thread copies in about 10 µs
constexpr int64_t kCostly = 8192;   // the same for exp and its relatives

float sign(float x) { return x > 0 ? 1.0f : x < 0 ? -1.0f : 0.0f; }
float cosine(float x) { return std::cos(x); }
float sine(float x) { return std::sin(x); }
float tangent(float x) { return static_cast<float>(std::tan(static_cast<double>(x))); }
float arcCosine(float x) { return std::acos(x); }
float arcSine(float x) { return std::asin(x); }
float arcTangent(float x) { return std::atan(x); }
float hyperbolicCosine(float x) { return std::cosh(x); }
float hyperbolicSine(float x) { return std::sinh(x); }
float areaCosine(float x) { return std::acosh(x); }
float areaSine(float x) { return std::asinh(x); }
float areaTangent(float x) { return std::atanh(x); }
float errorFunction(float x) { return std::erf(x); }
float roundDown(float x) { return std::floor(x); }
float roundUp(float x) { return std::ceil(x); }
float roundEven(float x) { return std::nearbyint(x); }

}  // namespace

// buffers x, y
#define AE_UNARY(NAME, GRAIN, EXPRESSION) \
  void NAME(const Call& call) {           \
    mapCall(call, GRAIN, [](Vec x) { return EXPRESSION; }); \
  }

AE_UNARY(Abs, kCheap, vabs(x))
AE_UNARY(Neg, kCheap, -x)
AE_UNARY(Square, kCheap, x* x)
AE_UNARY(Sqrt, kCheap, vsqrt(x))
AE_UNARY(Rsqrt, kCheap, 1.0f / vsqrt(x))
AE_UNARY(Reciprocal, kCheap, 1.0f / x)
AE_UNARY(Relu, kCheap, vrelu(x))
AE_UNARY(Relu6, kCheap, minimum(vrelu(x), broadcast(6.0f)))
AE_UNARY(Exp, kCostly, vexp(x))
AE_UNARY(Expm1, kCostly, vexpm1(x))
AE_UNARY(Log, kCostly, vlog(x))
AE_UNARY(Log1p, kCostly, vlog1p(x))
AE_UNARY(Sigmoid, kCostly, vsigmoid(x))
AE_UNARY(Softplus, kCostly, vsoftplus(x))
AE_UNARY(Tanh, kCostly, vtanh(x))
AE_UNARY(Elu, kCostly, velu(x))
AE_UNARY(Selu, kCostly, choose(x >= 0.0f, x * 1.0507009873554805f, vexpm1(x) * 1.7580993408473768f))
AE_UNARY(Sign, kCostly, lanes<sign>(x))
AE_UNARY(Floor, kCostly, lanes<roundDown>(x))
AE_UNARY(Ceil, kCostly, lanes<roundUp>(x))
AE_UNARY(Round, kCostly, lanes<roundEven>(x))
AE_UNARY(Cos, kCostly, lanes<cosine>(x))
AE_UNARY(Sin, kCostly, lanes<sine>(x))
AE_UNARY(Tan, kCostly, lanes<tangent>(x))
AE_UNARY(Acos, kCostly, lanes<arcCosine>(x))
AE_UNARY(Asin, kCostly, lanes<arcSine>(x))
AE_UNARY(Atan, kCostly, lanes<arcTangent>(x))
AE_UNARY(Cosh, kCostly, lanes<hyperbolicCosine>(x))
AE_UNARY(Sinh, kCostly, lanes<hyperbolicSine>(x))
AE_UNARY(Acosh, kCostly, lanes<areaCosine>(x))
AE_UNARY(Asinh, kCostly, lanes<areaSine>(x))
AE_UNARY(Atanh, kCostly, lanes<areaTangent>(x))
AE_UNARY(Erf, kCostly, lanes<errorFunction>(x))

// alpha is the value for x < 0; NaN stays
void Step(const Call& call) {
  const float alpha = static_cast<float>(call.real(1));
  mapCall(call, kCheap, [=](Vec x) { return choose(x != x, x, choose(x > 0.0f, broadcast(1.0f), broadcast(alpha))); });
}

void LeakyRelu(const Call& call) {
  const float alpha = static_cast<float>(call.real(1));
  mapCall(call, kCheap, [=](Vec x) { return choose(x < 0.0f, x * alpha, x); });
}

void ClipByValue(const Call& call) {
  const float low = static_cast<float>(call.real(1)), high = static_cast<float>(call.real(2));
  mapCall(call, kCheap, [=](Vec x) { return choose(x > high, broadcast(high), choose(x < low, broadcast(low), x)); });
}

}  // namespace AE_ISA
}  // namespace ae
