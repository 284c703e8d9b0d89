import { digits } from '@ae/data-mnist';
import { plainModel } from '@ae/models/plain';

import { imageOf, type EncodedDigits, type EncodeRequest } from './encoded-digits.js';
import { squaredErrorOf } from './squared-error.js';

/** Milliseconds between two reports. */
const REPORT_EVERY = 120;
/** So many are drawn and reported first, that there is something to see at once. */
const FIRST = 60;

onmessage = async ({ data: request }: MessageEvent<EncodeRequest>) => {
  const { weights, count: total, seed, measure, from } = request;
  const models = weights.map(plainModel);
  const codes = models.map(({ latentDim }) => new Float32Array(total * latentDim));
  const errors = models.map(() => new Float32Array(total));
  let { images, labels } = from ?? (await drawnDigits(seed, Math.min(FIRST, total)));
  let reported = performance.now();
  for (let index = 0; index < total; index++) {
    if (index === labels.length) ({ images, labels } = await drawnDigits(seed, total));
    const image = imageOf({ images }, index);
    models.forEach((model, n) => {
      const code = model.encode(image);
      codes[n]!.set(code, index * model.latentDim);
      if (measure) errors[n]![index] = squaredErrorOf(image, model.decode(code));
    });
    const count = index + 1;
    if (count !== FIRST && count !== total && performance.now() - reported < REPORT_EVERY) continue;
    postMessage({ count, total, images, labels, codes, errors } satisfies Omit<EncodedDigits, 'kind'>);
    reported = performance.now();
  }
};

/** The first so many digits of a seed; the same ones however many are asked for. */
async function drawnDigits(seed: number, count: number): Promise<{ images: Uint8Array; labels: Uint8Array }> {
  const { test } = await digits({ seed, train: 1, validationCount: 0, test: count });
  return { images: test.values, labels: test.labels };
}
