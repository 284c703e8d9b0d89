// The door to JavaScript: one function that runs an operation by number on typed arrays, and recorded programs.
//
// Everything belongs to the instance data of one JavaScript environment, so that worker threads and a second load
// each have their own; only the pool of threads is shared by the process.
#define NAPI_VERSION 8
#include <node_api.h>

#include <cstdio>
#include <cstring>
#include <new>
#include <string>
#include <vector>

#include "isa.h"
#include "op.h"
#include "program.h"
#include "random.h"
#include "threads.h"

namespace ae {
namespace {

constexpr int kMostParams = 128;
constexpr int kMostBuffers = 8;
const napi_type_tag kProgramTag = {0x61652d6e61746976, 0x652d70726f677261};

struct Instance {
  std::vector<Operation> operations;
  const char* instructionSet;
  double params[kMostParams] = {};  // which JavaScript sees as an array; whatever becomes of that, the memory stays
};

Instance* instanceOf(napi_env env) {
  void* data = nullptr;
  napi_get_instance_data(env, &data);
  return static_cast<Instance*>(data);
}

// Runs `body` and turns what C++ throws into a JavaScript error.
template <class Body>
napi_value guarded(napi_env env, const char* what, Body body) {
  char message[400];
  try {
    return body();
  } catch (const OpError& error) {
    snprintf(message, sizeof message, "Cannot run %s: %s", what, error.message);
    if (error.outOfMemory) napi_throw_error(env, "ERR_OUT_OF_MEMORY", message);
    else napi_throw_range_error(env, "ERR_OUT_OF_RANGE", message);
  } catch (const std::bad_alloc&) {
    snprintf(message, sizeof message, "Cannot run %s: out of memory", what);
    napi_throw_error(env, "ERR_OUT_OF_MEMORY", message);
  } catch (...) {
    snprintf(message, sizeof message, "Cannot run %s: an unexpected failure", what);
    napi_throw_error(env, nullptr, message);
  }
  return nullptr;
}

struct Array {
  napi_typedarray_type type;
  void* data;
  size_t length;
  size_t bytes;
};

Array arrayOf(napi_env env, napi_value value) {
  Array array;
  if (napi_get_typedarray_info(env, value, &array.type, &array.length, &array.data, nullptr, nullptr) != napi_ok)
    fail("an argument is no typed array");
  size_t each = 1;
  if (array.type == napi_float32_array || array.type == napi_int32_array || array.type == napi_uint32_array) each = 4;
  else if (array.type == napi_float64_array) each = 8;
  else if (array.type != napi_uint8_array && array.type != napi_int8_array && array.type != napi_uint8_clamped_array)
    fail("a typed array of an unknown kind");
  array.bytes = array.length * each;
  return array;
}

double numberOf(napi_env env, napi_value value) {
  double number;
  if (napi_get_value_double(env, value, &number) != napi_ok) fail("an argument is no number");
  return number;
}

napi_value undefinedOf(napi_env env) {
  napi_value value;
  napi_get_undefined(env, &value);
  return value;
}

// run(operation, paramCount, ...buffers)
napi_value Run(napi_env env, napi_callback_info info) {
  Instance* instance = instanceOf(env);
  const char* name = "a native kernel";
  return guarded(env, name, [&]() -> napi_value {
    size_t count = 2 + kMostBuffers;
    napi_value arguments[2 + kMostBuffers];
    napi_get_cb_info(env, info, &count, arguments, nullptr, nullptr);
    if (count < 2 || count > 2 + kMostBuffers) fail("%zu arguments", count);
    int32_t operation, params;
    if (napi_get_value_int32(env, arguments[0], &operation) != napi_ok ||
        napi_get_value_int32(env, arguments[1], &params) != napi_ok || operation < 0 ||
        operation >= static_cast<int32_t>(instance->operations.size()))
      fail("no such operation");
    if (params < 0 || params > kMostParams) fail("%d parameters", params);
    Buffer buffers[kMostBuffers];
    for (size_t i = 2; i < count; i++) {
      const Array array = arrayOf(env, arguments[i]);
      buffers[i - 2] = {array.data, array.bytes};
    }
    const Operation& chosen = instance->operations[static_cast<size_t>(operation)];
    takeThreadCount();
    try {
      chosen.run(Call{instance->params, params, buffers, static_cast<int>(count - 2)});
    } catch (OpError& error) {
      char message[sizeof error.message];
      snprintf(message, sizeof message, "%s: %.180s", chosen.name, error.message);
      std::memcpy(error.message, message, sizeof message);
      throw;
    }
    return undefinedOf(env);
  });
}

// params(): the float64Array of kMostParams where JavaScript writes the parameters of the next run
napi_value Params(napi_env env, napi_callback_info) {
  Instance* instance = instanceOf(env);
  return guarded(env, "params", [&]() -> napi_value {
    napi_value memory, result;
    if (napi_create_external_arraybuffer(env, instance->params, sizeof instance->params, [](napi_env, void*, void*) {},
                                         nullptr, &memory) != napi_ok ||
        napi_create_typedarray(env, napi_float64_array, kMostParams, memory, 0, &result) != napi_ok)
      fail("JavaScript takes no memory of ours");
    return result;
  });
}

// misalignment(typedArray): bytes past the last 64-byte boundary
napi_value Misalignment(napi_env env, napi_callback_info info) {
  return guarded(env, "misalignment", [&]() -> napi_value {
    size_t count = 1;
    napi_value argument, result;
    napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr);
    napi_create_uint32(env, static_cast<uint32_t>(reinterpret_cast<uintptr_t>(arrayOf(env, argument).data) % 64), &result);
    return result;
  });
}

napi_value SetThreads(napi_env env, napi_callback_info info) {
  return guarded(env, "setThreads", [&]() -> napi_value {
    size_t count = 1;
    napi_value argument;
    napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr);
    const double threads = numberOf(env, argument);
    if (!(threads >= 1 && threads <= 1024)) fail("%g threads, expected 1 to 1024", threads);
    setThreadCount(static_cast<int>(threads));
    return undefinedOf(env);
  });
}

