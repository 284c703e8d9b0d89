import type { OpenOptions } from '@ae/runs';
import type { Command } from 'commander';

import type { OutputOptions } from '../terminal/output.js';

/** What the commands that draw one figure share. */
export interface FigureCommandOptions extends OpenOptions, OutputOptions {
  out?: string;
  png?: boolean;
  force?: boolean;
}

/** Adds where a figure goes. */
export const withFigureFile = (made: Command): Command =>
  made
    .option('--out <file.svg>', "the figure's file (default: in the run's figures folder)")
    .option('--png', 'also leave it as PNG, beside the SVG')
    .option('--force', 'write over a file that is no such figure');
