import { join } from 'node:path';

import { checkOutputFile, runFiles, writeFigure, type Figure, type Observer, type Run } from '@ae/runs';

import type { FigureCommandOptions } from '../options/figure-command.js';
import { createOutput } from './output.js';
import { withRun } from './with-run.js';

/** Draws one figure of a run to its file, and prints the path. */
export function drawFigure(
  folder: string,
  options: FigureCommandOptions,
  figureOf: (run: Run, observer: Observer) => Promise<Figure[]>,
): Promise<void> {
  const { out, png = false, force } = options;
  if (out !== undefined) {
    checkOutputFile(out, '.svg', force);
    if (png) checkOutputFile(out.replace(/(\.svg)?$/, '.png'), '.png', force);
  }
  const output = createOutput(options);
  return withRun(folder, options, output, async (run, observer) => {
    const [figure] = await figureOf(run, observer);
    const path = out ?? join(folder, runFiles.figures, `${figure!.name}.svg`);
    const files = await writeFigure(path, figure!, { png });
    output.result(files.join('\n'), { run: folder, files });
  });
}
