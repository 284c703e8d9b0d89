import { join } from 'node:path';

import type { DataChoice } from '@ae/runs';
import { formatCount } from '@ae/runs/text';

import { command } from '../options/command.js';
import type { CommandDefinition } from '../options/command-definition.js';
import { withReading } from '../options/data-options.js';
import { createOutput, dim, type Output, type OutputOptions } from '../terminal/output.js';
import { textTable } from '../terminal/text-table.js';

interface DataOptions extends OutputOptions, Omit<DataChoice, 'data'> {
  out?: string;
  png?: boolean;
}

export const data: CommandDefinition = {
  place: 12,
  make: () =>
    withReading(
      command(
        'data',
        'the data sets and the cache; with a name or a path, reads, checks and draws one',
      ).argument(
        '[name or path]',
        'mnist, fashion-mnist, kmnist, digits; a file or folder of pictures, tables or arrays; a .ts file that defines data',
      ),
    )
      .option(
        '--data-dir <folder>',
        'where the four IDX files are, instead of $AE_DATA_DIR, the cache and the mirrors',
      )
      .option('--out <file.svg>', 'the contact sheet (default: runs/<name>-contact-sheet.svg)')
      .option('--png', 'also leave it as PNG, beside the SVG')
      .action((name: string | undefined, options: DataOptions) => {
        const output = createOutput(options);
        return name === undefined ? listSets(output) : showSet(name, options, output);
      }),
};

async function listSets(output: Output): Promise<void> {
  const { listData } = await import('@ae/runs');
  const { cache, dataSets } = await listData();
  const rows = dataSets.map(({ name, description, cached }) => [
    name,
    cached ? cacheText(cached) : '',
    description,
  ]);
  output.result(
    [
      textTable(['name', 'cache', 'what it is'], rows),
      '',
      `cache: ${cache}`,
      dim('fetch, check and draw one: ae data <name>'),
    ].join('\n'),
    { cache, dataSets },
  );
}

/** Loads a data set, which downloads and checks it, and draws a hundred of its images. */
async function showSet(name: string, { out, png, ...choice }: DataOptions, output: Output): Promise<void> {
  const { contactSheet, loadData, writeFigure } = await import('@ae/runs');
  const { wordsFor } = await import('@ae/data');
  const { observed } = await import('../terminal/observed.js');
  const { set, record } = await observed(output, (observer) => loadData({ ...choice, data: name }, observer));
  const path = out ?? join('runs', `${set.name}-contact-sheet.svg`);
  const files = await writeFigure(path, contactSheet(set.train), { png });
  const words = wordsFor(record.shape);
  const facts = [
    ['data set', record.name],
    ['source', record.source],
    [
      words.many,
      `${formatCount(record.train)} training, ${formatCount(record.validation)} validation, ${formatCount(record.test)} test`,
    ],
    ['size', words.size],
    ['SHA-256', record.checksum],
  ];
  output.result([...facts.map(([key, value]) => `${key!.padEnd(9)} ${value}`), ...files].join('\n'), {
    ...record,
    files,
  });
}

const cacheText = ({ files, bytes }: { files: number; bytes: number }): string =>
  files === 0 ? 'nothing' : `${files} of 4 files, ${(bytes / 1e6).toFixed(1)} MB`;
