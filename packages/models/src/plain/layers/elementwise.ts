import { activationOf } from '../activation.js';
import type { LayerKind } from '../layer.js';

/** An activation that is a layer of its own. */
export const activation: LayerKind = {
  follows: ['activation'],
  make: (reader, from) => ({ shape: from, run: activationOf(reader) }),
};

/** x where it is positive, and alpha · x elsewhere. */
export const leakyReLU: LayerKind = {
  follows: ['alpha'],
  make(reader, from) {
    const alpha = reader.number('alpha');
    return { shape: from, run: (input) => input.map((x) => (x > 0 ? x : alpha * x)) };
  },
};

/** With the averages of training: (x - mean) / √(variance + ε) · gamma + beta, along the last side. */
export const batchNormalization: LayerKind = {
  follows: ['epsilon'],
  only: { axis: -1 },
  make(reader, from) {
    const channels = from.at(-1)!;
    const epsilon = reader.number('epsilon');
    const [mean, variance] = [reader.weight('moving_mean', 1).data, reader.weight('moving_variance', 1).data];
    if (mean.length !== channels || variance.length !== channels)
      throw reader.wrong(`${mean.length} means and ${variance.length} variances`, `${channels} of each`);
    const gamma = reader.vector('gamma', channels);
    const beta = reader.vector('beta', channels);
    const factor = Float64Array.from(variance, (of, c) => (gamma?.[c] ?? 1) / Math.sqrt(of + epsilon));
    return {
      shape: from,
      run: (input) =>
        input.map((x, i) => (x - mean[i % channels]!) * factor[i % channels]! + (beta?.[i % channels] ?? 0)),
    };
  },
};
