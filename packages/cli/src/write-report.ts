import { join } from 'node:path';

import type { HistoryRow } from '@ae/trainer';
import { writeFileWhole } from '@ae/trainer/node';
import { renderPng } from '@ae/viz/node';

import { runFigures, type Figure, type FigureSource } from './figures.js';
import { runReport } from './report/run-report.js';
import type { PageFigure } from './report/parts.js';
import { runFiles } from './run-folder.js';
import type { RunRecord } from './run-record.js';

/** What a report needs besides the run's own record. */
export interface ReportSource extends FigureSource {
  history: readonly HistoryRow[];
  /** One sentence about the model. */
  summary: string;
  png: boolean;
  /** Called before each figure and before the page; what it throws ends the drawing. */
  check?: () => void;
}

/** Draws every figure of a run into its folder, then its report; gives the report's path. */
export async function writeReport(folder: string, run: RunRecord, source: ReportSource): Promise<string> {
  const { history, png, check = () => {} } = source;
  const figures = await runFigures(source, { history, seed: run.seed });
  for (const figure of figures) {
    check();
    await writeFigure(join(folder, runFiles.figures, `${figure.name}.svg`), figure, png);
  }
  check();
  const path = join(folder, runFiles.report);
  await writeFileWhole(path, runReport(run, { summary: source.summary, figures: onPage(figures) }));
  return path;
}

/** A figure on its own: as SVG on a light ground and, where wanted, as PNG beside it. Gives the paths. */
export async function writeFigure(path: string, figure: Figure, png: boolean): Promise<string[]> {
  const svg = figure.draw({ theme: 'light' });
  await writeFileWhole(path, svg);
  if (!png) return [path];
  const pngPath = pngPathOf(path);
  await writeFileWhole(pngPath, renderPng(svg));
  return [path, pngPath];
}

export const pngPathOf = (path: string): string => path.replace(/(\.svg)?$/, '.png');

/** Figures as a page shows them: on the page's own ground, in light and in dark, and again for a phone where they are wide. */
export const onPage = (figures: readonly Figure[]): Record<string, PageFigure> =>
  Object.fromEntries(
    figures.map(({ name, caption, widths: { page, phone }, draw }) => [
      name,
      { caption, svg: draw({ width: page }), ...(phone !== undefined && { narrow: draw({ width: phone }) }) },
    ]),
  );
