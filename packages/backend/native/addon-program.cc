// Recorded programs for JavaScript: made of numbers, given values, run and freed.
#include <cstring>
#include <utility>

#include "addon.h"
#include "program.h"
#include "threads.h"

namespace ae {
namespace {

const napi_type_tag kProgramTag = {0x61652d6e61746976, 0x652d70726f677261};

Program* programOf(napi_env env, napi_value value) {
  bool tagged = false;
  void* data = nullptr;
  if (napi_check_object_type_tag(env, value, &kProgramTag, &tagged) != napi_ok || !tagged ||
      napi_get_value_external(env, value, &data) != napi_ok)
    fail("no recorded program");
  return static_cast<Program*>(data);
}

void freeProgram(napi_env, void* data, void*) { delete static_cast<Program*>(data); }

}  // namespace

// compile(slots, steps, arenaBytes), both Float64Arrays: slots as kind, bytes, offset; steps as operation,
// counterParam, paramCount, params, slotCount, slots
napi_value Compile(napi_env env, napi_callback_info info) {
  Instance* instance = instanceOf(env);
  return guarded(env, "compile", [&]() -> napi_value {
    size_t count = 3;
    napi_value arguments[3];
    napi_get_cb_info(env, info, &count, arguments, nullptr, nullptr);
    const Array slotNumbers = arrayOf(env, arguments[0]), stepNumbers = arrayOf(env, arguments[1]);
    if (slotNumbers.type != napi_float64_array || stepNumbers.type != napi_float64_array) fail("expected doubles");
    const auto bytesOf = [](double number) {
      if (!(number >= 0 && number <= 0x1p46)) fail("%g bytes do not fit memory", number);
      return static_cast<size_t>(number);
    };
    const auto indexOf = [](double number) {
      if (!(number >= -1 && number < 0x1p31)) fail("%g is no slot or parameter", number);
      return static_cast<int>(number);
    };
    const double* numbers = static_cast<const double*>(slotNumbers.data);
    std::vector<Program::Slot> slots(slotNumbers.length / 3);
    for (size_t i = 0; i < slots.size(); i++)
      slots[i] = {numbers[3 * i] == 1 ? Program::kExternal : Program::kArena, bytesOf(numbers[3 * i + 1]),
                  bytesOf(numbers[3 * i + 2])};
    std::vector<Program::Step> steps;
    const double* at = static_cast<const double*>(stepNumbers.data);
    const double* end = at + stepNumbers.length;
    const auto next = [&] {
      if (at == end) fail("the list of steps breaks off");
      return *at++;
    };
    while (at != end) {
      const Operation& operation = operationAt(*instance, next());
      Program::Step step{operation, {}, {}, indexOf(next()), 0};
      const double params = next();
      for (double i = 0; i < params; i++) step.params.push_back(next());
      const double used = next();
      for (double i = 0; i < used; i++) step.slots.push_back(indexOf(next()));
      if (step.counterParam >= 0 && step.counterParam < static_cast<int>(step.params.size()))
        step.counterOffset = step.params[static_cast<size_t>(step.counterParam)];
      steps.push_back(std::move(step));
    }
    Program* program = new Program(std::move(slots), std::move(steps), bytesOf(numberOf(env, arguments[2])));
    napi_value result;
    if (napi_create_external(env, program, freeProgram, nullptr, &result) != napi_ok) {
      delete program;
      fail("the program cannot be kept");
    }
    napi_type_tag_object(env, result, &kProgramTag);
    return result;
  });
}

// write(program, slot, typedArray): a constant into the arena
napi_value Write(napi_env env, napi_callback_info info) {
  return guarded(env, "write", [&]() -> napi_value {
    size_t count = 3;
    napi_value arguments[3];
    napi_get_cb_info(env, info, &count, arguments, nullptr, nullptr);
    Program* program = programOf(env, arguments[0]);
    const double slot = numberOf(env, arguments[1]);
    const Array array = arrayOf(env, arguments[2]);
    if (!(slot >= 0 && slot < program->slotCount())) fail("no slot %g", slot);
    const Buffer to = program->slot(static_cast<int>(slot));
    if (!to.data || array.bytes > to.bytes) fail("slot %g holds %zu bytes, found %zu", slot, to.bytes, array.bytes);
    if (array.bytes) std::memcpy(to.data, array.data, array.bytes);
    return undefinedOf(env);
  });
}

// load(program, slot, operation, typedArray, params): runs an operation from an array into a slot
napi_value Load(napi_env env, napi_callback_info info) {
  Instance* instance = instanceOf(env);
  return guarded(env, "load", [&]() -> napi_value {
    size_t count = 5;
    napi_value arguments[5];
    napi_get_cb_info(env, info, &count, arguments, nullptr, nullptr);
    Program* program = programOf(env, arguments[0]);
    const double slot = numberOf(env, arguments[1]);
    if (!(slot >= 0 && slot < program->slotCount())) fail("no slot %g", slot);
    const Operation& operation = operationAt(*instance, numberOf(env, arguments[2]));
    const Array array = arrayOf(env, arguments[3]);
    uint32_t params = 0;
    napi_get_array_length(env, arguments[4], &params);
    double numbers[16];
    if (params > 16) fail("%u parameters", params);
    for (uint32_t i = 0; i < params; i++) {
      napi_value element;
      napi_get_element(env, arguments[4], i, &element);
      numbers[i] = numberOf(env, element);
    }
    takeThreadCount();
    const Buffer buffers[2] = {{array.data, array.bytes}, program->slot(static_cast<int>(slot))};
    checkParameters(operation, numbers, static_cast<int>(params));
    operation.run(Call{numbers, static_cast<int>(params), buffers, 2});
    return undefinedOf(env);
  });
}

// release(program)
napi_value Release(napi_env env, napi_callback_info info) {
  return guarded(env, "release", [&]() -> napi_value {
    size_t count = 1;
    napi_value argument;
    napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr);
    programOf(env, argument)->release();
    return undefinedOf(env);
  });
}

