/** The part of an `AbortSignal` that every platform has. */
export interface StopSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
}

/** Throws the signal's reason once it is aborted. */
export function throwIfStopped(signal: StopSignal | undefined): void {
  if (signal?.aborted) throw signal.reason;
}
