import { CommanderError } from 'commander';

import { describeFailure, exitCodeOf, UsageError } from './exit-code.js';
import { createProgram } from './program.js';
import { outliveReaders, printed, tell } from './standard-streams.js';

/** As it is at the start: code of a user's own may not call it later on. */
const exit = process.exit.bind(process);

outliveReaders();
process.on('uncaughtException', (error) => {
  const isOurs = process.listenerCount('uncaughtException') === 1; // a run that can still save has its own listener
  if (isOurs) void end(failed(error));
});
process.on('beforeExit', () => {
  const error = new UsageError('Cannot finish: found a promise that nothing will settle, expected it to end');
  void end(failed(error));
});
void run().then(end);

async function run(): Promise<number> {
  try {
    await createProgram()
      .parseAsync()
      .catch((error: unknown) => {
        if (!(error instanceof CommanderError)) throw error; // what is left is help and version
      });
    await printed();
    return 0;
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): number {
  tell(`${describeFailure(error, process.argv.includes('--verbose'))}\n`);
  return exitCodeOf(error);
}

/** Ends the process, whatever a model's own code has left running. */
async function end(code: number): Promise<void> {
  await new Promise<void>((resolve) => process.stderr.write('', () => resolve()));
  exit(code);
}
