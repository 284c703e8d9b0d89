import type { TensorInfo } from '@tensorflow/tfjs';

import { isFloat, sizeOf, type NativeKernel, type NativeKernels } from '../kernel.js';
import type { OperationName } from '../operations.js';
import { makeExclusive } from './exclusive.js';

/** A whole update in place: the gradient and the step's scalars are read, the variable and its slots written. */
const update =
  (operation: Extract<OperationName, `Update${string}`>, ...slots: string[]): NativeKernel =>
  (backend, inputs) => {
    const { gradient, hyper } = inputs;
    const written = ['variable', ...slots].map((name) => inputs[name]);
    const variable = written[0];
    if (!gradient || !hyper || !variable || !isFloat(gradient, hyper, ...written))
      throw new TypeError(
        `Cannot run ${operation}: an input is missing or no float32, expected gradient, hyper, variable, ${slots}`,
      );
    for (const info of written) makeExclusive(backend, info!);
    backend.update(operation, [sizeOf(variable.shape)], [gradient, hyper], written as TensorInfo[]);
    return [];
  };

export const optimizerKernels: NativeKernels = {
  UpdateAdam: update('UpdateAdam', 'moment1', 'moment2'),
  UpdateAdamax: update('UpdateAdamax', 'moment1', 'norm'),
  UpdateSgd: update('UpdateSgd', 'velocity'),
  UpdateRmsprop: update('UpdateRmsprop', 'meanSquare', 'velocity'),
};
