import { select, splitValidation, standardise, unitOf, wordsFor, type Examples } from '@ae/data';
import { disposeModel, type Autoencoder, type ModelDefinition, type ModelOptions } from '@ae/models';

import { checkThresholdOptions, rateOf, thresholdFor, type ThresholdOptions } from './basis.js';
import { detectorFrom, type Detector, type DetectorState } from './detector.js';
import { fitScore, scoreOf } from './fit-score.js';
import { rowsOf } from './rows.js';
import type { Score } from './score.js';
import { trainOn, type TrainingOptions } from './train-on.js';

export interface DetectorOptions extends ThresholdOptions, TrainingOptions {
  /** A name in `scores`, or a score of one's own. @default 'reconstruction-error' */
  score?: string | Score;
  /** Trains once more without this share of the training part, that with the highest scores. @default 0 */
  trim?: number;
}

/**
 * A detector of what does not belong. A part of the normal examples is held out: the model is trained on the others, the
 * score learns from them, and the threshold is chosen by those held out. These are a fifth, or up to half where the rate of
 * false alarms needs more; drawn at random or, of windows of a series, the last ones. A table that is not scaled yet is
 * standardised.
 * @param model a definition, such as `vae`, which is trained here, or a model that was trained on other examples than these
 * @param normal what belongs; labels are not looked at, but by a conditional model
 * @returns a detector; its model is the caller's to free, with `disposeModel(detector.model)`
 * @throws RangeError for too few examples for the rate, a model that the score refuses, an option out of range
 * @throws TypeError where more than one option says what the threshold is
 */
export async function fitDetector<Options extends ModelOptions>(
  model: Autoencoder | ModelDefinition<Options>,
  normal: Examples,
  options: DetectorOptions,
): Promise<Detector> {
  checkOptions(model, options);
  rowsOf(CANNOT, normal);
  const split = splitFor(normal, options);
  const { train: unscaled, validation } = splitValidation(normal, split.heldOut, split.seed);
  const train = 'build' in model ? scaledForTraining(unscaled) : unscaled;
  const score = scoreOf(options.score ?? 'reconstruction-error');
  const { trained, fitted } = await fitTrimmed(model as Source, score, train, options);
  try {
    return await calibrated({ model: trained, score, fitted, train, split }, validation, options);
  } catch (error) {
    if (trained !== model) disposeModel(trained);
    throw error;
  }
}

/**
 * A detector of a model that is trained and of parts that are there already, such as those of a data set: the score learns
 * from `train`, the threshold is chosen by `heldOut`, which the model has not seen.
 * @param options.score a name in `scores`, or a score of one's own @default 'reconstruction-error'
 * @throws RangeError for too few examples for the rate, a model that the score refuses, an option out of range
 * @throws TypeError where more than one option says what the threshold is
 */
export async function detectorOf(
  model: Autoencoder,
  { train, heldOut }: NormalParts,
  options: ThresholdOptions & Pick<DetectorOptions, 'score' | 'random'>,
): Promise<Detector> {
  checkThresholdOptions(CANNOT, options);
  const score = scoreOf(options.score ?? 'reconstruction-error');
  const { fitted } = await fitScore(score, model, { normal: train, random: options.random });
  return calibrated({ model, score, fitted, train }, heldOut, options);
}

/** Normal examples: those that were trained on, and those that were not. */
export interface NormalParts {
  train: Examples;
  heldOut: Examples;
}

interface Uncalibrated extends Pick<DetectorState, 'fitted' | 'split'> {
  model: Autoencoder;
  score: Score;
  train: Examples;
}

/** With the threshold that the examples held out give, or those that are known. */
async function calibrated(
  { model, score, fitted, train, split }: Uncalibrated,
  heldOut: Examples,
  options: ThresholdOptions,
): Promise<Detector> {
  const untold: DetectorState = {
    version: 1,
    shape: [...train.shape],
    ...(train.scaling && { scaling: train.scaling }),
    ...{ score: score.name, fitted, threshold: Infinity },
    ...(split && { split }),
    basis: { by: 'contamination', asked: 0 },
  };
  const scores = await detectorFrom(untold, model, score).score(options.known?.examples ?? heldOut);
  return detectorFrom({ ...untold, ...thresholdFor(scores, options) }, model, score);
}

type Source = Autoencoder | ModelDefinition;
type Split = NonNullable<DetectorState['split']>;

const CANNOT = 'Cannot fit a detector';

/** What `fitDetector` trains on and what it holds out, of a detector's `split` and the same normal examples. */
export function partsOf(normal: Examples, { heldOut, seed }: Split): NormalParts {
  const { train, validation } = splitValidation(normal, heldOut, seed);
  return { train, heldOut: validation };
}

function splitFor({ count, shape }: Examples, options: DetectorOptions): Split {
  const rate = rateOf(options);
  const needed = rate === undefined ? 0 : Math.ceil(1 / rate - 1 - 1e-9);
  if (count < 2 || needed > count / 2)
    throw new RangeError(
      `${CANNOT}: found ${count} normal ${wordsFor(shape).many}, expected ${Math.max(2, 2 * needed)} or more${needed > 1 ? `, half of them to tell ${rate} false alarms` : ''}; give more, or a larger share`,
    );
  const heldOut = Math.max(1, Math.round(count / 5), needed);
  const isSeries = shape.length === 2;
  return { heldOut, seed: isSeries ? null : Math.floor(options.random.next() * 2 ** 32) };
}

const scaledForTraining = (examples: Examples): Examples =>
  unitOf(examples.values) === 1 && !examples.scaling ? standardise(examples) : examples;

/** A model and a score that have seen these examples, or all but those that the first ones found worst. */
async function fitTrimmed(model: Source, score: Score, train: Examples, options: DetectorOptions) {
  const { trim = 0, random } = options;
  const fitOn = async (examples: Examples) => {
    if (!('build' in model))
      return { trained: model, ...(await fitScore(score, model, { normal: examples, random })) };
    const trained = await trainOn(model, examples, options);
    try {
      return { trained, ...(await fitScore(score, trained, { normal: examples, random })) };
    } catch (error) {
      disposeModel(trained);
      throw error;
    }
  };
  const first = await fitOn(train);
  if (trim === 0) return first;
  try {
    const scores = await first.scorer.score(train);
    const order = Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
    const kept = order.slice(0, Math.max(1, Math.round((1 - trim) * train.count))).sort((a, b) => a - b);
    return await fitOn(select(train, kept));
  } finally {
    disposeModel(first.trained);
  }
}

function checkOptions(model: object, options: DetectorOptions): void {
  const { trim = 0, options: own, epochs } = options;
  checkThresholdOptions(CANNOT, options);
  if (!(trim >= 0 && trim < 1))
    throw new RangeError(`${CANNOT}: found trim ${trim}, expected a share from 0 to below 1`);
  if (!('build' in model) && (trim > 0 || own || epochs !== undefined))
    throw new TypeError(
      `${CANNOT}: found a trained model and options of a training, expected a definition such as \`vae\` where trim, options or epochs are given`,
    );
}
