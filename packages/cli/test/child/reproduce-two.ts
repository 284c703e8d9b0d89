// `ae reproduce` for two of its four models, because the others take long; the arguments are those of the command.
import { reproduceModels } from '../../src/commands/reproduce.js';
import { exitCodeOf } from '../../src/exit-code.js';

try {
  const options = { data: 'tiny', epochs: 1, out: 'again', resume: process.argv.includes('--resume') };
  await reproduceModels(options, ['ae', 'vae']);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = exitCodeOf(error);
}
