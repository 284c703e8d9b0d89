// A pool of threads that share out the tasks of one operation at a time.
#pragma once
#include <cstdint>

namespace ae {

// Runs task 0 … tasks - 1, each once, on the calling thread and on the pool; returns when all are done. `lane` is
// below threadCount() and never in use twice at a time. Which lane runs a task is open, so a task's result may
// depend on its number only. Tasks must not throw.
void runTasks(int64_t tasks, void (*task)(void* context, int64_t index, int lane), void* context);

// Of what this JavaScript thread is running: the same from `takeThreadCount` to `takeThreadCount`, so that memory which
// is divided among so many lanes is used by no more.
int threadCount();

// Takes up the number that was set last, here or by another JavaScript thread.
void takeThreadCount();

// Counts the calling thread too; 1 means no pool.
void setThreadCount(int count);

// The first user starts nothing; the last one to leave ends the threads, so that the library may be unloaded.
void addThreadUser();
void removeThreadUser();

}  // namespace ae
