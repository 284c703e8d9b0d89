import type { PointSet } from '@ae/viz';

export const methods = ['pca', 'umap', 'tsne'] as const;
export type Method = (typeof methods)[number];

export const methodNames: Record<Method, string> = { pca: 'PCA', umap: 'UMAP', tsne: 't-SNE' };

export interface EmbedRequest {
  codes: PointSet;
  /** Of what is random in UMAP and t-SNE. */
  seed: number;
}

/** A picture of the codes in the plane, finished or on its way. */
export interface Embedding {
  method: Method;
  /** `[count, 2]` */
  points: Float32Array;
  /** From 0 to 1. */
  done: number;
  /** Share of the variance that the plane shows; only a PCA has one. */
  explained?: number;
}

/**
 * Computes a PCA, a UMAP and a t-SNE in a worker, one after the other; `onProgress` is told some times a second.
 * @returns a function that stops it
 */
export function embed(
  request: EmbedRequest,
  onProgress: (embedding: Embedding) => void,
  onError: (error: Error) => void,
): () => void {
  const worker = new Worker(new URL('./embedding.worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }: MessageEvent<Embedding>) => {
    onProgress(data);
    if (data.method === methods.at(-1) && data.done === 1) worker.terminate();
  };
  worker.onerror = ({ message }) => onError(new Error(`Cannot lay out the codes: ${message}`));
  worker.postMessage(request);
  return () => worker.terminate();
}
