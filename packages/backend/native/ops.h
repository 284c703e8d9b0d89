// Every operation by name; each is compiled once per instruction set and has the name that JavaScript asks for.
#pragma once
#include "op.h"

// clang-format off
#define AE_OPERATIONS(X) \
  X(MatMul) X(Conv2D) X(Conv2DBackpropInput) X(Conv2DBackpropFilter) \
  X(MaxPool) X(MaxPoolGrad) X(AvgPool) X(AvgPoolGrad) \
  X(Abs) X(Neg) X(Square) X(Sqrt) X(Rsqrt) X(Reciprocal) X(Relu) X(Relu6) X(Exp) X(Expm1) X(Log) X(Log1p) X(Sigmoid) \
  X(Softplus) X(Tanh) X(Elu) X(Selu) X(Sign) X(Floor) X(Ceil) X(Round) X(Cos) X(Sin) X(Tan) X(Acos) X(Asin) X(Atan) \
  X(Cosh) X(Sinh) X(Acosh) X(Asinh) X(Atanh) X(Erf) X(Step) X(LeakyRelu) X(ClipByValue) \
  X(Add) X(Sub) X(Multiply) X(RealDiv) X(Maximum) X(Minimum) X(SquaredDifference) X(Prelu) X(EluGrad) X(Pow) X(Mod) \
  X(Atan2) X(FloorDiv) X(SigmoidCrossEntropyWithLogits) X(StepMultiply) \
  X(EqualFloat) X(EqualInt) X(NotEqualFloat) X(NotEqualInt) X(LessFloat) X(LessInt) X(LessEqualFloat) X(LessEqualInt) \
  X(GreaterFloat) X(GreaterInt) X(GreaterEqualFloat) X(GreaterEqualInt) X(LogicalAnd) X(LogicalOr) X(LogicalNot) \
  X(Sum) X(Prod) X(Max) X(Min) X(ArgMax) \
  X(Copy) X(FillFloat) X(FillInt) X(FillBool) X(CastFloatToInt) X(CastIntToFloat) X(CastBoolToFloat) X(CastBoolToInt) \
  X(CastFloatToBool) X(CastIntToBool) X(BytesToUnit) X(Select) X(GatherV2) X(UnsortedSegmentSum) X(OneHot) \
  X(UpdateAdam) X(UpdateAdamax) X(UpdateSgd) X(UpdateRmsprop)
// clang-format on

#ifdef AE_ISA
namespace ae {
namespace AE_ISA {
#define AE_DECLARE(NAME) void NAME(const Call& call);
AE_OPERATIONS(AE_DECLARE)
#undef AE_DECLARE
extern const Operation operations[];
extern const int operationCount;
}  // namespace AE_ISA
}  // namespace ae
#endif
