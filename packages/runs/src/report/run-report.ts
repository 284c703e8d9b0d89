import { capital, wordsFor } from '@ae/data';
import { sections } from '../run-figure.js';
import { bestText, courseText, optionText } from './model-text.js';
import type { RunRecord } from '../record/run-record.js';
import type { Html } from './markup.js';
import { markup } from './markup.js';
import { formatCount, formatMetric, formatSeconds } from './numbers.js';
import { page } from './page.js';
import { detectorSection } from './detector-section.js';
import type { Detection } from '../record/detection-record.js';
import { factTable, figureSection, numberTable, tiles, type PageFigure } from './parts.js';

/** What a run's page is made of. */
export interface RunReportOptions {
  /** One sentence about the model. */
  summary: string;
  /** By the names of their files. */
  figures: Record<string, PageFigure>;
  /** How it did as a detector, where it is one. */
  detection?: Detection | undefined;
}

/** The page of one run: what it reached, its figures, what was asked, and how to repeat it. */
export function runReport(run: RunRecord, { summary, figures, detection }: RunReportOptions): string {
  return page(
    [
      headline(run),
      ...(detection ? [detectorSection(detection)] : []),
      ...figureSections(figures, run.data.shape),
      markup`<section>
        <h2>Numbers</h2>
        <p class="soft">${numbersLead(run)}</p>
        ${metricsTable(run)}
      </section>`,
      markup`<section>
        <h2>The run</h2>
        <div class="facts">${facts(run)}</div>
      </section>`,
      markup`<section>
        <h2>Again</h2>
        <p class="soft">The same seed, data and backend give the same weights.</p>
        <pre>${run.command}</pre>
      </section>`,
    ],
    {
      title: run.model,
      kicker: `Recipe ${run.recipe} on ${run.data.name}`,
      summary,
      notes: notesOf(run),
      footer: `Made by ae ${run.versions.ae}${run.finishedAt === undefined ? '' : ` on ${run.finishedAt.slice(0, 10)}`}.`,
    },
  );
}

function notesOf({ status, epochsDone = 0, epochs, data, findings = [] }: RunRecord): string[] {
  return [
    ...findings.map(({ text }) => text),
    ...(data.notice === undefined ? [] : [data.notice]),
    ...(status === 'finished'
      ? []
      : [
          `This run ${status === 'interrupted' ? 'was interrupted' : 'has not finished'}: ${epochsDone} of ${epochs} epochs are done. \`ae train --out <this folder> --resume\` goes on with it.`,
        ]),
  ];
}

/** The sections of a run's figures; whichever are there, each with its figures in the order that they are given in. */
export const figureSections = (figures: Record<string, PageFigure>, shape: readonly number[]): Html[] =>
  sections.flatMap((section) => {
    const found = Object.values(figures).filter((figure) => figure.section === section);
    const title = section === 'Images' ? capital(wordsFor(shape).many) : section;
    return found.length === 0 ? [] : [figureSection(title, found)];
  });

function headline({ metrics, epochsDone, seconds, imagesPerSecond, epochs, data }: RunRecord): Html {
  const { one, many, value } = wordsFor(data.shape);
  const { loss, mse } = metrics?.test ?? {};
  return tiles([
    { name: `Test loss per ${one}`, value: formatMetric('loss', loss) },
    { name: `Test error per ${value}`, value: formatMetric('mse', mse), unit: 'MSE' },
    { name: 'Epochs', value: epochsDone === epochs ? String(epochs) : `${epochsDone ?? 0} of ${epochs}` },
    ...(seconds === undefined ? [] : [{ name: 'Training', value: formatSeconds(seconds) }]),
    ...(imagesPerSecond === undefined
      ? []
      : [{ name: 'Speed', value: formatCount(imagesPerSecond), unit: `${many}/s` }]),
  ]);
}

function numbersLead({ bestEpoch, data }: RunRecord): string {
  const { many, values } = wordsFor(data.shape);
  const kind = data.type === 'uint8' ? 'in [0, 1]' : data.scaling ? 'as they were scaled' : 'as they are';
  const best =
    bestEpoch === undefined
      ? ''
      : ` Measured on the weights of epoch ${bestEpoch}, the best on the validation ${many}.`;
  return `Losses are summed over ${values} and averaged over ${many}; mse is a mean over ${values}, of ${values} ${kind}.${best}`;
}

/** A row a metric; PCA's only where it was measured. */
function metricsTable({ metrics, pca }: RunRecord): Html {
  const names = Object.keys(metrics?.test ?? {});
  return numberTable(
    ['', 'test', 'validation', ...(pca ? [`PCA, ${pca.components} components`] : [])],
    names.map((name) => [
      name,
      formatMetric(name, metrics?.test[name]),
      formatMetric(name, metrics?.validation[name]),
      ...(pca ? [formatMetric(name, name === 'mse' ? pca.mse : undefined)] : []),
    ]),
  );
}

function facts({
  options,
  optimizer,
  schedule,
  anneal = {},
  best,
  epochs,
  batchSize,
  seed,
  data,
  backend,
  versions,
}: RunRecord): Html[] {
  const { name: optimizerName, ...rates } = optimizer;
  const { name: scheduleName, ...scheduleRates } = schedule ?? { name: 'constant' };
  return [
    factTable(
      'Model',
      Object.entries(options).map(([key, value]) => [key, optionText(value)] as const),
    ),
    factTable('Training', [
      ['optimizer', `${optimizerName}${ratesText(rates)}`],
      ['schedule', `${scheduleName}${ratesText(scheduleRates)}`],
      ...Object.entries(anneal).map(([name, course]) => [name, courseText(course)] as const),
      ...(best ? [['best epoch', bestText(best)] as const] : []),
      ['epochs', String(epochs)],
      ['batch size', String(batchSize)],
      ['seed', String(seed)],
    ]),
    factTable('Data', [
      ['data set', data.name],
      ['source', data.source],
      [
        wordsFor(data.shape).many,
        `${formatCount(data.train)} training, ${formatCount(data.validation)} validation, ${formatCount(data.test)} test`,
      ],
      ['size', wordsFor(data.shape).size],
      ...(data.classes ? [['classes', String(data.classes.length)] as const] : []),
      ['SHA-256', data.checksum],
    ]),
    factTable('Machine', [
      ['backend', `${backend.name}: ${backend.why}`],
      ['TensorFlow.js', versions.tfjs],
      ['Node.js', versions.node],
      ['ae', versions.ae],
    ]),
  ];
}

const ratesText = (rates: Record<string, unknown>): string =>
  Object.entries(rates)
    .map(([key, value]) => `, ${key} ${String(value)}`)
    .join('');
