import { StoppedOnRequest, UsageError } from '../errors.js';
import type { Source } from './source.js';

/**
 * An error of a user's own code, told as that: its words, and where in the source it arose. An error that this project
 * throws says what it has to say already.
 */
export function ownFault(error: unknown, { entry }: Source): unknown {
  const message = error instanceof Error ? error.message : String(error);
  const isOfDisk = error instanceof Error && 'syscall' in error;
  if (
    isOfDisk ||
    error instanceof StoppedOnRequest ||
    /^Cannot (?!read propert|set propert|access|destructure)/.test(message)
  )
    return error;
  const at = /ae-model-[^/\\]+[/\\]([^\s()]+:\d+:\d+)/.exec(
    error instanceof Error ? (error.stack ?? '') : '',
  )?.[1];
  return new UsageError(
    `Cannot go on: the code of the model failed with "${message.replace(/\.$/, '')}" at ${at ?? entry}, expected it to run`,
    { cause: error },
  );
}
