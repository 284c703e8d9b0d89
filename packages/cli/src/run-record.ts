import type { Finding } from './diagnose-code.js';
import type { Settings } from './settings.js';

/** Named numbers: `loss`, `reconstruction`, `kl`, `mse`. Summed over pixels, averaged over images; mse per pixel. */
export type Metrics = Record<string, number>;

/** `run.json`: what was asked of a run, and what came of it. */
export interface RunRecord extends Settings {
  format: 1;
  status: 'running' | 'finished' | 'stopped' | 'failed';
  model: string;
  /** Where the model is a user's own: its file, relative to the run folder. */
  modelFile?: string;
  data: DataRecord;
  backend: { name: string; why: string };
  versions: { ae: string; node: string; tfjs: string };
  /** What repeats this run. */
  command: string;
  startedAt: string;
  finishedAt?: string;
  /** Epochs that are done. */
  epochsDone?: number;
  /** The epoch whose weights `best.safetensors` holds, of which the metrics and figures are made. */
  bestEpoch?: number;
  /** Time spent training, over all resumptions. */
  seconds?: number;
  imagesPerSecond?: number;
  metrics?: { test: Metrics; validation: Metrics };
  /** What a reader of the metrics must not overlook, such as a code that died. */
  findings?: Finding[];
  /** What `ae evaluate` found for a linear code of the same size on the test images. */
  pca?: { components: number; mse: number };
}

/** The data set of a run. */
export interface DataRecord {
  /** What was asked for, as `askedFor` gives it. */
  asked: string;
  /** What `--data-dir` named, absolute. */
  dir?: string;
  name: string;
  source: string;
  /** SHA-256 over the unpacked bytes. */
  checksum: string;
  train: number;
  validation: number;
  /** What drew the validation images out of the training images; absent where they are the end of the file. */
  validationSeed?: number;
  /** What `--validation` named. */
  validationShare?: number;
  test: number;
  height: number;
  width: number;
  /** What was said when another data set took the place of what was asked. */
  notice?: string;
}

/** Whether a parsed `run.json` has what every command needs; the first thing that lacks, otherwise. */
export function findFault(record: unknown): string | undefined {
  if (typeof record !== 'object' || record === null) return 'no object';
  const found = record as Record<string, unknown>;
  if (found.format !== 1) return `format ${JSON.stringify(found.format)}, expected 1`;
  const expected: Record<string, string> = {
    status: 'string',
    model: 'string',
    recipe: 'string',
    options: 'object',
    optimizer: 'object',
    epochs: 'number',
    batchSize: 'number',
    seed: 'number',
    data: 'object',
    backend: 'object',
    versions: 'object',
  };
  for (const [name, type] of Object.entries(expected))
    if (typeof found[name] !== type || found[name] === null)
      return `${name} is ${JSON.stringify(found[name])}, expected a ${type}`;
  const { checksum, name } = found.data as Partial<DataRecord>;
  return typeof checksum === 'string' && typeof name === 'string'
    ? undefined
    : 'data has no name or no checksum';
}
