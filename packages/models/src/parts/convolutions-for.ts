import type { Network } from '../network.js';
import { conv } from '../networks/conv.js';
import { conv1d } from '../networks/conv1d.js';

/** Convolutions along the steps of a series, over the plane of anything else. */
export const convolutionsFor = ({ shape }: { shape: readonly number[] }): Network =>
  shape.length === 2 ? conv1d : conv;