// replay(program, slots int32, arrays, counter, outputSlots int32, outputs float64): binds arrays[i] to slot slots[i],
// runs, and reads one float of every output slot
napi_value Replay(napi_env env, napi_callback_info info) {
  return guarded(env, "a recorded step", [&]() -> napi_value {
    size_t count = 6;
    napi_value arguments[6];
    napi_get_cb_info(env, info, &count, arguments, nullptr, nullptr);
    if (count != 6) fail("%zu arguments", count);
    Program* program = programOf(env, arguments[0]);
    const Array slots = arrayOf(env, arguments[1]), outputSlots = arrayOf(env, arguments[4]);
    const Array outputs = arrayOf(env, arguments[5]);
    if (slots.type != napi_int32_array || outputSlots.type != napi_int32_array ||
        outputs.type != napi_float64_array || outputs.length < outputSlots.length)
      fail("slots or outputs of the wrong kind");
    // However this ends: a later run must not find memory that JavaScript has freed by then.
    const struct Unbinding {
      Program* program;
      ~Unbinding() { program->unbind(); }
    } unbinding{program};
    for (size_t i = 0; i < slots.length; i++) {
      napi_value element;
      if (napi_get_element(env, arguments[2], static_cast<uint32_t>(i), &element) != napi_ok) fail("no array %zu", i);
      const Array array = arrayOf(env, element);
      program->bind(static_cast<const int32_t*>(slots.data)[i], array.data, array.bytes);
    }
    const double counter = numberOf(env, arguments[3]);
    program->run(counter);
    for (size_t i = 0; i < outputSlots.length; i++) {
      const int32_t slot = static_cast<const int32_t*>(outputSlots.data)[i];
      if (slot < 0 || slot >= program->slotCount()) fail("no slot %d", slot);
      const Buffer from = program->slot(slot);
      if (!from.data || from.bytes < 4) fail("slot %d holds no number", slot);
      float value;
      std::memcpy(&value, from.data, 4);
      static_cast<double*>(outputs.data)[i] = value;
    }
    return undefinedOf(env);
  });
}

}  // namespace ae
