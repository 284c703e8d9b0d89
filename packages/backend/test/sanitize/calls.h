// Random calls of every operation, valid ones and spoilt ones.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "../../native/op.h"

namespace test {

// xorshift64*, so that a seed gives the same calls everywhere.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15 + 1) {}
  uint64_t bits();
  int64_t upTo(int64_t most, int64_t least = 0) {
    return least + static_cast<int64_t>(bits() % static_cast<uint64_t>(most - least + 1));
  }
  bool chance(int oneIn) { return upTo(oneIn - 1) == 0; }
  // A side on, before or after the length of a vector or block.
  int64_t side(int64_t most);

 private:
  uint64_t state_;
};

// One buffer: `count` elements; indices below `limit`, else floats or, for bytes, truth values.
struct Part {
  enum Kind { kFloats, kIndices, kBytes } kind;
  int64_t count;
  int64_t limit = 0;
};

struct Plan {
  std::vector<double> params;
  std::vector<Part> parts;
};

// A valid call; false where no operation of this name is known.
bool planOf(const std::string& operation, Random& random, Plan* plan);

// Puts something in a parameter's place, cuts the list of parameters, shortens a buffer or leaves one out.
void spoil(Plan& plan, Random& random);

// The memory of a plan: every buffer is an allocation of exactly its size, so that a step outside is seen; none has
// any, as JavaScript's empty arrays do.
class Memory {
 public:
  Memory(const Plan& plan, Random& random);
  Memory(const Memory& other);
  bool operator==(const Memory& other) const;
  const std::vector<ae::Buffer>& buffers() const { return buffers_; }

 private:
  std::vector<std::unique_ptr<char[]>> owned_;
  std::vector<ae::Buffer> buffers_;
};

}  // namespace test
