import { afterEach, describe, expect, jest, test } from '@jest/globals';

const exit = jest.spyOn(process, 'exit').mockImplementation((() => {}) as never);
const { stopOnSignals } = await import('../src/node/stop-on-signals.js');

let stop: ReturnType<typeof stopOnSignals>;
const now = jest.spyOn(performance, 'now');
/** A signal that comes so many milliseconds after the start. */
function comes(name: NodeJS.Signals, at: number): void {
  now.mockReturnValue(1000 + at);
  process.emit(name, name);
}
afterEach(() => {
  stop.release();
  exit.mockClear();
});

describe('stopOnSignals()', () => {
  test('takes a signal that comes twice in one moment, as through npx, for one', () => {
    stop = stopOnSignals();
    comes('SIGINT', 0);
    comes('SIGINT', 150);
    expect(stop).toMatchObject({ received: 'SIGINT', exitCode: 130 });
    expect(stop.signal.aborted).toBe(true);
    expect(exit).not.toHaveBeenCalled();
  });

  test.each([
    ['SIGINT', 'SIGINT', 250, 130],
    ['SIGINT', 'SIGTERM', 0, 143],
    ['SIGTERM', 'SIGHUP', 0, 129],
  ] as const)(
    'ends the process at once where %s is followed by %s after %i ms',
    (first, second, after, code) => {
      stop = stopOnSignals();
      comes(first, 0);
      comes(second, after);
      expect(exit.mock.calls).toEqual([[code]]);
    },
  );
});
