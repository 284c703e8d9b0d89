/** Processor seconds that the work takes, which hardly depend on what else the machine does. */
export function cpuSeconds(work: () => void): number {
  const started = process.cpuUsage();
  work();
  return process.cpuUsage(started).user / 1e6;
}
