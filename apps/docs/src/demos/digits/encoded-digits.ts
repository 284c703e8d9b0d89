import type { DescribedWeights } from '@ae/models/plain';

export interface EncodeRequest {
  /** Of each model; a worker can be sent no functions. */
  weights: DescribedWeights[];
  /** How many digits. */
  count: number;
  seed: number;
  /** Images to take the first of; drawn by the embedded generator without. */
  from?: { images: Uint8Array; labels: Uint8Array } | undefined;
  /** Whether to decode them as well, and measure the error. */
  measure: boolean;
}

/** Digits with their codes; one array per model. */
export interface EncodedDigits {
  /** What to call one of them. */
  kind: 'MNIST test digit' | 'drawn digit';
  /** How many are encoded so far; the first of each array. */
  count: number;
  total: number;
  /** `[count or more, 784]`, bytes. */
  images: Uint8Array;
  /** `[count or more]` */
  labels: Uint8Array;
  /** `[total, latentDim]` each. */
  codes: Float32Array[];
  /** `[total]` each: the mean over pixels of the squared error of the reconstruction; zeros where not measured. */
  errors: Float32Array[];
}

/**
 * Encodes digits in a worker, which draws them where none are given; `onProgress` is told some times a second, the last time with all of them.
 * @returns a function that stops it
 */
export function encodeDigits(
  request: EncodeRequest,
  onProgress: (digits: EncodedDigits) => void,
  onError: (error: Error) => void,
): () => void {
  const worker = new Worker(new URL('./encoded-digits.worker.ts', import.meta.url), { type: 'module' });
  const kind = request.from ? 'MNIST test digit' : 'drawn digit';
  worker.onmessage = ({ data }: MessageEvent<Omit<EncodedDigits, 'kind'>>) => {
    onProgress({ ...data, kind });
    if (data.count === data.total) worker.terminate();
  };
  worker.onerror = ({ message }) => onError(new Error(`Cannot encode the digits: ${message}`));
  const { from, count } = request;
  worker.postMessage({ ...request, from: from && firstOf(from, count) });
  return () => worker.terminate();
}

const firstOf = ({ images, labels }: NonNullable<EncodeRequest['from']>, count: number) => ({
  images: images.slice(0, 784 * count),
  labels: labels.slice(0, count),
});

/** Image `index` in [0, 1]. */
export const imageOf = ({ images }: Pick<EncodedDigits, 'images'>, index: number): Float32Array =>
  Float32Array.from(images.subarray(index * 784, (index + 1) * 784), (byte) => byte / 255);

/** Code `index` of one model. */
export const codeOf = (codes: Float32Array, latentDim: number, index: number): Float32Array =>
  codes.slice(index * latentDim, (index + 1) * latentDim);
