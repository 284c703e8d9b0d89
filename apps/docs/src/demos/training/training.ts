/** Models of the zoo that can be trained here, each with a code of two dimensions. */
export const trainable = ['vae', 'ae', 'conv-ae', 'conv-vae'] as const;
export type Trainable = (typeof trainable)[number];

/** What may change while it runs. */
export interface Settings {
  learningRate: number;
  /** Weight of the KL term, where the loss has one. */
  beta: number;
}

export interface TrainRequest {
  model: Trainable;
  /** Of the weights, the digits, their order and all noise. */
  seed: number;
  /** How many digits to train on. */
  images: number;
  batchSize: number;
  epochs: number;
  settings: Settings;
}

/** What the page tells the worker. */
export type Command =
  | { type: 'start'; request: TrainRequest }
  | { type: 'run' | 'pause' | 'step' }
  | { type: 'set'; settings: Settings };

/** The model at one moment, as seen by some test digits. */
export interface Snapshot {
  epoch: number;
  /** Steps since the start. */
  step: number;
  /** Whether it is the end of the epoch, or the untrained model. */
  complete: boolean;
  /** Loss terms by name (`train.loss`, `validation.kl`, …); until the epoch is complete the means so far. */
  row: Record<string, number>;
  /** `[watched, 2]` */
  codes: Float32Array;
  /** `[reconstructed, 784]` in [0, 1] */
  reconstructions: Float32Array;
}

/** What the worker tells the page. */
export type Report =
  | { type: 'backend'; name: string; why: string; notice?: string }
  /** The test digits that are watched. */
  | { type: 'digits'; images: Uint8Array; labels: Uint8Array }
  | { type: 'snapshot'; snapshot: Snapshot }
  | { type: 'paused' | 'finished' }
  | { type: 'failed'; message: string };

/** Test digits whose codes are drawn, and of these the first few that are reconstructed. */
export const WATCHED = 300;
export const RECONSTRUCTED = 10;

/** Starts training in a worker, which is told to stop by `terminate()`. */
export function startTraining(request: TrainRequest, onReport: (report: Report) => void): Worker {
  const worker = new Worker(new URL('./training.worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }: MessageEvent<Report>) => onReport(data);
  worker.onerror = ({ message }) => onReport({ type: 'failed', message: `Cannot train: ${message}` });
  worker.postMessage({ type: 'start', request } satisfies Command);
  return worker;
}
