// Exercises every operation of every instruction set, the pool of threads and recorded programs, to be run under
// AddressSanitizer, UndefinedBehaviorSanitizer or ThreadSanitizer. Ends with 1 where an operation is not known here,
// where the number of threads changes a result, or where a sanitizer has a finding.
//
// driver [calls of each operation = 30] [seed = 1]
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "../../native/isa.h"
#include "../../native/program.h"
#include "../../native/random.h"
#include "../../native/threads.h"
#include "calls.h"

// In place of the one in native/op.cc, which is compiled under another name here: an allocation of exactly what was
// asked for, each time, so that a step outside and a use of the last one are seen.
namespace ae {
float* scratch(int64_t floats) {
  struct Block {
    void* data = nullptr;
    ~Block() { std::free(data); }
  };
  thread_local Block block;
  std::free(block.data);
  block.data = nullptr;
  const int64_t bytes = product(floats, 4);
  if (posix_memalign(&block.data, 64, static_cast<size_t>(bytes)) != 0) {
    block.data = nullptr;
    throw OpError{"no memory", true};
  }
  return static_cast<float*>(block.data);
}
}  // namespace ae

namespace {

using test::Memory;
using test::Plan;
using test::Random;

constexpr test::Part::Kind F = test::Part::kFloats;

std::atomic<bool> failed{false};
std::atomic<long> calls{0}, refused{0};

std::vector<const ae::InstructionSet*> instructionSets() {
  char names[64];
  ae::instructionSetNames(names, sizeof names);
  std::vector<const ae::InstructionSet*> sets;
  for (char* name = std::strtok(names, ", "); name; name = std::strtok(nullptr, ", "))
    sets.push_back(ae::instructionSet(name));
  return sets;
}

// False where the operation refuses.
bool run(const ae::Operation& operation, const Plan& plan, const Memory& memory) {
  calls++;
  ae::takeThreadCount();
  const std::vector<ae::Buffer>& buffers = memory.buffers();
  try {
    operation.run(ae::Call{plan.params.data(), static_cast<int>(plan.params.size()), buffers.data(),
                           static_cast<int>(buffers.size())});
    return true;
  } catch (const ae::OpError&) {
    refused++;
    return false;
  }
}

bool asTable(const ae::Operation& operation, const Plan& plan) {
  try {
    ae::checkParameters(operation, plan.params.data(), static_cast<int>(plan.params.size()));
    return true;
  } catch (const ae::OpError&) {
    return false;
  }
}

void complain(const char* what, const char* operation, const Plan& plan) {
  failed = true;
  std::printf("%s: %s with", operation, what);
  for (const double param : plan.params) std::printf(" %g", param);
  std::printf("; buffers of");
  for (const test::Part& part : plan.parts) std::printf(" %lld", static_cast<long long>(part.count));
  std::printf("\n");
}

void exercise(const ae::Operation& operation, int times, uint64_t seed) {
  Random random(seed);
  for (int i = 0; i < times; i++) {
    Plan plan;
    if (!test::planOf(operation.name, random, &plan))
      return complain("not known to this driver", operation.name, plan);
    if (!asTable(operation, plan)) complain("other parameters than its table has", operation.name, plan);
    const Memory before(plan, random);
    Memory alone(before);
    ae::setThreadCount(1);
    if (!run(operation, plan, alone)) complain("refused", operation.name, plan);
    for (const int threads : {2, 5}) {
      Memory together(before);
      ae::setThreadCount(threads);
      run(operation, plan, together);
      if (!(alone == together)) complain("other bits with more threads", operation.name, plan);
    }
    test::spoil(plan, random);
    const Memory spoilt(plan, random);
    run(operation, plan, spoilt);
  }
}

// A recorded step of a few operations whose results feed each other, as one environment would run it.
void runProgram(const ae::InstructionSet& set, uint64_t seed) {
  using Step = ae::Program::Step;
  const auto named = [&](const char* name) {
    for (int i = 0; i < set.count; i++)
      if (std::strcmp(set.operations[i].name, name) == 0) return set.operations[i];
    return ae::philoxRandom;
  };
  const double rows = 50, inner = 64, columns = 300, out = rows * columns;
  const size_t sizes[] = {50 * 64, 64 * 300, 300, 50 * 300, 50 * 300, 50 * 300, 1};
  std::vector<ae::Program::Slot> slots;
  size_t at = 0;
  for (const size_t size : sizes) {
    const bool outside = slots.size() == 1;
    slots.push_back({outside ? ae::Program::kExternal : ae::Program::kArena, size * 4, outside ? 0 : at});
    if (!outside) at += (size * 4 + 63) / 64 * 64;
  }
  std::vector<Step> steps = {
      {named("PhiloxRandom"), {1, rows * inner, double(seed), 0}, {0}, 3, 0},
      {named("FillFloat"), {columns, 0.5}, {2}, -1, 0},
      {named("MatMul"), {1, 1, rows, columns, inner, 0, 0, 1, 0, 1}, {0, 1, 2, 3}, -1, 0},
      {named("PhiloxRandom"), {1, out, double(seed), 800}, {4}, 3, 800},
      {named("Multiply"), {1, out, 1, 1}, {3, 4, 5}, -1, 0},
      {named("Sum"), {1, out, 1, 1}, {5, 6}, -1, 0},
  };
  ae::Program program(slots, steps, at);
  std::vector<float> weights(64 * 300, 0.01f);
  float first = 0;
  for (int i = 0; i < 20; i++) {
    program.bind(1, weights.data(), weights.size() * 4);
    program.run(i % 2 == 0 ? 1000 : 2000);
    float total;
    std::memcpy(&total, program.slot(6).data, 4);
    program.unbind();
    if (i == 0) first = total;
    if (i % 2 == 0 && total != first) complain("another sum in a later run", "a program", {});
  }
  program.release();
}

// What must be refused when a program is made.
void spoilPrograms() {
  const auto refuses = [](std::vector<ae::Program::Slot> slots, std::vector<ae::Program::Step> steps, size_t bytes) {
    try {
      ae::Program program(slots, steps, bytes);
      complain("accepted slots that do not fit", "a program", {});
    } catch (const ae::OpError&) {
    }
  };
  const ae::Operation& any = ae::philoxRandom;
  refuses({{ae::Program::kArena, 65, 0}}, {}, 64);
  refuses({{ae::Program::kArena, 64, 1}}, {}, 64);
  refuses({{ae::Program::kArena, ~size_t{0}, 8}}, {}, 64);
  refuses({{ae::Program::kArena, size_t{1} << 30, 0}}, {}, ~size_t{0} - 2047);
  refuses({{ae::Program::kArena, 64, 0}}, {{any, {1, 1, 1, 1}, {1}, 3, 0}}, 64);
  refuses({{ae::Program::kArena, 64, 0}}, {{any, {1, 1, 1, 1}, {-1}, 3, 0}}, 64);
  refuses({{ae::Program::kArena, 64, 0}}, {{any, {1, 1, 1, 1}, {0}, 4, 0}}, 64);
  refuses({{ae::Program::kArena, 64, 0}}, {{any, {1, 1, 1, 1, 1}, {0}, 3, 0}}, 64);
}

// Several JavaScript environments at once: some compute, some replay, one changes the number of threads, some come
// and go.
void environments(const std::vector<const ae::InstructionSet*>& sets, int times) {
  std::vector<std::thread> all;
  std::atomic<int> running{3};
  for (int e = 0; e < 3; e++)
    all.emplace_back([&, e] {
      ae::addThreadUser();
      Random random(100 + static_cast<uint64_t>(e));
      const ae::InstructionSet& set = *sets[static_cast<size_t>(e) % sets.size()];
      // Enough work for all threads, each in a part of the scratch of its own.
      const std::pair<const char*, Plan> plans[] = {
          {"MatMul", {{1, 1, 64, 400, 200, 0, 1, 0, 0, 0}, {{F, 64 * 200}, {F, 200 * 400}, {F, 64 * 400}}}},
          {"Conv2D",
           {{12, 9, 9, 8, 9, 9, 24, 3, 3, 1, 1, 1, 1, 1, 1, 0, 0, 0},
            {{F, 12 * 81 * 8}, {F, 9 * 8 * 24}, {F, 12 * 81 * 24}}}},
          {"Conv2DBackpropInput",
           {{12, 9, 9, 8, 9, 9, 24, 3, 3, 1, 1, 1, 1, 1, 1, 0, 0, 0},
            {{F, 12 * 81 * 24}, {F, 9 * 8 * 24}, {F, 12 * 81 * 8}}}},
          {"Conv2DBackpropFilter",
           {{12, 9, 9, 8, 9, 9, 24, 3, 3, 1, 1, 1, 1, 1, 1}, {{F, 12 * 81 * 8}, {F, 12 * 81 * 24}, {F, 9 * 8 * 24}}}},
          {"MaxPoolGrad",
           {{12, 27, 27, 8, 13, 13, 3, 3, 2, 2, 1, 1, 0, 0},
            {{F, 12 * 169 * 8}, {F, 12 * 729 * 8}, {F, 12 * 729 * 8}}}},
          {"Exp", {{70000}, {{F, 70000}, {F, 70000}}}},
      };
      for (int i = 0; i < 20 * times; i++) {
        const auto& [name, plan] = plans[random.upTo(5)];
        const Memory memory(plan, random);
        for (int o = 0; o < set.count; o++)
          if (std::strcmp(set.operations[o].name, name) == 0) run(set.operations[o], plan, memory);
        if (i % 20 == 0) runProgram(set, static_cast<uint64_t>(e));
      }
      ae::removeThreadUser();
      running--;
    });
  all.emplace_back([&] {
    for (int count = 1; running > 0; count = count % 6 + 1) {
      ae::setThreadCount(count);
      std::this_thread::yield();
    }
  });
  all.emplace_back([&] {
    while (running > 0) {
      ae::addThreadUser();
      std::this_thread::yield();
      ae::removeThreadUser();
    }
  });
  for (std::thread& one : all) one.join();
}

}  // namespace

int main(int argc, char** argv) {
  const int times = argc > 1 ? std::atoi(argv[1]) : 30;
  const uint64_t seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
  const auto sets = instructionSets();
  ae::addThreadUser();
  for (const ae::InstructionSet* set : sets) {
    for (int i = 0; i < set->count; i++) exercise(set->operations[i], times, seed + static_cast<uint64_t>(i));
    runProgram(*set, seed);
  }
  exercise(ae::philoxRandom, times, seed);
  spoilPrograms();
  environments(sets, times);
  ae::removeThreadUser();
  std::printf("%zu instruction sets, %d operations, %ld calls, %ld of them refused\n", sets.size(),
              sets[0]->count + 1, calls.load(), refused.load());
  return failed ? 1 : 0;
}
