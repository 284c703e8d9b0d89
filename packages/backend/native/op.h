// What an operation sees of one call, and how it refuses one.
//
// Nothing here is inline with external linkage: the numeric files are compiled once per instruction set, and the
// linker would keep one arbitrary copy of an inline function, possibly one made of instructions this processor lacks.
#pragma once
#include <cstddef>
#include <cstdint>

namespace ae {

// Becomes a JavaScript RangeError; `outOfMemory` a plain Error.
struct OpError {
  char message[240];
  bool outOfMemory;
};

[[noreturn]] void fail(const char* format, ...) __attribute__((format(printf, 1, 2)));

struct Buffer {
  void* data;
  size_t bytes;
};

// One call of one operation: numbers that say how, buffers that say on what. Every accessor checks, because the
// numbers come from JavaScript and an operation trusts nothing else.
class Call {
 public:
  const double* params;
  int paramCount;
  const Buffer* buffers;
  int bufferCount;

  double real(int index) const;
  // A whole number from 0 to 2^40.
  int64_t size(int index) const;
  // A whole number of either sign.
  int64_t whole(int index) const;
  // The buffer, which must hold at least `count` elements of `elementBytes`.
  void* array(int index, int64_t count, int elementBytes) const;
};

// a * b, refused where it does not fit memory.
int64_t product(int64_t a, int64_t b);

// Aligned memory that stays with the calling thread and is reused by the next operation; not zeroed.
float* scratch(int64_t floats);

// Buffers that are read come before those that are written, in every operation.
struct Operation {
  const char* name;
  // Names of the parameters in their order, a space between them. One that ends in * stands for as many numbers as the
  // last one without a * says.
  const char* parameters;
  int fixed, repeated;  // how many without a * and with one
  void (*run)(const Call& call);
};

static constexpr Operation operationOf(const char* name, const char* parameters, void (*run)(const Call& call)) {
  int names = *parameters != 0, repeated = 0;
  for (const char* at = parameters; *at; at++) {
    names += *at == ' ';
    repeated += *at == '*';
  }
  return {name, parameters, names - repeated, repeated, run};
}

// Refuses another number of parameters than the operation has.
void checkParameters(const Operation& operation, const double* params, int count);

}  // namespace ae
