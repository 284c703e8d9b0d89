import type { TensorInfo } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

import type { NativeBackend } from '../types.js';
import { copyOf } from './copy.js';

/**
 * Makes a tensor safe to write in place: afterwards nobody else sees its data. A variable whose data others share
 * gets a copy of its own first.
 * @throws TypeError for a tensor that is no variable and shares its data
 */
export function makeExclusive(backend: NativeBackend, info: TensorInfo): void {
  if (backend.refCount(info.dataId) > 1) {
    if (!(info instanceof tf.Variable))
      throw new TypeError(
        'Cannot update a tensor in place: other tensors share its data, expected a variable or a tensor alone',
      );
    giveOwnData(backend, info);
  }
  backend.own(info.dataId);
}

/** Every variable of this backend gets data that no other tensor has. */
export function separateVariables(backend: NativeBackend): void {
  for (const variable of Object.values(tf.engine().registeredVariables))
    if (backend.data.has(variable.dataId) && backend.refCount(variable.dataId) > 1)
      giveOwnData(backend, variable);
}

function giveOwnData(backend: NativeBackend, variable: tf.Variable): void {
  if (variable.dtype === 'string' || variable.dtype === 'complex64') return;
  const copy = tf.engine().makeTensorFromTensorInfo(copyOf(backend, variable));
  variable.assign(copy);
  copy.dispose();
}
