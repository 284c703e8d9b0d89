import { codeAxis, pca } from '@ae/viz';

/** Codes as points of a plane: codes of two dimensions on axes that suit them, others by their first two principal components. */
export interface FlatCodes {
  points: Float32Array;
  /** The places of other codes, `[n, latentDim]` → `[n, 2]`. */
  project(codes: Float32Array): Float32Array;
  /** Share of the variance that the plane shows, from 0 to 1. */
  explained: number;
}

/** @param codes `[count, latentDim]`, at least one */
export function flattenCodes(codes: Float32Array, latentDim: number): FlatCodes {
  if (latentDim === 2) {
    const { toPlace } = codeAxis(codes);
    return { points: codes.map(toPlace), project: (others) => others.map(toPlace), explained: 1 };
  }
  const count = codes.length / latentDim;
  const { project, explainedVariance, totalVariance } = pca(
    { values: codes, count, dimensions: latentDim },
    2,
  );
  return {
    points: project(codes),
    project,
    explained: (explainedVariance[0]! + explainedVariance[1]!) / totalVariance,
  };
}
