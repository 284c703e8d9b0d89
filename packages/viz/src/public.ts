export type { FigureOptions } from './figure.js';
export type { ImageStack, Stack, ValueStack } from './parts/stack.js';
export type { Label } from './parts/classes.js';
export { classColor } from './parts/class-color.js';
export { pca, type Pca } from './projections/pca.js';
export { tsne, type Tsne, type TsneOptions } from './projections/tsne.js';
export type { PointSet } from './projections/points.js';
export { manifoldGrid, type ManifoldGrid } from './manifold-grid.js';
export { codeAxis, linearAxis, type CodeAxis } from './parts/symlog.js';
