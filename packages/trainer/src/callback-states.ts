import type { Callback } from './callback.js';
import type { CallbackState } from './training-state.js';

/** Gives every callback that a checkpoint knows its state back. */
export function restoreCallbacks(
  callbacks: readonly Callback[],
  states: Record<string, CallbackState>,
): void {
  for (const callback of callbacks) if (states[callback.name]) callback.restore?.(states[callback.name]!);
}

/** What a checkpoint keeps of the callbacks, by their names. */
export function callbackStates(callbacks: readonly Callback[]): Record<string, CallbackState> {
  const states = callbacks.map((callback) => [callback.name, callback.state?.()] as const);
  return Object.fromEntries(
    states.filter((entry): entry is [string, CallbackState] => entry[1] !== undefined),
  );
}
