import { numberStream, type NumberStream } from '@ae/models/plain';
import { pca, tsne, type PointSet } from '@ae/viz';
import { UMAP } from 'umap-js';

import type { Embedding, EmbedRequest, Method } from './embedding.js';

/** Milliseconds between two reports. */
const REPORT_EVERY = 100;

onmessage = ({ data: { codes, seed } }: MessageEvent<EmbedRequest>) => {
  const { project, explainedVariance, totalVariance } = pca(codes, 2);
  const explained = (explainedVariance[0]! + explainedVariance[1]!) / totalVariance;
  report({ method: 'pca', points: project(codes.values), done: 1, explained });
  runUmap(codes, seed);
  runTsne(codes, seed);
};

/** L. McInnes, J. Healy & J. Melville, "UMAP: uniform manifold approximation and projection", 2018. */
function runUmap(codes: PointSet, seed: number): void {
  const nNeighbors = Math.min(15, codes.count - 1);
  const umap = new UMAP({ nNeighbors, minDist: 0.1, random: oneByOne(numberStream(seed)) });
  const steps = umap.initializeFit(rowsOf(codes));
  runSteps(
    'umap',
    steps,
    () => umap.step(),
    () => Float32Array.from(umap.getEmbedding().flat()),
  );
}

/** UMAP draws millions; four thousand at a time take a quarter of the time. */
function oneByOne({ uniform }: NumberStream): () => number {
  let [drawn, at] = [uniform(4096), 0];
  return () => {
    if (at === drawn.length) [drawn, at] = [uniform(4096), 0];
    return drawn[at++]!;
  };
}

function runTsne(codes: PointSet, seed: number): void {
  const { iterations, step, points } = tsne(codes, { seed });
  runSteps('tsne', iterations, step, () => Float32Array.from(points));
}

function runSteps(method: Method, steps: number, step: () => void, points: () => Float32Array): void {
  let reported = performance.now();
  for (let i = 0; i < steps; i++) {
    step();
    if (performance.now() - reported < REPORT_EVERY || i === steps - 1) continue;
    report({ method, points: points(), done: (i + 1) / steps });
    reported = performance.now();
  }
  report({ method, points: points(), done: 1 });
}

const report = (embedding: Embedding) => postMessage(embedding);

const rowsOf = ({ values, count, dimensions }: PointSet): number[][] =>
  Array.from({ length: count }, (_, i) => Array.from(values.subarray(i * dimensions, (i + 1) * dimensions)));
