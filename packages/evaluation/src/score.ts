import type { Examples } from '@ae/data';
import { decodeAll, encodeAll, type Autoencoder } from '@ae/models';

import { metrics } from './metrics/index.js';

/**
 * A number an example that says how badly the model draws it again: what it has never seen, it cannot draw.
 * @param options.metric a name in `metrics` @default 'mse'
 * @returns `[count]`
 * @throws RangeError for a metric that is not known
 */
export async function scoresOf(
  model: Autoencoder,
  examples: Examples,
  { metric: name = 'mse' }: { metric?: string } = {},
): Promise<Float64Array> {
  const metric = Object.values(metrics).find((each) => each.name === name);
  if (!metric)
    throw new RangeError(
      `Cannot score: found no metric "${name}", expected one of ${Object.keys(metrics).join(', ')}`,
    );
  const { values } = await decodeAll(model, await encodeAll(model, examples));
  return metric.measure(examples, values as Float32Array);
}
