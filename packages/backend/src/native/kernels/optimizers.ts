import type { TensorInfo } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

import type { NativeBackend } from '../backend.js';
import { isFloat, sizeOf, type NativeKernel, type NativeKernels } from '../kernel.js';

/** A whole update in place: the gradient and the step's scalars are read, the variable and its slots written. */
const update =
  (operation: string, ...slots: string[]): NativeKernel =>
  (backend, inputs) => {
    const { gradient, hyper } = inputs;
    const written = ['variable', ...slots].map((name) => inputs[name]);
    const variable = written[0];
    if (!gradient || !hyper || !variable || !isFloat(gradient, hyper, ...written))
      throw new TypeError(`Cannot run ${operation}: an input is missing or no float32, expected gradient, hyper, variable, ${slots}`);
    const own = written.map((info) => exclusive(backend, info!));
    backend.launch(operation, [sizeOf(variable.shape)], [gradient, hyper], own);
    return [];
  };

/** A tensor that nobody else sees may be written; a variable that shares its data gets data of its own first. */
function exclusive(backend: NativeBackend, info: TensorInfo): TensorInfo {
  if (backend.refCount(info.dataId) > 1) {
    if (!(info instanceof tf.Variable))
      throw new TypeError('Cannot update a tensor in place: other tensors share its data, expected a variable or a tensor alone');
    const copy = tf.tidy(() => tf.keep(tf.add(info as tf.Tensor, 0)));
    info.assign(copy);
    copy.dispose();
  }
  backend.own(info.dataId);
  return info;
}

export const optimizerKernels: NativeKernels = {
  UpdateAdam: update('UpdateAdam', 'moment1', 'moment2'),
  UpdateAdamax: update('UpdateAdamax', 'moment1', 'norm'),
  UpdateSgd: update('UpdateSgd', 'velocity'),
  UpdateRmsprop: update('UpdateRmsprop', 'meanSquare', 'velocity'),
};
