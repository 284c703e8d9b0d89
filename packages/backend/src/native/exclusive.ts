import type { TensorInfo } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

import type { NativeBackend } from './backend.js';

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
    const copy = tf.tidy(() => tf.keep(tf.add(info as tf.Tensor, 0)));
    info.assign(copy);
    copy.dispose();
  }
  backend.own(info.dataId);
}
