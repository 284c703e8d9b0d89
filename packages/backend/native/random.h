// Seeded noise with the bits of packages/models/src/random.ts.
#pragma once
#include "op.h"

namespace ae {

// Normal or uniform noise into one buffer; the same code whatever the instruction set.
// Philox4x32-10 (Salmon, Moraes, Dror & Shaw, SC 2011): element i takes word i mod 4 of block counter + i / 4.
extern const Operation philoxRandom;

}  // namespace ae
