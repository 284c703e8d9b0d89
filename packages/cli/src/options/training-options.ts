import type { Command } from 'commander';

import { collect } from './command.js';
import { positiveNumber, wholeNumber } from './number-option.js';

/** Adds how a model is set and trained, and where its run goes; see `TrainOptions` of `@ae/runs`. */
export const withTraining = (made: Command): Command =>
  made
    .option('--set <key=value>', "one of the model's options; may be repeated", collect)
    .option('--epochs <n>', 'passes over the training examples', wholeNumber('--epochs', { min: 1 }))
    .option('--batch-size <n>', 'examples in a step', wholeNumber('--batch-size', { min: 1 }))
    .option('--learning-rate <rate>', 'the rate to begin with', positiveNumber('--learning-rate'))
    .option('--seed <n>', 'one seed gives one run (default: 1)', wholeNumber('--seed'))
    .option('--out <folder>', 'the run folder (default: runs/<model>-<time>)')
    .option('--resume', 'go on with the run in --out where it stopped')
    .option('--png', 'also leave every figure as PNG');
