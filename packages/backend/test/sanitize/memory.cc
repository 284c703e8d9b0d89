#include <cmath>
#include <cstring>
#include <limits>

#include "calls.h"

namespace test {

void spoil(Plan& plan, Random& r) {
  static const double odd[] = {-1,
                               0,
                               1,
                               2,
                               3,
                               17,
                               64,
                               0.5,
                               -0.0,
                               1e6,
                               2147483647,
                               2147483648.0,
                               4294967296.0,
                               1099511627776.0,
                               -1099511627776.0,
                               1099511627777.0,
                               1e300,
                               std::numeric_limits<double>::infinity(),
                               std::numeric_limits<double>::quiet_NaN()};
  const auto some = [&](auto& list) -> auto& {
    return list[static_cast<size_t>(r.upTo(static_cast<int64_t>(list.size()) - 1))];
  };
  switch (r.upTo(5)) {
    case 0:
      plan.params.resize(static_cast<size_t>(r.upTo(static_cast<int64_t>(plan.params.size()))));
      break;
    case 1:
      some(plan.parts).count = 0;
      break;
    case 2: {
      Part& part = some(plan.parts);
      part.count = part.count > 0 ? part.count - 1 : 0;
      break;
    }
    case 3:
      plan.parts.pop_back();
      break;
    case 4:
      some(plan.params) += r.chance(2) ? 1 : -1;
      break;
    default:
      some(plan.params) = odd[r.upTo(sizeof odd / sizeof odd[0] - 1)];
  }
}

Memory::Memory(const Plan& plan, Random& r) {
  static const float special[] = {NAN, INFINITY, -INFINITY, 0.0f, -0.0f, 1e-40f, 3e38f};
  const bool allFinite = !r.chance(4);
  for (const Part& part : plan.parts) {
    const size_t bytes = static_cast<size_t>(part.count) * (part.kind == Part::kBytes ? 1 : 4);
    owned_.emplace_back(bytes ? new char[bytes] : nullptr);
    buffers_.push_back({owned_.back().get(), bytes});
    for (int64_t i = 0; i < part.count; i++) {
      if (part.kind == Part::kBytes) {
        owned_.back()[static_cast<size_t>(i)] = static_cast<char>(r.upTo(1));
        continue;
      }
      const float number = !allFinite && r.chance(9) ? special[r.upTo(6)] : static_cast<float>(r.upTo(256)) / 64 - 2;
      const int32_t index = part.limit ? static_cast<int32_t>(r.upTo(part.limit - 1)) : 0;
      std::memcpy(owned_.back().get() + 4 * i,
                  part.kind == Part::kIndices ? static_cast<const void*>(&index) : &number, 4);
    }
  }
}

Memory::Memory(const Memory& other) {
  for (const ae::Buffer& buffer : other.buffers_) {
    owned_.emplace_back(buffer.bytes ? new char[buffer.bytes] : nullptr);
    if (buffer.bytes) std::memcpy(owned_.back().get(), buffer.data, buffer.bytes);
    buffers_.push_back({owned_.back().get(), buffer.bytes});
  }
}

bool Memory::operator==(const Memory& other) const {
  for (size_t i = 0; i < buffers_.size(); i++)
    if (buffers_[i].bytes && std::memcmp(buffers_[i].data, other.buffers_[i].data, buffers_[i].bytes) != 0)
      return false;
  return true;
}

}  // namespace test
