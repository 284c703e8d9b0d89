import { syncBuiltinESMExports } from 'node:module';

import { UsageError } from '../errors.js';

/**
 * Keeps code of a user's own from ending the process, and with it a run that is not saved: from now on `process.exit`,
 * `process.abort` and a `process.kill` of the process itself throw a UsageError that names the call and its place.
 */
export function refuseExit(): void {
  const { kill } = process;
  process.exit = (code) => refuse(`process.exit(${code ?? ''})`);
  process.abort = () => refuse('process.abort()');
  process.kill = (pid, signal) =>
    pid === process.pid && signal !== 0
      ? refuse(`process.kill(process.pid, ${signal ?? "'SIGTERM'"})`)
      : kill(pid, signal);
  syncBuiltinESMExports();
}

function refuse(call: string): never {
  throw new UsageError(
    `Cannot go on: found ${call}${callerIn(new Error().stack)}, expected the model's own code to leave the process alone`,
  );
}

/** ` at own.ts:12:5`: where the refused call stands. */
function callerIn(stack = ''): string {
  const frame = stack.split('\n')[3] ?? '';
  const place = /\(?(?:file:\/\/)?([^()\s]+:\d+:\d+)\)?$/.exec(frame)?.[1];
  return place === undefined ? '' : ` at ${place.replace(/^.*[\\/]/, '')}`;
}
