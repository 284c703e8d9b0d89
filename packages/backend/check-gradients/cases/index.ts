import type { Case } from '../case.js';
import { arranging } from './arrange.js';
import { convolving } from './convolution.js';
import { elementWise } from './element-wise.js';
import { images } from './image.js';
import { layers } from './layers.js';
import { losses } from './losses.js';
import { normalising } from './normalise.js';
import { picking } from './pick.js';
import { pooling } from './pool.js';
import { products } from './products.js';
import { recurrent } from './recurrent.js';
import { reducing } from './reduce.js';
import { signals } from './signal.js';
import { twoInputs } from './two-inputs.js';

export const cases: Case[] = [
  ...elementWise,
  ...twoInputs,
  ...reducing,
  ...products,
  ...convolving,
  ...pooling,
  ...images,
  ...normalising,
  ...arranging,
  ...picking,
  ...losses,
  ...signals,
  ...layers,
  ...recurrent,
];
