#include <functional>
#include <map>
#include <utility>

#include "calls.h"

namespace test {

uint64_t Random::bits() {
  state_ ^= state_ >> 12;
  state_ ^= state_ << 25;
  state_ ^= state_ >> 27;
  return (state_ * 0x2545f4914f6cdd1d) >> 16;
}

int64_t Random::side(int64_t most) {
  static const int64_t edges[] = {0,  1,  2,  3,  4,  5,  7,  8,  9,  12,  13,  14,
                                  15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129};
  const int64_t chosen = chance(3) ? upTo(most) : edges[upTo(sizeof edges / sizeof edges[0] - 1)];
  return chosen < most ? chosen : most;
}

namespace {

constexpr Part::Kind F = Part::kFloats, I = Part::kIndices, B = Part::kBytes;

// Mostly small, at times enough for several threads.
int64_t length(Random& r) { return r.chance(12) ? r.upTo(150000, 65000) : r.side(400); }

Plan elementWise(Random& r, std::vector<double> numbers, std::vector<Part::Kind> kinds) {
  Plan plan;
  const int64_t count = length(r);
  plan.params.push_back(static_cast<double>(count));
  for (const double number : numbers) plan.params.push_back(number);
  for (const Part::Kind kind : kinds) plan.parts.push_back({kind, count});
  return plan;
}

Plan broadcast(Random& r, Part::Kind in, Part::Kind out) {
  const int rank = static_cast<int>(r.upTo(5, 1));
  std::vector<double> dims, a, b;
  int64_t count = 1, stepA = 1, stepB = 1, sizeA = 1, sizeB = 1;
  for (int d = 0; d < rank; d++) {
    const int64_t side = d == 0 ? r.side(r.chance(10) ? 40000 : 65) : r.side(6);
    const bool movesA = r.chance(2), movesB = r.chance(2);
    dims.insert(dims.begin(), static_cast<double>(side));
    a.insert(a.begin(), static_cast<double>(movesA ? stepA : 0));
    b.insert(b.begin(), static_cast<double>(movesB ? stepB : 0));
    if (side > 0 && movesA) sizeA += (side - 1) * stepA;
    if (side > 0 && movesB) sizeB += (side - 1) * stepB;
    if (movesA) stepA *= side;
    if (movesB) stepB *= side;
    count *= side;
  }
  Plan plan;
  plan.params.push_back(rank);
  for (const auto* list : {&dims, &a, &b}) plan.params.insert(plan.params.end(), list->begin(), list->end());
  plan.parts = {{in, count ? sizeA : 0}, {in, count ? sizeB : 0}, {out, count}};
  return plan;
}

Plan matMul(Random& r) {
  const bool large = r.chance(8);
  const int64_t m = large ? r.upTo(90, 30) : r.side(40), n = large ? r.upTo(150, 60) : r.side(70),
                k = large ? r.upTo(500, 200) : r.side(70);
  const int64_t batch = r.upTo(3), batchA = batch && r.chance(3) ? 1 : batch,
                batchB = batchA == batch && batch && r.chance(3) ? 1 : batch;
  const bool biased = r.chance(2);
  Plan plan;
  plan.params = {double(batchA),      double(batchB),      double(m),         double(n), double(k),
                 double(r.chance(2)), double(r.chance(2)), double(r.upTo(5)), 0.2,       double(biased)};
  plan.parts = {{F, batchA * m * k}, {F, batchB * k * n}};
  if (biased) plan.parts.push_back({F, n});
  plan.parts.push_back({F, (batchA > batchB ? batchA : batchB) * m * n});
  return plan;
}

struct Windows {
  int64_t batch, height, width, inputs, outHeight, outWidth, outputs, high, wide, strideHigh, strideWide, spreadHigh,
      spreadWide, top, left;
};

Windows windows(Random& r, int64_t mostSpread) {
  Windows w;
  const bool large = r.chance(8);
  w.batch = large ? r.upTo(12, 3) : r.upTo(2);
  w.height = large ? 14 : r.upTo(13, 1);
  w.width = large ? 14 : r.upTo(13, 1);
  static const int64_t channels[] = {1, 1, 2, 3, 4, 5, 8, 12, 15, 16, 17, 32, 33, 40};
  w.inputs = r.chance(20) ? 0 : channels[r.upTo(13)];
  w.outputs = r.chance(20) ? 0 : channels[r.upTo(13)];
  w.high = r.upTo(4, 1);
  w.wide = r.upTo(4, 1);
  w.strideHigh = r.chance(3) ? w.high : r.upTo(4, 1);
  w.strideWide = r.chance(3) ? w.wide : r.upTo(4, 1);
  w.spreadHigh = r.upTo(mostSpread, 1);
  w.spreadWide = r.upTo(mostSpread, 1);
  w.top = r.chance(2) ? 0 : r.upTo(4, -2);
  w.left = r.chance(2) ? 0 : r.upTo(4, -2);
  // As many windows as fit, or more, or fewer: an operation must stay inside whatever it is told.
  const auto windowsIn = [&](int64_t side, int64_t pad, int64_t filter, int64_t stride, int64_t spread) {
    const int64_t room = side + 2 * pad - ((filter - 1) * spread + 1);
    const int64_t fit = room < 0 ? 0 : room / stride + 1;
    return r.chance(4) ? r.upTo(fit + 3) : fit;
  };
  w.outHeight = windowsIn(w.height, w.top, w.high, w.strideHigh, w.spreadHigh);
  w.outWidth = windowsIn(w.width, w.left, w.wide, w.strideWide, w.spreadWide);
  // Cut exactly, as transposed convolutions of their own stride are.
  if (r.chance(3)) {
    w.top = w.left = 0;
    w.spreadHigh = w.spreadWide = 1;
    w.strideHigh = w.high;
    w.strideWide = w.wide;
    w.height = w.outHeight * w.high;
    w.width = w.outWidth * w.wide;
  }
  return w;
}

Plan conv(Random& r, char direction) {
  const Windows w = windows(r, direction == 'y' ? 3 : 1);
  const int64_t x = w.batch * w.height * w.width * w.inputs, filter = w.high * w.wide * w.inputs * w.outputs,
                y = w.batch * w.outHeight * w.outWidth * w.outputs;
  const bool biased = direction != 'f' && r.chance(2);
  Plan plan;
  for (const int64_t number : {w.batch, w.height, w.width, w.inputs, w.outHeight, w.outWidth, w.outputs, w.high,
                               w.wide, w.strideHigh, w.strideWide, w.spreadHigh, w.spreadWide, w.top, w.left})
    plan.params.push_back(static_cast<double>(number));
  if (direction != 'f') plan.params.insert(plan.params.end(), {double(r.upTo(5)), 0.2, double(biased)});
  if (direction == 'y')
    plan.parts = {{F, x}, {F, filter}, {F, y}};
  else if (direction == 'x')
    plan.parts = {{F, y}, {F, filter}, {F, x}};
  else
    plan.parts = {{F, x}, {F, y}, {F, filter}};
  if (biased) plan.parts.insert(plan.parts.end() - 1, {F, direction == 'y' ? w.outputs : w.inputs});
  return plan;
}

Plan pool(Random& r, const char* buffers) {
  Windows w = windows(r, 2);
  const int64_t x = w.batch * w.height * w.width * w.inputs, y = w.batch * w.outHeight * w.outWidth * w.inputs;
  Plan plan;
  for (const int64_t number : {w.batch, w.height, w.width, w.inputs, w.outHeight, w.outWidth, w.high, w.wide,
                               w.strideHigh, w.strideWide, w.spreadHigh, w.spreadWide, w.top, w.left})
    plan.params.push_back(static_cast<double>(number));
  for (; *buffers; buffers++) plan.parts.push_back({F, *buffers == 'x' ? x : y});
  return plan;
}

Plan reduce(Random& r, bool places) {
  const bool large = r.chance(8);
  const int64_t outer = r.chance(2) ? 1 : r.side(33), count = large ? r.upTo(40000, 5000) : r.side(70),
                inner = r.chance(2) ? 1 : r.side(large ? 5 : 40);
  Plan plan;
  plan.params = {double(outer), double(count), double(inner),
                 places ? (r.chance(2) ? 1.0 : -1.0) : double(count + 1)};
  plan.parts = {{F, outer * count * inner}, {F, outer * inner}};
  return plan;
}

// From a view with its sides in any order, reversed or repeated, to a whole tensor.
Plan copy(Random& r) {
  const int rank = static_cast<int>(r.upTo(5));
  const bool bytes = r.chance(3);
  std::vector<int64_t> dims(rank), from(rank), to(rank), order(rank);
  int64_t count = 1, reach = 1, offset = 0;
  for (int d = rank - 1; d >= 0; d--) {
    dims[d] = r.side(d == rank - 1 ? 70 : 9);
    to[d] = count;
    count *= dims[d];
  }
  for (int d = 0; d < rank; d++) order[d] = d;
  for (int d = rank - 1; d > 0; d--) std::swap(order[d], order[r.upTo(d)]);
  for (const int64_t d : order) {
    from[d] = r.chance(6) ? 0 : reach;
    if (from[d] && dims[d]) reach += (dims[d] - 1) * from[d];
    if (from[d] && r.chance(5)) {
      offset += dims[d] ? (dims[d] - 1) * from[d] : 0;
      from[d] = -from[d];
    }
  }
  const int64_t before = r.upTo(3);
  Plan plan;
  plan.params = {bytes ? 1.0 : 4.0, double(offset + before), 0.0, double(rank)};
  for (const auto* list : {&dims, &from, &to})
    for (const int64_t number : *list) plan.params.push_back(static_cast<double>(number));
  plan.parts = {{bytes ? B : F, before + reach}, {bytes ? B : F, count}};
  return plan;
}

Plan gather(Random& r) {
  const int64_t outer = r.side(5), axis = r.side(33), inner = r.side(17), picks = axis ? r.side(33) : 0;
  return {{double(outer), double(axis), double(inner), double(picks)},
          {{F, outer * axis * inner}, {I, picks, axis}, {F, outer * picks * inner}}};
}

Plan segmentSum(Random& r) {
  const int64_t rows = r.side(33), inner = r.side(33), segments = r.side(9);
  return {{double(rows), double(inner), double(segments)},
          {{F, rows * inner}, {I, rows, segments + 2}, {F, segments * inner}}};
}

Plan oneHot(Random& r) {
  const int64_t count = r.side(65), depth = r.side(17);
  return {{double(count), double(depth), 1.5, -1}, {{I, count, depth + 2}, {F, count * depth}}};
}

Plan select(Random& r) {
  const int64_t count = length(r);
  return {{double(count)}, {{B, count}, {F, count}, {F, count}, {F, count}}};
}

Plan random(Random& r) {
  const int64_t count = r.chance(8) ? 9001 : r.side(300);
  const double counters[] = {0, 4294967295.0, 9007199254740991.0};
  return {{double(r.chance(2)), double(count), double(r.bits() % 9007199254740992), counters[r.upTo(2)]},
          {{F, count}}};
}

Plan update(Random& r, int64_t scalars, int slots) {
  Plan plan = elementWise(r, {}, std::vector<Part::Kind>(static_cast<size_t>(slots) + 2, F));
  plan.parts.insert(plan.parts.begin() + 1, {F, scalars});
  return plan;
}

using Planner = std::function<Plan(Random&)>;

std::map<std::string, Planner> planners() {
  std::map<std::string, Planner> all;
  for (const char* name :
       {"Abs",   "Neg",     "Square",   "Sqrt", "Rsqrt", "Reciprocal", "Relu", "Relu6", "Exp",   "Expm1", "Log",
        "Log1p", "Sigmoid", "Softplus", "Tanh", "Elu",   "Selu",       "Sign", "Floor", "Ceil",  "Round", "Cos",
        "Sin",   "Tan",     "Acos",     "Asin", "Atan",  "Cosh",       "Sinh", "Acosh", "Asinh", "Atanh", "Erf"})
    all[name] = [](Random& r) { return elementWise(r, {}, {F, F}); };
  for (const char* name : {"Step", "LeakyRelu"}) all[name] = [](Random& r) { return elementWise(r, {0.3}, {F, F}); };
  all["ClipByValue"] = [](Random& r) { return elementWise(r, {-1, 1}, {F, F}); };
  all["StepMultiply"] = [](Random& r) { return elementWise(r, {0.3}, {F, F, F}); };
  for (const char* name : {"Add", "Sub", "Multiply", "RealDiv", "Maximum", "Minimum", "SquaredDifference", "Prelu",
                           "EluGrad", "Pow", "Mod", "Atan2", "SigmoidCrossEntropyWithLogits"})
    all[name] = [](Random& r) { return broadcast(r, F, F); };
  for (const std::string name : {"Equal", "NotEqual", "Less", "LessEqual", "Greater", "GreaterEqual"})
    for (const char* type : {"Float", "Int"}) all[name + type] = [](Random& r) { return broadcast(r, F, B); };
  for (const char* name : {"LogicalAnd", "LogicalOr"}) all[name] = [](Random& r) { return broadcast(r, B, B); };
  for (const char* name : {"Sum", "Prod", "Max", "Min"}) all[name] = [](Random& r) { return reduce(r, false); };
  all["ArgMax"] = [](Random& r) { return reduce(r, true); };
  all["MatMul"] = matMul;
  all["Conv2D"] = [](Random& r) { return conv(r, 'y'); };
  all["Conv2DBackpropInput"] = [](Random& r) { return conv(r, 'x'); };
  all["Conv2DBackpropFilter"] = [](Random& r) { return conv(r, 'f'); };
  all["MaxPool"] = all["AvgPool"] = [](Random& r) { return pool(r, "xy"); };
  all["MaxPoolGrad"] = [](Random& r) { return pool(r, "yxx"); };
  all["AvgPoolGrad"] = [](Random& r) { return pool(r, "yx"); };
  all["Copy"] = copy;
  for (const char* name : {"FillFloat", "FillInt"}) all[name] = [](Random& r) { return elementWise(r, {3}, {F}); };
  all["FillBool"] = [](Random& r) { return elementWise(r, {1}, {B}); };
  for (const char* name : {"CastFloatToInt", "CastIntToFloat"})
    all[name] = [](Random& r) { return elementWise(r, {}, {F, F}); };
  for (const char* name : {"CastBoolToFloat", "CastBoolToInt", "BytesToUnit"})
    all[name] = [](Random& r) { return elementWise(r, {}, {B, F}); };
  for (const char* name : {"CastFloatToBool", "CastIntToBool"})
    all[name] = [](Random& r) { return elementWise(r, {}, {F, B}); };
  all["LogicalNot"] = [](Random& r) { return elementWise(r, {}, {B, B}); };
  all["Select"] = select;
  all["GatherV2"] = gather;
  all["UnsortedSegmentSum"] = segmentSum;
  all["OneHot"] = oneHot;
  all["PhiloxRandom"] = random;
  all["UpdateAdam"] = [](Random& r) { return update(r, 7, 2); };
  all["UpdateAdamax"] = all["UpdateRmsprop"] = [](Random& r) { return update(r, 5, 2); };
  all["UpdateSgd"] = [](Random& r) { return update(r, 2, 1); };
  return all;
}

}  // namespace

bool planOf(const std::string& operation, Random& random, Plan* plan) {
  static const std::map<std::string, Planner> all = planners();
  const auto found = all.find(operation);
  if (found == all.end()) return false;
  *plan = found->second(random);
  return true;
}

}  // namespace test
