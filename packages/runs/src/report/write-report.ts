import { join } from 'node:path';

import { writeFileWhole } from '@ae/trainer/node';
import { renderPng } from '@ae/viz/node';

import type { Figure } from '../run-figure.js';
import type { Run } from '../open-run.js';
import { runReport } from './run-report.js';
import type { PageFigure } from './parts.js';
import { runFiles } from '../record/run-folder.js';

/**
 * Draws every figure of a run into its folder, then its report: one page that opens from disk.
 * @param options.png whether to leave every figure as PNG too @default false
 * @param options.check called before each figure and before the page; what it throws ends the drawing
 * @returns the report's path
 */
export async function writeReport(
  run: Run,
  { png = false, check = () => {} }: { png?: boolean | undefined; check?: () => void } = {},
): Promise<string> {
  const figures = await run.figures();
  for (const figure of figures) {
    check();
    await writeFigure(join(run.folder, runFiles.figures, `${figure.name}.svg`), figure, { png });
  }
  check();
  const { summary } = run.definition;
  await writeFileWhole(
    run.report,
    runReport(run.record, { summary, figures: onPage(figures), detection: await run.detection() }),
  );
  return run.report;
}

/** A figure on its own: as SVG on a light ground and, where wanted, as PNG beside it. Gives the paths. */
export async function writeFigure(
  path: string,
  figure: Figure,
  { png = false }: { png?: boolean | undefined } = {},
): Promise<string[]> {
  const svg = figure.draw({ theme: 'light' });
  await writeFileWhole(path, svg);
  if (!png) return [path];
  const pngPath = path.replace(/(\.svg)?$/, '.png');
  await writeFileWhole(pngPath, renderPng(svg));
  return [path, pngPath];
}

/** Figures as a page shows them: on the page's own ground, in light and in dark, and again for a phone where they are wide. */
export const onPage = (figures: readonly Figure[]): Record<string, PageFigure> =>
  Object.fromEntries(
    figures.map(({ name, section, caption, widths: { page, phone }, draw }) => [
      name,
      {
        section,
        caption,
        svg: draw({ width: page }),
        ...(phone !== undefined && { narrow: draw({ width: phone }) }),
      },
    ]),
  );
