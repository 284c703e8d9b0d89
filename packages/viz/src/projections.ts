export { pca, type Pca } from './projections/pca.js';
export type { PointSet } from './projections/points.js';
export { tsne, type Tsne, type TsneOptions } from './projections/tsne.js';
