#include "program.h"

#include <cstdlib>
#include <cstring>
#include <utility>

#include "threads.h"

namespace ae {

Program::Program(std::vector<Slot> slots, std::vector<Step> steps, size_t arenaBytes)
    : slots_(std::move(slots)), steps_(std::move(steps)), bound_(slots_.size(), Buffer{nullptr, 0}), arena_(nullptr) {
  if (arenaBytes > size_t{1} << 46) fail("an arena of %zu bytes does not fit memory", arenaBytes);
  size_t mostSlots = 0;
  for (size_t s = 0; s < slots_.size(); s++)
    if (slots_[s].kind == kArena && (slots_[s].offset > arenaBytes || slots_[s].bytes > arenaBytes - slots_[s].offset))
      fail("slot %zu lies outside the %zu bytes of the arena", s, arenaBytes);
  for (const Step& step : steps_) {
    for (const int slot : step.slots)
      if (slot < 0 || slot >= slotCount()) fail("%s uses slot %d of %d", step.operation.name, slot, slotCount());
    checkParameters(step.operation, step.params.data(), static_cast<int>(step.params.size()));
    if (step.counterParam >= static_cast<int>(step.params.size())) fail("%s has no counter", step.operation.name);
    if (step.slots.size() > mostSlots) mostSlots = step.slots.size();
  }
  buffers_.resize(mostSlots);
  const size_t rounded = (arenaBytes + 4096) / 4096 * 4096;
  arena_ = static_cast<char*>(std::aligned_alloc(4096, rounded));
  if (!arena_) throw OpError{"the memory of a recorded step cannot be had", true};
  std::memset(arena_, 0, rounded);
}

Program::~Program() { std::free(arena_); }

void Program::release() {
  steps_.clear();
  slots_.clear();
  bound_.clear();
  std::free(arena_);
  arena_ = nullptr;
}

Buffer Program::slot(int index) const {
  const Slot& slot = slots_[static_cast<size_t>(index)];
  if (slot.kind == kArena) return {arena_ + slot.offset, slot.bytes};
  return bound_[static_cast<size_t>(index)];
}

void Program::bind(int slot, void* data, size_t bytes) {
  if (slot < 0 || slot >= slotCount() || slots_[static_cast<size_t>(slot)].kind != kExternal)
    fail("slot %d cannot be bound", slot);
  if (bytes < slots_[static_cast<size_t>(slot)].bytes)
    fail("slot %d needs %zu bytes, found %zu", slot, slots_[static_cast<size_t>(slot)].bytes, bytes);
  bound_[static_cast<size_t>(slot)] = {data, bytes};
}

void Program::unbind() {
  for (Buffer& buffer : bound_) buffer = {nullptr, 0};
}

void Program::run(double counter) {
  takeThreadCount();
  for (Step& step : steps_) {
    for (size_t i = 0; i < step.slots.size(); i++) buffers_[i] = slot(step.slots[i]);
    if (step.counterParam >= 0) step.params[static_cast<size_t>(step.counterParam)] = counter + step.counterOffset;
    step.operation.run(Call{step.params.data(), static_cast<int>(step.params.size()), buffers_.data(),
                             static_cast<int>(step.slots.size())});
  }
}

}  // namespace ae
