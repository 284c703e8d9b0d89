// The table of what JavaScript may ask for, its counterpart of src/native/operations.ts: a test compares the two entry by
// entry, and a library of another table is not loaded. Every operation is compiled once per instruction set.
#pragma once
#include "op.h"

// clang-format off
#define AE_CONVOLUTION \
  "batch height width inChannels outHeight outWidth outChannels filterHeight filterWidth strideHeight strideWidth " \
  "dilationHeight dilationWidth padTop padLeft"
#define AE_POOLING \
  "batch height width channels outHeight outWidth filterHeight filterWidth strideHeight strideWidth " \
  "dilationHeight dilationWidth padTop padLeft"
#define AE_EPILOGUE " activation alpha hasBias"
#define AE_COUNT "count"
#define AE_BROADCAST "rank sides* stepsA* stepsB*"
#define AE_REDUCTION "outer count inner divisor"

// Names, and those of the parameters.
#define AE_OPERATIONS(X) \
  X(MatMul, "batchA batchB m n k transposeA transposeB" AE_EPILOGUE) \
  X(Conv2D, AE_CONVOLUTION AE_EPILOGUE) X(Conv2DBackpropInput, AE_CONVOLUTION AE_EPILOGUE) \
  X(Conv2DBackpropFilter, AE_CONVOLUTION) \
  X(MaxPool, AE_POOLING) X(MaxPoolGrad, AE_POOLING) X(AvgPool, AE_POOLING) X(AvgPoolGrad, AE_POOLING) \
  X(Abs, AE_COUNT) X(Neg, AE_COUNT) X(Square, AE_COUNT) X(Sqrt, AE_COUNT) X(Rsqrt, AE_COUNT) X(Reciprocal, AE_COUNT) \
  X(Relu, AE_COUNT) X(Relu6, AE_COUNT) X(Exp, AE_COUNT) X(Expm1, AE_COUNT) X(Log, AE_COUNT) X(Log1p, AE_COUNT) \
  X(Sigmoid, AE_COUNT) X(Softplus, AE_COUNT) X(Tanh, AE_COUNT) X(Elu, AE_COUNT) X(Selu, AE_COUNT) X(Sign, AE_COUNT) \
  X(Floor, AE_COUNT) X(Ceil, AE_COUNT) X(Round, AE_COUNT) X(Cos, AE_COUNT) X(Sin, AE_COUNT) X(Tan, AE_COUNT) \
  X(Acos, AE_COUNT) X(Asin, AE_COUNT) X(Atan, AE_COUNT) X(Cosh, AE_COUNT) X(Sinh, AE_COUNT) X(Acosh, AE_COUNT) \
  X(Asinh, AE_COUNT) X(Atanh, AE_COUNT) X(Erf, AE_COUNT) \
  X(Step, "count alpha") X(LeakyRelu, "count alpha") X(ClipByValue, "count low high") \
  X(Add, AE_BROADCAST) X(Sub, AE_BROADCAST) X(Multiply, AE_BROADCAST) X(RealDiv, AE_BROADCAST) \
  X(Maximum, AE_BROADCAST) X(Minimum, AE_BROADCAST) X(SquaredDifference, AE_BROADCAST) X(Pow, AE_BROADCAST) \
  X(Mod, AE_BROADCAST) X(Atan2, AE_BROADCAST) X(Prelu, AE_BROADCAST) X(EluGrad, AE_BROADCAST) \
  X(SigmoidCrossEntropyWithLogits, AE_BROADCAST) X(StepMultiply, "count alpha") \
  X(EqualFloat, AE_BROADCAST) X(NotEqualFloat, AE_BROADCAST) X(LessFloat, AE_BROADCAST) \
  X(LessEqualFloat, AE_BROADCAST) X(GreaterFloat, AE_BROADCAST) X(GreaterEqualFloat, AE_BROADCAST) \
  X(EqualInt, AE_BROADCAST) X(NotEqualInt, AE_BROADCAST) X(LessInt, AE_BROADCAST) X(LessEqualInt, AE_BROADCAST) \
  X(GreaterInt, AE_BROADCAST) X(GreaterEqualInt, AE_BROADCAST) \
  X(LogicalAnd, AE_BROADCAST) X(LogicalOr, AE_BROADCAST) X(LogicalNot, AE_COUNT) \
  X(Sum, AE_REDUCTION) X(Prod, AE_REDUCTION) X(Max, AE_REDUCTION) X(Min, AE_REDUCTION) \
  X(ArgMax, "outer count inner sign") \
  X(Copy, "elementBytes fromOffset toOffset rank sides* fromSteps* toSteps*") \
  X(FillFloat, "count value") X(FillInt, "count value") X(FillBool, "count value") \
  X(CastFloatToInt, AE_COUNT) X(CastIntToFloat, AE_COUNT) X(CastBoolToFloat, AE_COUNT) X(CastBoolToInt, AE_COUNT) \
  X(CastFloatToBool, AE_COUNT) X(CastIntToBool, AE_COUNT) X(BytesToUnit, AE_COUNT) X(Select, AE_COUNT) \
  X(GatherV2, "outer axis inner picks") X(UnsortedSegmentSum, "rows inner segments") X(OneHot, "count depth on off") \
  X(UpdateAdam, AE_COUNT) X(UpdateAdamax, AE_COUNT) X(UpdateSgd, AE_COUNT) X(UpdateRmsprop, AE_COUNT)
#define AE_PHILOX "normal count seed counter"

// What a product does to its sums, by number.
#define AE_ACTIVATIONS(X) \
  X(kLinear, linear) X(kRelu, relu) X(kRelu6, relu6) X(kElu, elu) X(kSigmoid, sigmoid) X(kLeakyRelu, leakyrelu)
// clang-format on

namespace ae {

constexpr int kMostBroadcastRank = 6;
constexpr int kMostCopyRank = 8;

#define AE_ENTRY(ID, NAME) ID,
enum Activation { AE_ACTIVATIONS(AE_ENTRY) kActivationCount };
#undef AE_ENTRY

#ifdef AE_ISA
namespace AE_ISA {
#define AE_DECLARE(NAME, PARAMETERS) void NAME(const Call& call);
AE_OPERATIONS(AE_DECLARE)
#undef AE_DECLARE
extern const Operation operations[];
extern const int operationCount;
}  // namespace AE_ISA
#endif

}  // namespace ae
