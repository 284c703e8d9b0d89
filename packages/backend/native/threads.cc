#include "threads.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace ae {
namespace {

void relax() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

// About 50 µs: longer than the JavaScript between two kernels of a recorded step, shorter than anyone notices.
constexpr int kSpins = 2000;

// The pool's memory is never given back, so that threads of a process that is ending touch nothing freed.
struct Pool {
  std::mutex region;  // held while an operation has the pool
  std::mutex sleep;
  std::condition_variable wake;
  std::atomic<int> sleepers{0};
  std::atomic<bool> ending{false};

  // The job: [generation | open | workers inside]. A worker enters only while the job is open, and the job's owner
  // closes it and waits until nobody is inside, so a worker that wakes late finds a closed door and no stale job.
  static constexpr uint64_t kOpen = uint64_t{1} << 16;
  static constexpr uint64_t kGeneration = uint64_t{1} << 17;
  std::atomic<uint64_t> door{0};
  std::atomic<int64_t> next{0};
  int64_t tasks = 0;
  int lanes = 1;
  void (*task)(void*, int64_t, int) = nullptr;
  void* context = nullptr;

  std::vector<std::thread> workers;
  std::atomic<int> wanted{1};
  int users = 0;
};

Pool& pool() {
  static Pool* instance = new Pool;
  return *instance;
}

void drain(Pool& p, int lane) {
  const int64_t tasks = p.tasks;
  for (int64_t i; (i = p.next.fetch_add(1, std::memory_order_relaxed)) < tasks;) p.task(p.context, i, lane);
}

bool enter(Pool& p, uint64_t seen) {
  uint64_t now = p.door.load(std::memory_order_acquire);
  while ((now & Pool::kOpen) && now / Pool::kGeneration != seen)
    if (p.door.compare_exchange_weak(now, now + 1, std::memory_order_acq_rel)) return true;
  return false;
}

void work(int lane) {
  Pool& p = pool();
  uint64_t seen = ~uint64_t{0};
  while (!p.ending.load(std::memory_order_relaxed)) {
    if (enter(p, seen)) {
      seen = p.door.load(std::memory_order_relaxed) / Pool::kGeneration;
      if (lane < p.lanes) drain(p, lane);
      p.door.fetch_sub(1, std::memory_order_acq_rel);
      continue;
    }
    bool opened = false;
    for (int i = 0; i < kSpins && !opened; i++) {
      relax();
      const uint64_t now = p.door.load(std::memory_order_relaxed);
      opened = (now & Pool::kOpen) && now / Pool::kGeneration != seen;
    }
    if (opened) continue;
    std::unique_lock<std::mutex> lock(p.sleep);
    p.sleepers.fetch_add(1);
    p.wake.wait(lock, [&] {
      const uint64_t now = p.door.load();
      return p.ending.load() || ((now & Pool::kOpen) && now / Pool::kGeneration != seen);
    });
    p.sleepers.fetch_sub(1);
  }
}

// With the region held.
void stop(Pool& p) {
  if (p.workers.empty()) return;
  {
    std::lock_guard<std::mutex> lock(p.sleep);
    p.ending.store(true);
  }
  p.wake.notify_all();
  for (std::thread& worker : p.workers) worker.join();
  p.workers.clear();
  p.ending.store(false);
}

// With the region held. A system that refuses a thread leaves us with fewer.
void start(Pool& p) {
  try {
    while (static_cast<int>(p.workers.size()) < p.wanted - 1) {
      const int lane = static_cast<int>(p.workers.size()) + 1;
      p.workers.emplace_back([lane] { work(lane); });
    }
  } catch (...) {
    p.wanted = static_cast<int>(p.workers.size()) + 1;
  }
}

thread_local int taken = 0;

}  // namespace

int threadCount() {
  if (taken == 0) takeThreadCount();
  return taken;
}

void takeThreadCount() { taken = pool().wanted; }

void setThreadCount(int count) {
  Pool& p = pool();
  std::lock_guard<std::mutex> lock(p.region);
  taken = count;
  if (count == p.wanted) return;
  stop(p);
  p.wanted = count;
}

void addThreadUser() {
  Pool& p = pool();
  std::lock_guard<std::mutex> lock(p.region);
  p.users++;
}

void removeThreadUser() {
  Pool& p = pool();
  std::lock_guard<std::mutex> lock(p.region);
  if (--p.users == 0) stop(p);
}

void runTasks(int64_t tasks, void (*task)(void*, int64_t, int), void* context) {
  Pool& p = pool();
  // Another JavaScript thread may have the pool; tasks do not care who runs them, so this one runs its own.
  std::unique_lock<std::mutex> region(p.region, std::defer_lock);
  const int lanes = threadCount();
  if (tasks <= 1 || lanes <= 1 || p.wanted <= 1 || !region.try_lock()) {
    for (int64_t i = 0; i < tasks; i++) task(context, i, 0);
    return;
  }
  if (p.workers.empty()) start(p);
  p.tasks = tasks;
  p.lanes = lanes;
  p.task = task;
  p.context = context;
  p.next.store(0, std::memory_order_relaxed);
  p.door.fetch_add(Pool::kGeneration + Pool::kOpen);
  if (p.sleepers.load() > 0) {
    { std::lock_guard<std::mutex> lock(p.sleep); }
    p.wake.notify_all();
  }
  drain(p, 0);
  p.door.fetch_sub(Pool::kOpen);
  for (int spins = 0; (p.door.load(std::memory_order_acquire) & (Pool::kOpen - 1)) != 0; spins++) {
    if (spins < kSpins) relax();
    else std::this_thread::yield();
  }
}

}  // namespace ae
