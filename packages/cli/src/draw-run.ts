import { join } from 'node:path';

import type { LatentMethod } from './commands/latent.js';
import { UsageError } from './exit-code.js';
import type { FigureCommandOptions } from './figure-command.js';
import { latentFigure, reconstructionsFigure, samplesFigure, type Figure } from './figures.js';
import { encodeImages, firstImages } from './model-images.js';
import { withRun, type OpenRun } from './open-run.js';
import { checkOutputFile } from './output-file.js';
import type { Output } from './output.js';
import { runFiles } from './run-folder.js';
import { pngPathOf, writeFigure } from './write-report.js';

/** `ae reconstruct`. */
export const drawReconstructions = (
  run: string,
  options: FigureCommandOptions & { count: number },
  output: Output,
) =>
  drawOne(run, options, output, async ({ model, data }) =>
    reconstructionsFigure({ model, test: (await data()).set.test }, options.count),
  );

/** `ae sample`; only of a model that is generative. */
export const drawSamples = (
  run: string,
  options: FigureCommandOptions & { count: number; seed: number },
  output: Output,
) =>
  drawOne(run, options, output, async ({ model, definition }) => {
    if (!model.sample)
      throw new UsageError(
        `Cannot draw samples: ${definition.name} is not generative, expected a run of a model such as vae`,
      );
    return samplesFigure(model, options);
  });

/** `ae latent`. */
export const drawLatent = (
  run: string,
  options: FigureCommandOptions & { method?: LatentMethod; count: number },
  output: Output,
) =>
  drawOne(run, options, output, async ({ model, data }) => {
    const { set } = await data();
    const codes = await encodeImages(model, firstImages(set.test, options.count));
    const isWide = codes.dimensions > 2;
    if (options.method === 'pca' && !isWide)
      output.notice(`the code has ${codes.dimensions} dimensions: it is drawn as it is, without a PCA`);
    if (options.method === 'code' && isWide)
      throw new UsageError(
        `Cannot use --method code: the code has ${codes.dimensions} dimensions, expected at most 2; use --method pca`,
      );
    return latentFigure(codes, set.test.labels);
  });

/** Draws one figure of a run to its file, and prints the path. */
function drawOne(
  folder: string,
  options: FigureCommandOptions,
  output: Output,
  figureOf: (open: OpenRun) => Promise<Figure>,
): Promise<void> {
  const { out, png = false, force } = options;
  if (out !== undefined) {
    checkOutputFile(out, '.svg', force);
    if (png) checkOutputFile(pngPathOf(out), '.png', force);
  }
  return withRun(folder, options, output, async (open) => {
    const figure = await figureOf(open);
    const path = out ?? join(folder, runFiles.figures, `${figure.name}.svg`);
    const files = await writeFigure(path, figure, png);
    output.result(files.join('\n'), { run: folder, files });
  });
}
