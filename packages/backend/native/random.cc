// Compiled without contraction of multiplications and additions, so that every operation rounds as JavaScript's do.
#include "random.h"

#include <cmath>
#include <cstring>

#include "ops.h"
#include "threads.h"

namespace ae {
namespace {

void block(uint64_t seed, uint64_t index, uint32_t* out) {
  uint32_t key0 = static_cast<uint32_t>(seed), key1 = static_cast<uint32_t>(seed >> 32);
  uint32_t x0 = static_cast<uint32_t>(index), x1 = static_cast<uint32_t>(index >> 32), x2 = 0, x3 = 0;
  for (int round = 0; round < 10; round++) {
    const uint64_t product0 = uint64_t{0xd2511f53} * x0, product1 = uint64_t{0xcd9e8d57} * x2;
    x0 = static_cast<uint32_t>(product1 >> 32) ^ x1 ^ key0;
    x1 = static_cast<uint32_t>(product1);
    x2 = static_cast<uint32_t>(product0 >> 32) ^ x3 ^ key1;
    x3 = static_cast<uint32_t>(product0);
    key0 += 0x9e3779b9;
    key1 += 0xbb67ae85;
  }
  out[0] = x0;
  out[1] = x1;
  out[2] = x2;
  out[3] = x3;
}

// ln x as 2^e * m: 2 artanh((m - 1) / (m + 1)) as a series of eleven terms.
double exactLog(double x) {
  uint64_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  int exponent = static_cast<int>(bits >> 52) - 1023;
  bits = (bits & 0x000fffffffffffff) | 0x3ff0000000000000;
  double m;
  std::memcpy(&m, &bits, sizeof m);
  if (m * 0.70710678118654752 > 1) {
    m = m * 0.5;
    exponent += 1;
  }
  const double s = (m - 1) / (m + 1);
  const double s2 = s * s;
  double sum = 0;
  for (int k = 21; k >= 1; k -= 2) sum = sum * s2 + 1.0 / k;
  return exponent * 0.69314718055994531 + 2 * s * sum;
}

double polynomial(const double (&coefficients)[8], double x) {
  double sum = 0;
  for (const double coefficient : coefficients) sum = sum * x + coefficient;
  return sum;
}

const double kCentralNumerator[8] = {2509.0809287301226727, 33430.575583588128105, 67265.770927008700853,
                                     45921.953931549871457, 13731.693765509461125, 1971.5909503065514427,
                                     133.14166789178437745, 3.387132872796366608};
const double kCentralDenominator[8] = {5226.495278852545925,  28729.085735721942674, 39307.89580009271061,
                                       21213.794301586595867, 5394.1960214247511077, 687.1870074920579083,
                                       42.313330701600911252, 1};
const double kMiddleNumerator[8] = {7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177,
                                    1.27045825245236838258,   3.64784832476320460504,   5.7694972214606914055,
                                    4.6303378461565452959,    1.42343711074968357734};
const double kMiddleDenominator[8] = {1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966,
                                      0.14810397642748007459,    0.68976733498510000455,  1.6763848301838038494,
                                      2.05319162663775882187,    1};
const double kFarNumerator[8] = {2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386,
                                 0.026532189526576123093,   0.29656057182850489123,    1.7848265399172913358,
                                 5.4637849111641143699,     6.6579046435011037772};
const double kFarDenominator[8] = {2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
                                   7.868691311456132591e-4,    0.0148753612908506148525, 0.13692988092273580531,
                                   0.59983220655588793769,     1};

// Wichura, algorithm AS 241 (PPND16), Applied Statistics 37 (1988).
double normalQuantile(double p) {
  const double q = p - 0.5;
  if (std::fabs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return (q * polynomial(kCentralNumerator, r)) / polynomial(kCentralDenominator, r);
  }
  const double r = std::sqrt(-exactLog(q < 0 ? p : 1 - p));
  const double tail = r <= 5 ? polynomial(kMiddleNumerator, r - 1.6) / polynomial(kMiddleDenominator, r - 1.6)
                             : polynomial(kFarNumerator, r - 5) / polynomial(kFarDenominator, r - 5);
  return q < 0 ? -tail : tail;
}

struct Draw {
  bool normal;
  int64_t count;
  uint64_t seed, counter;
  float* y;
};

constexpr int64_t kBlocksPerTask = 512;

void drawSome(void* context, int64_t task, int) {
  const Draw& draw = *static_cast<const Draw*>(context);
  const int64_t end = (draw.count + 3) / 4 < (task + 1) * kBlocksPerTask ? (draw.count + 3) / 4 : (task + 1) * kBlocksPerTask;
  for (int64_t b = task * kBlocksPerTask; b < end; b++) {
    uint32_t words[4];
    block(draw.seed, draw.counter + static_cast<uint64_t>(b), words);
    for (int64_t i = b * 4; i < draw.count && i < b * 4 + 4; i++) {
      const uint32_t word = words[i & 3];
      draw.y[i] = draw.normal ? static_cast<float>(normalQuantile((word + 0.5) / 4294967296.0))
                              : static_cast<float>((word >> 8) / 16777216.0);
    }
  }
}

uint64_t wholeNumber(const Call& call, int index) {
  const double value = call.real(index);
  if (!(value >= 0 && value <= 9007199254740991.0) || value != std::floor(value))
    fail("parameter %d is %g, expected a whole number from 0 to 2^53 - 1", index, value);
  return static_cast<uint64_t>(value);
}

void PhiloxRandom(const Call& call) {
  Draw draw{call.size(0) != 0, call.size(1), wholeNumber(call, 2), wholeNumber(call, 3), nullptr};
  draw.y = static_cast<float*>(call.array(0, draw.count, 4));
  runTasks((draw.count + 4 * kBlocksPerTask - 1) / (4 * kBlocksPerTask), drawSome, &draw);
}

}  // namespace

const Operation philoxRandom = operationOf("PhiloxRandom", AE_PHILOX, PhiloxRandom);

}  // namespace ae
