import { optimizerSchema, scheduleSchema } from '@ae/trainer';
import * as v from 'valibot';

const text = v.string();
const finite = v.pipe(v.number(), v.finite('a finite number'));
const whole = v.pipe(v.number(), v.safeInteger('a whole number'), v.minValue(0));
const positive = v.pipe(v.number(), v.safeInteger('a whole number'), v.minValue(1));
const sha256 = v.pipe(text, v.regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'));

/** Named numbers: `loss`, `reconstruction`, `kl`, `mse`. Summed over values, averaged over examples; mse per value. */
const metrics = v.record(text, finite);
export type Metrics = v.InferOutput<typeof metrics>;

const course = v.strictObject({
  from: finite,
  to: finite,
  over: v.pipe(finite, v.gtValue(0)),
  by: v.exactOptional(v.picklist(['linear', 'cosine', 'exponential'])),
});

const findings = v.array(v.strictObject({ kind: text, text }));
/** A place below a folder, on any system: no step upwards, no drive, no root. */
const placeBelow = v.pipe(
  text,
  v.regex(/^[^/\\:\0]+(\/[^/\\:\0]+)*$/, 'a relative path'),
  v.check(
    (path) => !path.split('/').some((part) => part === '..' || part === '.'),
    'a path without . and ..',
  ),
);
const source = v.strictObject({
  entry: placeBelow,
  files: v.pipe(v.array(v.strictObject({ path: placeBelow, sha256 })), v.minLength(1)),
  sha256,
  /** Where the file was when the run was trained, for information. */
  from: text,
});

const pca = v.strictObject({ components: positive, mse: finite });

const scaling = v.strictObject({
  method: v.picklist(['standardise', 'min-max', 'robust']),
  offset: v.array(finite),
  scale: v.array(finite),
});

const field = v.variant('kind', [
  v.strictObject({ name: text, kind: v.literal('number') }),
  v.strictObject({ name: text, kind: v.literal('category'), categories: v.array(text) }),
]);

/** How files of one's own were read: what was typed, and the format that was found. */
const read = v.strictObject({
  format: text,
  size: v.exactOptional(v.union([positive, v.tuple([positive, positive])])),
  channels: v.exactOptional(v.picklist([1, 3])),
  fit: v.exactOptional(v.picklist(['cover', 'contain'])),
  label: v.exactOptional(text),
  columns: v.exactOptional(v.array(text)),
  key: v.exactOptional(text),
  missing: v.exactOptional(v.picklist(['error', 'drop', 'keep'])),
  skipBroken: v.exactOptional(v.boolean()),
  test: v.exactOptional(finite),
  scale: v.exactOptional(v.picklist(['none', 'standardise', 'min-max', 'robust'])),
  window: v.exactOptional(positive),
  stride: v.exactOptional(positive),
});

/** The data set of a run. */
const data = v.strictObject({
  /** What was asked for, as `askedFor` gives it. */
  asked: text,
  /** That the data set itself was given, which lies nowhere. */
  given: v.exactOptional(v.literal(true)),
  /** What `--data-dir` named, absolute. */
  dir: v.exactOptional(text),
  name: text,
  source: text,
  /** SHA-256 over the unpacked bytes, or as `checksumOf` makes it. */
  checksum: sha256,
  train: positive,
  validation: whole,
  /** What drew the validation examples out of the training examples; absent where they are the end of the file. */
  validationSeed: v.exactOptional(whole),
  /** What `--validation` named. */
  validationShare: v.exactOptional(finite),
  test: whole,
  /** Of one example: `[height, width, channels]`, `[columns]`, `[steps, channels]`. */
  shape: v.pipe(v.array(positive), v.minLength(1)),
  /** Bytes, which stand for value/255, or floats as they are. */
  type: v.picklist(['uint8', 'float32']),
  /** What the labels mean. */
  classes: v.exactOptional(v.array(text)),
  /** How its files were read. */
  read: v.exactOptional(read),
  /** The classes that belong, where only they are trained on. */
  normal: v.exactOptional(v.array(text)),
  /** What the columns of a table are. */
  fields: v.exactOptional(v.array(field)),
  /** What was done to the values before the run. */
  scaling: v.exactOptional(scaling),
  /** What was said when another data set took the place of what was asked. */
  notice: v.exactOptional(text),
});
export type DataRecord = v.InferOutput<typeof data>;

/** `run.json`: what was asked of a run, and what came of it. */
export const runRecordSchema = v.strictObject({
  format: v.literal(1),
  status: v.picklist(['running', 'finished', 'stopped', 'failed']),
  model: text,
  /** Where the model is a user's own: its source, which the run keeps as `model.ts` or in `model/`. */
  source: v.exactOptional(source),
  recipe: text,
  /** Every option of the model, defaults included. */
  options: v.record(text, v.union([finite, text, v.boolean(), v.pipe(v.array(finite), v.readonly())])),
  optimizer: optimizerSchema,
  schedule: v.exactOptional(scheduleSchema),
  anneal: v.exactOptional(v.record(text, course)),
  best: v.exactOptional(
    v.union([v.literal('last'), v.strictObject({ column: text, highest: v.exactOptional(v.boolean()) })]),
  ),
  epochs: positive,
  batchSize: positive,
  seed: whole,
  data,
  backend: v.strictObject({ name: text, why: text }),
  versions: v.strictObject({ ae: text, node: text, tfjs: text }),
  /** What repeats this run. */
  command: text,
  startedAt: text,
  finishedAt: v.exactOptional(text),
  /** Where it was made longer: after which epoch, to how many, and when. */
  lengthened: v.exactOptional(v.array(v.strictObject({ from: positive, to: positive, at: text }))),
  /** Epochs that are done. */
  epochsDone: v.exactOptional(whole),
  /** The epoch whose weights `best.safetensors` holds, of which the metrics and figures are made. */
  bestEpoch: v.exactOptional(positive),
  /** Time spent training, over all resumptions. */
  seconds: v.exactOptional(finite),
  imagesPerSecond: v.exactOptional(finite),
  metrics: v.exactOptional(v.strictObject({ test: metrics, validation: metrics })),
  /** What a reader of the metrics must not overlook, such as a code that died. */
  findings: v.exactOptional(findings),
  /** SHA-256 of the run's other files; only while nothing changes them. */
  files: v.exactOptional(
    v.record(v.picklist(['history.jsonl', 'checkpoint.safetensors', 'best.safetensors']), sha256),
  ),
});
export type StoredRecord = v.InferOutput<typeof runRecordSchema>;

/** `evaluation.json`: what `ae evaluate` found, of weights with that SHA-256. */
export const evaluationSchema = v.strictObject({ weights: sha256, test: metrics, pca, findings });
export type Evaluation = v.InferOutput<typeof evaluationSchema>;

/** A run as it is told: its record, what was learnt of it later, and whether somebody is still at it. */
export type RunRecord = Omit<StoredRecord, 'status'> & {
  /** `interrupted`: it is not finished, and the process that trained it is gone. */
  status: StoredRecord['status'] | 'interrupted';
  /** What a linear code of the same size reaches on the test examples. */
  pca?: Evaluation['pca'];
};

/** What a run keeps when it goes on. */
export const begunOf = ({
  startedAt,
  lengthened,
}: RunRecord): Pick<StoredRecord, 'startedAt' | 'lengthened'> => ({
  startedAt,
  ...(lengthened && { lengthened }),
});
