// Seeded noise with the bits of packages/models/src/random.ts.
#pragma once
#include "op.h"

namespace ae {

// params normal (1) or uniform (0), count, seed, counter; buffers y.
// Philox4x32-10 (Salmon, Moraes, Dror & Shaw, SC 2011): element i takes word i mod 4 of block counter + i / 4.
void PhiloxRandom(const Call& call);

// Where PhiloxRandom's counter stands among its parameters.
constexpr int kPhiloxCounter = 3;

}  // namespace ae