napi_value Threads(napi_env env, napi_callback_info) {
  napi_value result;
  takeThreadCount();
  napi_create_int32(env, threadCount(), &result);
  return result;
}

// useInstructionSet(name or ''): the operations from now on; false where this processor lacks it
napi_value UseInstructionSet(napi_env env, napi_callback_info info) {
  Instance* instance = instanceOf(env);
  return guarded(env, "useInstructionSet", [&]() -> napi_value {
    size_t count = 1, length = 0;
    napi_value argument, result;
    char name[32] = "";
    napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr);
    napi_get_value_string_utf8(env, argument, name, sizeof name, &length);
    const InstructionSet* set = instructionSet(name);
    if (set) {
      instance->operations.assign(set->operations, set->operations + set->count);
      instance->operations.push_back({"PhiloxRandom", PhiloxRandom});
      instance->instructionSet = set->name;
    }
    napi_get_boolean(env, set != nullptr, &result);
    return result;
  });
}

napi_value Describe(napi_env env, napi_callback_info) {
  Instance* instance = instanceOf(env);
  napi_value result, value, names;
  char available[64];
  instructionSetNames(available, sizeof available);
  napi_create_object(env, &result);
  napi_create_string_utf8(env, instance->instructionSet, NAPI_AUTO_LENGTH, &value);
  napi_set_named_property(env, result, "instructionSet", value);
  napi_create_string_utf8(env, available, NAPI_AUTO_LENGTH, &value);
  napi_set_named_property(env, result, "instructionSets", value);
  napi_create_array_with_length(env, instance->operations.size(), &names);
  for (size_t i = 0; i < instance->operations.size(); i++) {
    napi_create_string_utf8(env, instance->operations[i].name, NAPI_AUTO_LENGTH, &value);
    napi_set_element(env, names, static_cast<uint32_t>(i), value);
  }
  napi_set_named_property(env, result, "operations", names);
  return result;
}

Program* programOf(napi_env env, napi_value value) {
  bool tagged = false;
  void* data = nullptr;
  if (napi_check_object_type_tag(env, value, &kProgramTag, &tagged) != napi_ok || !tagged ||
      napi_get_value_external(env, value, &data) != napi_ok)
    fail("no recorded program");
  return static_cast<Program*>(data);
}

void freeProgram(napi_env, void* data, void*) { delete static_cast<Program*>(data); }

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
      const double operation = next();
      if (!(operation >= 0 && operation < static_cast<double>(instance->operations.size()))) fail("no such operation");
      Program::Step step{instance->operations[static_cast<size_t>(operation)], {}, {}, indexOf(next()), 0};
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
    const double slot = numberOf(env, arguments[1]), operation = numberOf(env, arguments[2]);
    if (!(slot >= 0 && slot < program->slotCount())) fail("no slot %g", slot);
    if (!(operation >= 0 && operation < static_cast<double>(instance->operations.size()))) fail("no such operation");
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
    instance->operations[static_cast<size_t>(operation)].run(Call{numbers, static_cast<int>(params), buffers, 2});
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
    for (size_t i = 0; i < slots.length; i++) {
      napi_value element;
      if (napi_get_element(env, arguments[2], static_cast<uint32_t>(i), &element) != napi_ok) fail("no array %zu", i);
      const Array array = arrayOf(env, element);
      program->bind(static_cast<const int32_t*>(slots.data)[i], array.data, array.bytes);
    }
    const double counter = numberOf(env, arguments[3]);
    try {
      program->run(counter);
    } catch (...) {
      program->unbind();
      throw;
    }
    for (size_t i = 0; i < outputSlots.length; i++) {
      const int32_t slot = static_cast<const int32_t*>(outputSlots.data)[i];
      if (slot < 0 || slot >= program->slotCount()) fail("no slot %d", slot);
      const Buffer from = program->slot(slot);
      if (!from.data || from.bytes < 4) fail("slot %d holds no number", slot);
      float value;
      std::memcpy(&value, from.data, 4);
      static_cast<double*>(outputs.data)[i] = value;
    }
    program->unbind();
    return undefinedOf(env);
  });
}

void leave(void* data) {
  delete static_cast<Instance*>(data);
  removeThreadUser();
}

}  // namespace
}  // namespace ae

NAPI_MODULE_INIT() {
  using namespace ae;
  const InstructionSet* set = instructionSet(nullptr);
  Instance* instance = new (std::nothrow) Instance;
  if (!instance) return nullptr;
  instance->operations.assign(set->operations, set->operations + set->count);
  instance->operations.push_back({"PhiloxRandom", PhiloxRandom});
  instance->instructionSet = set->name;
  napi_set_instance_data(env, instance, nullptr, nullptr);
  addThreadUser();
  napi_add_env_cleanup_hook(env, leave, instance);

  const struct {
    const char* name;
    napi_callback function;
  } functions[] = {{"run", Run},         {"params", Params}, {"misalignment", Misalignment},
                   {"setThreads", SetThreads}, {"threads", Threads},     {"useInstructionSet", UseInstructionSet},
                   {"describe", Describe}, {"compile", Compile},     {"write", Write}, {"load", Load}, {"release", Release},
                   {"replay", Replay}};
  for (const auto& entry : functions) {
    napi_value function;
    napi_create_function(env, entry.name, NAPI_AUTO_LENGTH, entry.function, nullptr, &function);
    napi_set_named_property(env, exports, entry.name, function);
  }
  return exports;
}
