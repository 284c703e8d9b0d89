import type { PcaBaseline } from '@ae/evaluation';

import type { DataRecord, RunRecord } from '../record/run-record.js';
import type { Html } from './markup.js';
import { markup } from './markup.js';
import { formatCount, formatMetric, formatSeconds } from './numbers.js';
import { page } from './page.js';
import { figurePairs, numberTable, type PageFigure } from './parts.js';

/** One of the eight runs with its figures, and a PCA of the size of its code. */
export interface ReproducedRun {
  run: RunRecord;
  /** Of the code. */
  dimensions: number;
  pca: PcaBaseline;
  figures: Record<string, PageFigure>;
  summary: string;
}

/** What the plots of the PyTorch repository that this project goes back to end at; its epochs were of 10,000 images. */
const originEnds: Record<string, string> = {
  ae: 'MSE 0.0405',
  'conv-ae': 'MSE 0.010',
  vae: 'about 152 nats',
  'conv-vae': 'about 198 nats',
};

/** One page of the original repository's four models, its recipe beside ours. */
export function reproduction(runs: readonly ReproducedRun[], data: DataRecord, version: string): string {
  const models = [...new Set(runs.map(({ run }) => run.model))];
  return page(
    [
      markup`<section><h2>Numbers</h2><p class="soft">Measured on the ${formatCount(data.test)} test images. Losses are summed over pixels and averaged over images; mse is a mean over pixels, of pixels in [0, 1]; a PCA of the size of the code is the best that a linear model can do.</p>${table(runs)}</section>`,
      ...models.map((model) => modelSection(runs.filter(({ run }) => run.model === model))),
    ],
    {
      title: 'Four autoencoders, again',
      kicker: `Reproduction on ${data.name}`,
      summary:
        'The four models of the small PyTorch repository that this project goes back to: its recipe as it was, beside our own.',
      notes: data.notice === undefined ? [] : [data.notice],
      footer: `Made by ae ${version} with seed ${runs[0]?.run.seed ?? 1} on ${runs[0]?.run.backend.name ?? 'no backend'}.`,
    },
  );
}

const table = (runs: readonly ReproducedRun[]): Html =>
  numberTable(
    ['', 'code', 'epochs', 'test loss', 'kl', 'mse', 'PCA mse', 'training', "original's plot"],
    runs.map(({ run, dimensions, pca }) => [
      `${run.model} ${run.recipe}`,
      String(dimensions),
      String(run.epochsDone ?? 0),
      formatMetric('loss', run.metrics?.test.loss),
      formatMetric('kl', run.metrics?.test.kl),
      formatMetric('mse', run.metrics?.test.mse),
      formatMetric('mse', pca.mse),
      formatSeconds(run.seconds ?? 0),
      run.recipe === 'original' ? (originEnds[run.model] ?? '–') : '',
    ]),
  );

/** Every kind of figure that either recipe has, the recipes beside each other. */
function modelSection(runs: readonly ReproducedRun[]): Html {
  const names = new Set(runs.flatMap(({ figures }) => Object.keys(figures)));
  names.delete('originals');
  const rows = [...names].map((name) =>
    runs.map(
      ({ run, figures: { [name]: figure } }) =>
        figure && { ...figure, caption: `Recipe ${run.recipe}. ${figure.caption}` },
    ),
  );
  return markup`<section><h2>${runs[0]!.run.model}</h2><p class="soft">${runs[0]!.summary}.</p>${runs.flatMap(({ run }) => (run.findings ?? []).map(({ text }) => markup`<p class="note" role="note">Recipe ${run.recipe}. ${text}</p>`))}${figurePairs(rows)}</section>`;
}
