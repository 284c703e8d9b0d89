import * as tf from '@tensorflow/tfjs';

import type { NetworkOptions } from '../network.js';

/** The dense layers next to a code, as the encoder has them or, in the other order, the decoder. */
export function hiddenLayers(
  { hidden, activation }: Pick<NetworkOptions, 'hidden' | 'activation'>,
  of: 'encoder' | 'decoder',
): tf.layers.Layer[] {
  if (typeof hidden === 'number')
    return hidden > 0 ? [tf.layers.dense({ units: hidden, activation, name: 'hidden' })] : [];
  return (of === 'encoder' ? hidden : hidden.toReversed()).map((units, i) =>
    tf.layers.dense({ units, activation, name: `hidden${i}` }),
  );
}
