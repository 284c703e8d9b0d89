// What the platforms offer; none of it belongs to a language library that this door is checked against.
declare const setImmediate: ((callback: () => void) => void) | undefined;
declare const MessageChannel: (new () => { port1: Port; port2: Port }) | undefined;
declare const setTimeout: (callback: () => void, milliseconds: number) => void;
interface Port {
  onmessage: (() => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

/**
 * Lets timers, signals, input and drawing have their turn. Awaiting a resolved promise does not: that is a
 * microtask, and all microtasks run before the next event.
 */
export function yieldToEvents(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else if (typeof MessageChannel === 'function') byMessage(MessageChannel, resolve);
    else setTimeout(resolve, 0);
  });
}

/** A page delays nested timers by 4 ms, but not messages. */
function byMessage(Channel: NonNullable<typeof MessageChannel>, resolve: () => void): void {
  const { port1, port2 } = new Channel();
  port1.onmessage = () => {
    port1.close();
    resolve();
  };
  port2.postMessage(undefined);
}
