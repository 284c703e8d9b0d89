declare const setTimeout: (callback: () => void, milliseconds: number) => unknown;

/** Lets everything else have its turn, such as a signal to stop: at most every 50 ms, because a turn itself takes one to four. */
export function pausesForEvents(): () => Promise<void> {
  let last = Date.now();
  return async () => {
    if (Date.now() - last < 50) return;
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    last = Date.now();
  };
}
