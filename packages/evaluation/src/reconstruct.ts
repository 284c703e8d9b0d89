import type { Examples } from '@ae/data';
import { decodeAll, encodeAll, type Autoencoder } from '@ae/models';

import { rowsOf } from './rows.js';

/** (x̂ − x)² of every value, `count` × `shape`; bytes stand for value/255. */
export async function squaredErrors(model: Autoencoder, examples: Examples): Promise<Float32Array> {
  const { values } = rowsOf('Cannot reconstruct', examples);
  const { values: reconstructed } = await decodeAll(model, await encodeAll(model, examples));
  return reconstructed.map((value, i) => (value - values[i]!) ** 2);
}
