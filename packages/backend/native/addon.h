// What the functions that JavaScript calls share: the data of one JavaScript environment, and arguments as C++ takes them.
#pragma once
#define NAPI_VERSION 8
#include <node_api.h>

#include <cstdio>
#include <new>
#include <vector>

#include "op.h"

namespace ae {

constexpr int kMostParams = 128;

struct Instance {
  std::vector<Operation> operations;
  const char* instructionSet;
  double params[kMostParams] = {};  // which JavaScript sees as an array; whatever becomes of that, the memory stays
};

inline Instance* instanceOf(napi_env env) {
  void* data = nullptr;
  napi_get_instance_data(env, &data);
  return static_cast<Instance*>(data);
}

// The operation of this number, which is its place in the table of ops.h.
inline const Operation& operationAt(const Instance& instance, double number) {
  if (!(number >= 0 && number < static_cast<double>(instance.operations.size()))) fail("no such operation");
  return instance.operations[static_cast<size_t>(number)];
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

inline Array arrayOf(napi_env env, napi_value value) {
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

inline double numberOf(napi_env env, napi_value value) {
  double number;
  if (napi_get_value_double(env, value, &number) != napi_ok) fail("an argument is no number");
  return number;
}

inline napi_value undefinedOf(napi_env env) {
  napi_value value;
  napi_get_undefined(env, &value);
  return value;
}

// The functions of recorded programs; see addon-program.cc.
napi_value Compile(napi_env env, napi_callback_info info);
napi_value Write(napi_env env, napi_callback_info info);
napi_value Load(napi_env env, napi_callback_info info);
napi_value Release(napi_env env, napi_callback_info info);
napi_value Replay(napi_env env, napi_callback_info info);

}  // namespace ae
