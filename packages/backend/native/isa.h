// Which of the compiled instruction sets runs.
#pragma once
#include "op.h"

namespace ae {

struct InstructionSet {
  const char* name;
  const Operation* operations;
  int count;
};

// The best that this processor has; or, where `asked` names one, that one: null where it is not to be had.
const InstructionSet* instructionSet(const char* asked);

// "avx512, avx2, portable": the ones that this processor runs, for messages.
void instructionSetNames(char* out, size_t size);

}  // namespace ae
