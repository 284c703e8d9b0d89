import { join } from 'node:path';

import { dataSets } from '@ae/data-mnist';
import { defaultCacheFolder, inspectCache } from '@ae/data-mnist/node';
import { imageGrid } from '@ae/viz';
import { renderSvg } from '@ae/viz/node';

import type { DataOptions } from './commands/data.js';
import type { Figure } from './figures.js';
import { loadData } from './load-data.js';
import { pick, placesByLabel, type LabelledImages } from './model-images.js';
import { dim, type Output } from './output.js';
import { formatCount } from './report/numbers.js';
import { textTable } from './text-table.js';
import { writeFigure } from './write-report.js';

/** `ae data`: the data sets that can be asked for by name, and what the cache holds of them. */
export async function listData(output: Output): Promise<void> {
  const cached = await inspectCache();
  const sets = Object.values(dataSets).map(({ name, description }) => {
    const { files = 0, bytes = 0 } = cached.find((each) => each.name === name) ?? {};
    return { name, description, cached: { files, bytes } };
  });
  const drawn = 'Digits drawn by the embedded generator: as many as MNIST, no network needed';
  const rows = sets.map(({ name, description, cached: { files, bytes } }) => [
    name,
    cacheText(files, bytes),
    description,
  ]);
  const folder = defaultCacheFolder();
  output.result(
    [
      textTable(['name', 'cache', 'what it is'], [...rows, ['digits', '', drawn]]),
      '',
      `cache: ${folder}`,
      dim('fetch, check and draw one: ae data <name>'),
    ].join('\n'),
    { cache: folder, dataSets: [...sets, { name: 'digits', description: drawn }] },
  );
}

/** `ae data <name>`: loads a data set, which downloads and checks it, and draws a hundred of its images. */
export async function showData(
  name: string,
  { dataDir, out, png = false }: DataOptions,
  output: Output,
): Promise<void> {
  const { set, record } = await loadData({ data: name, dataDir }, output);
  const path = out ?? join('runs', `${set.name}-contact-sheet.svg`);
  const files = await writeFigure(path, contactSheet(set.train), png);
  const facts = [
    ['data set', record.name],
    ['source', record.source],
    [
      'images',
      `${formatCount(record.train)} training, ${formatCount(record.validation)} validation, ${formatCount(record.test)} test`,
    ],
    ['size', `${record.height} × ${record.width}`],
    ['SHA-256', record.checksum],
  ];
  output.result([...facts.map(([key, value]) => `${key!.padEnd(9)} ${value}`), ...files].join('\n'), {
    ...record,
    files,
  });
}

function contactSheet(set: LabelledImages): Figure {
  const { values: pixels, count, shape } = pick(set, placesByLabel(set.labels, 100));
  const [height, width] = shape as [number, number];
  return {
    name: 'contact-sheet',
    caption: 'The first training images of each label.',
    widths: { page: 480 },
    draw: (options) => renderSvg(imageGrid, { pixels, count, height, width }, { columns: 10, ...options }),
  };
}

const cacheText = (files: number, bytes: number): string =>
  files === 0 ? 'nothing' : `${files} of 4 files, ${(bytes / 1e6).toFixed(1)} MB`;
