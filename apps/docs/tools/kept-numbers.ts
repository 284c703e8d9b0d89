/** What the pages show of a run's `run.json`: what was asked, what came out, and nothing of the machine's folders. */
export interface KeptNumbers {
  model: string;
  recipe: string;
  options: Record<string, number | string | boolean | readonly number[]>;
  optimizer: { name: string; learningRate: number };
  epochs: number;
  bestEpoch?: number;
  batchSize: number;
  seed: number;
  data: { name: string; checksum: string; train: number; validation: number; test: number };
  backend: { name: string; why: string };
  versions: Record<string, string>;
  finishedAt: string;
  seconds: number;
  imagesPerSecond: number;
  metrics: { test: Record<string, number>; validation: Record<string, number> };
  pca: { components: number; mse: number };
  /** What stands under each figure in the run's report. */
  captions?: Record<string, string>;
}

/**
 * Chooses what is kept.
 * @throws TypeError where the run is not finished or not evaluated
 */
export function keptNumbers(run: KeptNumbers & { status: string }): KeptNumbers {
  if (run.status !== 'finished' || !run.metrics || !run.pca)
    throw new TypeError(
      `Cannot keep the numbers of ${run.model}: it is ${run.status}, expected finished and evaluated`,
    );
  const { model, recipe, options, optimizer, epochs, batchSize, seed, backend, versions } = run;
  const { finishedAt, seconds, imagesPerSecond, metrics, pca } = run;
  const { name, checksum, train, validation, test } = run.data;
  return {
    ...{ model, recipe, options, optimizer, epochs, batchSize, seed, backend, versions },
    ...(run.bestEpoch !== undefined && { bestEpoch: run.bestEpoch }),
    data: { name, checksum, train, validation, test },
    ...{ finishedAt, seconds, imagesPerSecond, metrics, pca },
  };
}
