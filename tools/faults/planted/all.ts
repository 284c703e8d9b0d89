import { backend } from './backend.js';
import { cli } from './cli.js';
import { data } from './data.js';
import { dataMnist } from './data-mnist.js';
import { evaluation } from './evaluation.js';
import { models } from './models.js';
import type { Planted } from './planted.js';
import { runs } from './runs.js';
import { trainer } from './trainer.js';
import { viz } from './viz.js';

/** Every bug that is planted. */
export const planted: readonly Planted[] = [
  data,
  dataMnist,
  models,
  trainer,
  viz,
  evaluation,
  backend,
  runs,
  cli,
].flat();
