import { CommanderError } from 'commander';

import { describeFailure } from '@ae/runs/text';

import { exitCodeOf } from './exit-code.js';
import { createProgram } from './program.js';
import { printed, tell } from './terminal/standard-streams.js';

/**
 * Runs one command of `ae` as the shell would, on this process's standard streams and in its working directory.
 * @param args what stands behind `ae`
 * @returns the exit code that the command would have ended with; the process goes on
 */
export async function runProgram(args: readonly string[]): Promise<number> {
  try {
    await createProgram()
      .parseAsync([...args], { from: 'user' })
      .catch((error: unknown) => {
        if (!(error instanceof CommanderError)) throw error; // what is left is help and version
      });
    await printed();
    return 0;
  } catch (error) {
    return failed(error, args);
  }
}

/** Tells a failure on standard error, with its stack where `--verbose` is among the arguments; gives its exit code. */
export function failed(error: unknown, args: readonly string[]): number {
  tell(`${describeFailure(error, args.includes('--verbose'))}\n`);
  return exitCodeOf(error);
}
