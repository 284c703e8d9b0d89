import type { Command } from 'commander';

import { command } from '../command.js';
import { createOutput, type OutputOptions } from '../output.js';

/** What may be typed after `ae data`. */
export interface DataOptions extends OutputOptions {
  dataDir?: string;
  out?: string;
  png?: boolean;
}

export const data = (): Command =>
  command('data', 'the data sets and the cache; with a name, fetches, checks and draws one')
    .argument('[name or folder]', 'mnist, fashion-mnist, kmnist, digits, or a folder of IDX files')
    .option(
      '--data-dir <folder>',
      'where the four IDX files are, instead of $AE_DATA_DIR, the cache and the mirrors',
    )
    .option('--out <file.svg>', 'the contact sheet (default: runs/<name>-contact-sheet.svg)')
    .option('--png', 'also leave it as PNG, beside the SVG')
    .action(async (name: string | undefined, options: DataOptions) => {
      const { listData, showData } = await import('../show-data.js');
      const output = createOutput(options);
      await (name === undefined ? listData(output) : showData(name, options, output));
    });
