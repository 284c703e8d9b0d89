import { CommanderError } from 'commander';

import { describeFailure, exitCodeOf } from './exit-code.js';
import { createProgram } from './program.js';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Who reads has enough, as with `ae models | head`.
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await createProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    process.stderr.write(`${describeFailure(error, process.argv.includes('--verbose'))}\n`);
    process.exitCode = exitCodeOf(error);
  }
}
