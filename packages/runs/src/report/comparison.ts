import { sizeOf, wordsFor } from '@ae/data';
import type { HistoryRow } from '@ae/trainer';
import { overlayCurves, seriesColor } from '@ae/viz';
import { renderSvg } from '@ae/viz/node';

import type { RunRecord } from '../record/run-record.js';
import type { Html } from './markup.js';
import { markup } from './markup.js';
import { formatMetric, formatSeconds } from './numbers.js';
import { page } from './page.js';
import { factTable, figureSection, numberTable } from './parts.js';

/** A run as a comparison shows it. */
export interface ComparedRun {
  name: string;
  run: RunRecord;
  history: readonly HistoryRow[];
}

/** The page of several runs: their numbers, their curves over each other, and how they were made. */
export function comparison(
  runs: readonly ComparedRun[],
  metrics: readonly string[],
  version: string,
): string {
  return page(
    [
      markup`<section><h2>Numbers</h2><p class="soft">${lead(runs)} between models of different kinds only mse compares.</p>${numbers(runs, metrics)}</section>`,
      figureSection('Learning', curves(runs)),
      markup`<section><h2>The runs</h2><div class="facts">${runs.map(facts)}</div></section>`,
    ],
    {
      title: `${runs.length} runs`,
      kicker: 'Comparison',
      notes: comparisonNotes(runs),
      footer: `Made by ae ${version}.`,
    },
  );
}

function lead(runs: readonly ComparedRun[]): string {
  const [first, ...others] = runs.map(({ run }) => wordsFor(run.data.shape));
  const same = first && others.every(({ many, values }) => many === first.many && values === first.values);
  const { many, values } = same ? first : { many: 'examples', values: 'values' };
  return `Measured on the test ${many}. Losses are summed over ${values} and averaged over ${many};`;
}

function numbers(runs: readonly ComparedRun[], metrics: readonly string[]): Html {
  return numberTable(
    ['run', ...metrics, 'epochs', 'training'],
    runs.map(({ name, run }, i) => [
      markup`<span class="dot" style="background: ${seriesColor(i)}"></span>${name}`,
      ...metrics.map((metric) => formatMetric(metric, run.metrics?.test[metric])),
      String(run.epochsDone ?? 0),
      run.seconds === undefined ? '–' : formatSeconds(run.seconds),
    ]),
  );
}

/** A panel for each term that any run has. */
function curves(runs: readonly ComparedRun[]) {
  const columns = runs.flatMap(({ history }) => history.flatMap((row) => Object.keys(row)));
  const terms = new Set(
    columns.filter((column) => column.includes('.')).map((column) => column.replace(/^\w+\./, '')),
  );
  return [...terms].map((term) => ({
    caption: `${term} by epoch.`,
    svg: renderSvg(
      overlayCurves,
      { term, runs: runs.map(({ name, history }) => ({ name, rows: history })) },
      { width: 480 },
    ),
  }));
}

const facts = ({ name, run }: ComparedRun): Html =>
  factTable(name, [
    ['model', `${run.model}, recipe ${run.recipe}`],
    ['data', `${run.data.name}, ${run.data.checksum.slice(0, 12)}…`],
    ['backend', run.backend.name],
    ['command', run.command],
  ]);

/** What keeps the numbers of these runs from being compared as they stand. */
export function comparisonNotes(runs: readonly ComparedRun[]): string[] {
  const data = new Set(runs.map(({ run }) => run.data.checksum));
  const measured = runs.filter(({ run }) => run.metrics !== undefined);
  const kinds = new Map(measured.map(({ run }) => [lossKind(run), run.model]));
  const unfinished = runs
    .filter(({ run }) => run.status !== 'finished')
    .map(({ name, run }) => `${name} (${run.status})`);
  return [
    ...(data.size > 1 ? ['These runs were made on different data: their numbers do not compare.'] : []),
    ...(kinds.size > 1
      ? [
          `The losses of ${[...kinds.values()].join(' and ')} are of different kinds (${[...kinds.keys()].join('; ')}): between these runs only mse compares.`,
        ]
      : []),
    ...(unfinished.length > 0
      ? [`Not finished: ${unfinished.join(', ')}; \`ae train --out <run> --resume\` goes on with one.`]
      : []),
    ...runs.flatMap(({ name, run }) => (run.findings ?? []).map(({ text }) => `${name}: ${text}`)),
    ...new Set(runs.flatMap(({ run }) => run.data.notice ?? [])),
  ];
}

/** What a run's loss is made of; losses of one kind compare. */
function lossKind({ metrics, data }: RunRecord): string {
  const { loss: _loss, mse = NaN, ...terms } = metrics?.test ?? {};
  const isSquaredError = (sum: number) => Math.abs(sum / (mse * sizeOf(data.shape)) - 1) < 1e-3;
  const names = Object.entries(terms).map(([name, sum]) => (isSquaredError(sum) ? 'squared error' : name));
  return names.join(' + ') || 'loss alone';
}
