#include "isa.h"

#include <cstdio>
#include <cstring>

namespace ae {

#define AE_SET(NAMESPACE)                   \
  namespace NAMESPACE {                     \
  extern const Operation operations[];      \
  extern const int operationCount;          \
  }
#ifdef AE_X86
AE_SET(avx512)
AE_SET(avx2)
#endif
AE_SET(portable)

namespace {

#ifdef __aarch64__
constexpr const char* kPortable = "neon";
#else
constexpr const char* kPortable = "portable";
#endif

int available(InstructionSet* sets) {
  int count = 0;
#ifdef AE_X86
  __builtin_cpu_init();
  const bool hasAvx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (hasAvx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw"))
    sets[count++] = {"avx512", avx512::operations, avx512::operationCount};
  if (hasAvx2) sets[count++] = {"avx2", avx2::operations, avx2::operationCount};
#endif
  sets[count++] = {kPortable, portable::operations, portable::operationCount};
  return count;
}

}  // namespace

const InstructionSet* instructionSet(const char* asked) {
  static InstructionSet sets[3];
  static const int count = available(sets);
  if (!asked || !*asked) return &sets[0];
  for (int i = 0; i < count; i++)
    if (std::strcmp(sets[i].name, asked) == 0) return &sets[i];
  return nullptr;
}

void instructionSetNames(char* out, size_t size) {
  InstructionSet sets[3];
  const int count = available(sets);
  size_t used = 0;
  out[0] = 0;
  for (int i = 0; i < count && used < size; i++)
    used += static_cast<size_t>(snprintf(out + used, size - used, "%s%s", i ? ", " : "", sets[i].name));
}

}  // namespace ae
