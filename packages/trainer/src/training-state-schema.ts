import type { TensorData } from '@ae/models';
import * as v from 'valibot';

import { anyNumber, from0, wholeFrom0, wholeFrom1 } from './number-schemas.js';
import { optimizerSchema } from './optimizer.js';

const numbers = v.record(v.string(), anyNumber);
const tensor = v.custom<TensorData>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    'shape' in value &&
    'data' in value &&
    ArrayBuffer.isView(value.data),
  'a tensor',
);
const tensors = v.record(v.string(), tensor);

/** One row of the history: numbers by name, one of them the epoch. */
export const historyRowSchema = v.objectWithRest(
  {
    epoch: wholeFrom1,
    step: wholeFrom0,
    seconds: from0,
    imagesPerSecond: anyNumber,
    learningRate: anyNumber,
  },
  anyNumber,
);

/** A run between two steps, `TrainingState`, as a checkpoint holds it. */
export const trainingStateSchema = v.pipe(
  v.strictObject({
    weights: tensors,
    optimizer: optimizerSchema,
    optimizers: v.record(
      v.string(),
      v.strictObject({ step: wholeFrom0, learningRate: anyNumber, slots: tensors }),
    ),
    random: v.strictObject({ seed: wholeFrom0, counter: wholeFrom0 }),
    source: v.strictObject({ length: wholeFrom1, count: wholeFrom1 }),
    epoch: wholeFrom1,
    batch: wholeFrom0,
    step: wholeFrom0,
    seconds: from0,
    trainingSeconds: from0,
    means: v.strictObject({ images: wholeFrom0, sums: numbers }),
    callbacks: v.record(v.string(), v.strictObject({ values: numbers, tensors: v.exactOptional(tensors) })),
    history: v.array(historyRowSchema),
  }),
  v.check(({ batch, source }) => batch <= source.length, 'batch at most source.length'),
  v.check(
    ({ epoch, history }) => history.length === epoch - 1,
    'a row of history for every epoch that is done',
  ),
  v.check(
    ({ history }) => history.every(({ epoch }, i) => epoch === i + 1),
    'the epochs of its history in their order',
  ),
);
