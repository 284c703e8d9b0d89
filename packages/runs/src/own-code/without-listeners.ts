const NAMES = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

/**
 * Does work that cannot be asked to stop, such as a model's own code that may never end: meanwhile a signal ends the
 * process, as where nobody listens.
 */
export async function withoutListeners<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  const heard = NAMES.flatMap((name) => process.listeners(name).map((listener) => ({ name, listener })));
  for (const { name, listener } of heard) process.off(name, listener);
  try {
    return await work();
  } finally {
    for (const { name, listener } of heard) process.on(name, listener);
  }
}
