export type { FigureOptions } from './figure.js';
export type { ImageStack } from './parts/image-stack.js';
export type { Label } from './parts/classes.js';
export { digitColor } from './parts/digit-color.js';
export { pca, type Pca } from './pca/pca.js';
export type { PointSet } from './pca/points.js';
export { manifoldGrid, type ManifoldGrid } from './manifold-grid.js';
