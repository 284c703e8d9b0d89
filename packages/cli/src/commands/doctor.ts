import type { Command } from 'commander';

import { command } from '../command.js';
import { createOutput, type OutputOptions } from '../output.js';

export const doctor = (): Command =>
  command(
    'doctor',
    'versions, backends, data cache and disk: what works, and the remedy for what does not',
  ).action(async (options: OutputOptions) => {
    const { examine } = await import('../examine.js');
    await examine(createOutput(options));
  });
