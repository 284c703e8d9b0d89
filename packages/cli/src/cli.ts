import { UsageError } from '@ae/runs/text';

import { failed, runProgram } from './run-program.js';
import { outliveReaders } from './terminal/standard-streams.js';

/** As it is at the start: code of a user's own may not call it later on. */
const exit = process.exit.bind(process);
const args = process.argv.slice(2);

outliveReaders();
process.on('uncaughtException', (error) => {
  const isOurs = process.listenerCount('uncaughtException') === 1; // a run that can still save has its own listener
  if (isOurs) void end(failed(error, args));
});
process.on('beforeExit', () => {
  const error = new UsageError('Cannot finish: found a promise that nothing will settle, expected it to end');
  void end(failed(error, args));
});
void runProgram(args).then(end);

/** Ends the process, whatever a model's own code has left running. */
async function end(code: number): Promise<void> {
  await new Promise<void>((resolve) => process.stderr.write('', () => resolve()));
  exit(code);
}
