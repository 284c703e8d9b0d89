import type { Examples } from '@ae/data';
import { decodeAll, encodeAll, type Autoencoder } from '@ae/models';

import type { Metric } from './metric.js';
import { metrics } from './metrics/index.js';

/**
 * A number an example that says how badly the model draws it again: what it has never seen, it cannot draw. Of a metric
 * that is better the higher it is, the negative.
 * @param options.metric a name in `metrics`, or a metric of one's own @default 'mse'
 * @returns `[count]`
 * @throws RangeError for a name that is not known, or examples of a shape that the metric cannot be taken of
 */
export async function scoresOf(
  model: Autoencoder,
  examples: Examples,
  { metric = 'mse' }: { metric?: string | Metric } = {},
): Promise<Float64Array> {
  const { name, better, refuses, measure } = typeof metric === 'string' ? named(metric) : metric;
  const refusal = refuses?.(examples.shape);
  if (refusal !== undefined) throw new RangeError(`Cannot take ${name}: ${refusal}`);
  const { values } = await decodeAll(model, await encodeAll(model, examples));
  const measured = measure(examples, values as Float32Array);
  return better === 'lower' ? measured : measured.map((value) => -value);
}

function named(name: string): Metric {
  const found = Object.values<Metric>(metrics).find((each) => each.name === name);
  if (found) return found;
  throw new RangeError(
    `Cannot score: found no metric "${name}", expected one of ${Object.keys(metrics).join(', ')}`,
  );
}
