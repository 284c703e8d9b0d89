#include "ops.h"

namespace ae {
namespace AE_ISA {

#define AE_ENTRY(NAME, PARAMETERS) operationOf(#NAME, PARAMETERS, NAME),
const Operation operations[] = {AE_OPERATIONS(AE_ENTRY)};
const int operationCount = static_cast<int>(sizeof operations / sizeof operations[0]);

}  // namespace AE_ISA
}  // namespace ae
