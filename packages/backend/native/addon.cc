// The door to JavaScript: one function that runs an operation by number on typed arrays, and recorded programs.
//
// Everything belongs to the instance data of one JavaScript environment, so that worker threads and a second load
// each have their own; only the pool of threads is shared by the process.
#include "addon.h"

#include <cstring>
#include <string>

#include "isa.h"
#include "ops.h"
#include "program.h"
#include "random.h"
#include "threads.h"

namespace ae {
namespace {

constexpr int kMostBuffers = 8;

void take(Instance& instance, const InstructionSet& set) {
  instance.operations.assign(set.operations, set.operations + set.count);
  instance.operations.push_back(philoxRandom);
  instance.instructionSet = set.name;
}

// What src/native/operations.ts has to say too, in the same words.
std::vector<std::string> table(const Instance& instance) {
  std::vector<std::string> lines;
  for (const Operation& operation : instance.operations)
    lines.push_back(std::string(operation.name) + ": " + operation.parameters);
#define AE_NAME(ID, NAME) " " #NAME
  lines.push_back("activations:" AE_ACTIVATIONS(AE_NAME));
#undef AE_NAME
  lines.push_back("most dimensions broadcast: " + std::to_string(kMostBroadcastRank));
  lines.push_back("most dimensions copied: " + std::to_string(kMostCopyRank));
  lines.push_back("kind of a slot outside the arena: " + std::to_string(Program::kExternal));
  return lines;
}

napi_value textOf(napi_env env, const char* text) {
  napi_value value;
  napi_create_string_utf8(env, text, NAPI_AUTO_LENGTH, &value);
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
    const Operation& operation = operationAt(*instance, numberOf(env, arguments[0]));
    int32_t params;
    if (napi_get_value_int32(env, arguments[1], &params) != napi_ok) fail("no number of parameters");
    if (params < 0 || params > kMostParams) fail("%d parameters", params);
    Buffer buffers[kMostBuffers];
    for (size_t i = 2; i < count; i++) {
      const Array array = arrayOf(env, arguments[i]);
      buffers[i - 2] = {array.data, array.bytes};
    }
    checkParameters(operation, instance->params, params);
    takeThreadCount();
    try {
      operation.run(Call{instance->params, params, buffers, static_cast<int>(count - 2)});
    } catch (OpError& error) {
      char message[sizeof error.message];
      snprintf(message, sizeof message, "%s: %.180s", operation.name, error.message);
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
    if (set) take(*instance, *set);
    napi_get_boolean(env, set != nullptr, &result);
    return result;
  });
}

// describe(): this instruction set, those of the processor, and the table of ops.h as lines of text
napi_value Describe(napi_env env, napi_callback_info) {
  Instance* instance = instanceOf(env);
  return guarded(env, "describe", [&]() -> napi_value {
    char available[64];
    instructionSetNames(available, sizeof available);
    const std::vector<std::string> lines = table(*instance);
    napi_value result, list;
    napi_create_object(env, &result);
    napi_set_named_property(env, result, "instructionSet", textOf(env, instance->instructionSet));
    napi_set_named_property(env, result, "instructionSets", textOf(env, available));
    napi_create_array_with_length(env, lines.size(), &list);
    for (size_t i = 0; i < lines.size(); i++)
      napi_set_element(env, list, static_cast<uint32_t>(i), textOf(env, lines[i].c_str()));
    napi_set_named_property(env, result, "table", list);
    return result;
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
  take(*instance, *set);
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
