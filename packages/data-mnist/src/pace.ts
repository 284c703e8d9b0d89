/** How fast bytes come in. */
export interface Pace {
  /** Bytes a second, over the last second or more; absent in the first second. */
  rate?: number;
  /** So many bytes have come so far. */
  reach(done: number): void;
  stop(): void;
}

/** Watches how many bytes come in; `onSlow` is told the rate after every window in which they were fewer than expected. */
export function startPace(
  { minimumRate, rateWindow }: { minimumRate: number; rateWindow: number },
  onSlow: (rate: number) => void,
): Pace {
  let done = 0;
  let measured = { done: 0, at: Date.now() };
  let windowBegan = 0;
  const timer = setInterval(() => {
    const rate = ((done - windowBegan) * 1000) / rateWindow;
    windowBegan = done;
    if (rate < minimumRate) onSlow(rate);
  }, rateWindow);
  const pace: Pace = {
    reach(total) {
      done = total;
      const now = Date.now();
      if (now - measured.at < 1000) return;
      pace.rate = ((done - measured.done) * 1000) / (now - measured.at);
      measured = { done, at: now };
    },
    stop: () => clearInterval(timer),
  };
  return pace;
}
