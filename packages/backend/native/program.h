// A recorded step: operations on numbered slots of memory, run one after another with no JavaScript in between.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "op.h"

namespace ae {

class Program {
 public:
  enum SlotKind { kArena = 0, kExternal = 1 };
  struct Slot {
    SlotKind kind;
    size_t bytes;
    size_t offset;  // in the arena
  };
  struct Step {
    Operation operation;
    std::vector<double> params;
    std::vector<int> slots;
    int counterParam;  // this parameter counts from the run's counter, or -1
    double counterOffset;
  };

  // Throws OpError where a slot or step names what is not there.
  Program(std::vector<Slot> slots, std::vector<Step> steps, size_t arenaBytes);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // Memory of a slot in the arena, or of an external one bound for this run.
  Buffer slot(int index) const;
  int slotCount() const { return static_cast<int>(slots_.size()); }
  void bind(int slot, void* data, size_t bytes);
  // Forgets the bound memory, which belongs to JavaScript.
  void unbind();
  void run(double counter);
  // Frees the arena; nothing can run afterwards.
  void release();

 private:
  std::vector<Slot> slots_;
  std::vector<Step> steps_;
  std::vector<Buffer> bound_;
  std::vector<Buffer> buffers_;
  char* arena_;
};

}  // namespace ae
