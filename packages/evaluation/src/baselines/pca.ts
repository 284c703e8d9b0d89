import { pca as principalComponents } from '@ae/viz/projections';

import type { Baseline } from '../baseline.js';
import { rowsOf, type Rows } from '../rows.js';
import { meanOfRows } from '../mean-of-rows.js';

export const pca: Baseline = {
  name: 'pca',
  summary:
    'Mean squared error of the reconstruction from as many principal components as the code has numbers',
  fit(normal, { components }) {
    const rows = rowsOf('Cannot fit a PCA', normal);
    const { dimensions } = rows;
    const { mean, components: axes } = principalComponents(rows, Math.min(components, dimensions));
    const errors = (cannot: string, examples: Parameters<typeof rowsOf>[1]) =>
      squaredErrors(rowsOf(cannot, examples, dimensions), mean, axes);
    return {
      score: async (examples) => meanOfRows(errors('Cannot score by a PCA', examples), dimensions),
      where: async (examples) => errors('Cannot say where by a PCA', examples),
    };
  },
};

/** (x − x̂)² of every value, where x̂ is the projection onto the axes. */
function squaredErrors({ values, dimensions }: Rows, mean: Float64Array, axes: Float64Array): Float32Array {
  const errors = new Float32Array(values.length);
  const rest = new Float64Array(dimensions);
  for (let start = 0; start < values.length; start += dimensions) {
    for (let d = 0; d < dimensions; d++) rest[d] = values[start + d]! - mean[d]!;
    for (let axis = 0; axis < axes.length; axis += dimensions) {
      let along = 0; // the axes are at right angles: what is left of those before changes nothing
      for (let d = 0; d < dimensions; d++) along += axes[axis + d]! * rest[d]!;
      for (let d = 0; d < dimensions; d++) rest[d]! -= along * axes[axis + d]!;
    }
    for (let d = 0; d < dimensions; d++) errors[start + d] = rest[d]! ** 2;
  }
  return errors;
}
