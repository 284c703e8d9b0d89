import type { NativeKernels } from '../kernel.js';
import { arrangeKernels } from './arrange.js';
import { binaryKernels } from './binary.js';
import { chooseKernels } from './choose.js';
import { convKernels } from './conv.js';
import { fillKernels } from './fill.js';
import { matMulKernels } from './matmul.js';
import { optimizerKernels } from './optimizers.js';
import { poolKernels } from './pool.js';
import { randomKernels } from './random.js';
import { reduceKernels } from './reduce.js';
import { resizeKernels } from './resize.js';
import { unaryKernels } from './unary.js';

/** Every kernel that runs in C++. */
export const nativeKernels: NativeKernels = {
  ...matMulKernels,
  ...convKernels,
  ...poolKernels,
  ...unaryKernels,
  ...binaryKernels,
  ...reduceKernels,
  ...resizeKernels,
  ...arrangeKernels,
  ...fillKernels,
  ...chooseKernels,
  ...randomKernels,
  ...optimizerKernels,
};
