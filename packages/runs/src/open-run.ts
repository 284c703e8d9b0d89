import { join } from 'node:path';

import { select } from '@ae/data';
import {
  disposeModel,
  encodeAll,
  type Autoencoder,
  type ModelDefinition,
  type RandomStream,
} from '@ae/models';
import { detectorFrom, type Detector } from '@ae/evaluation';
import type { HistoryRow } from '@ae/trainer';
import { removeLeftovers } from '@ae/trainer/node';

import { UsageError } from './errors.js';
import type { Figure, FigureChoice } from './run-figure.js';
import type { Observer } from './observer.js';
import type { OpenOptions } from './options.js';
import { buildModel, putWeights } from './prepare/build-model.js';
import { chooseBackend } from './prepare/choose-backend.js';
import { modelOf, modelOfRun, type FoundModel } from './prepare/find-model.js';
import type { LoadedData } from './prepare/load-data.js';
import { reloadData } from './prepare/reload-data.js';
import { stateOf, type Detection } from './record/detection-record.js';
import { readDetection } from './record/read-detection.js';
import { readBestWeights, readHistory, readRun, type Weights } from './record/read-run.js';
import { runFiles } from './record/run-folder.js';
import type { Metrics, RunRecord } from './record/run-record.js';

/** A run with its best weights in place. */
export interface Run {
  folder: string;
  /** What was asked of it, and what came of it: `run.json`. */
  record: RunRecord;
  /** Of the best weights, on the test and the validation images; absent before the run has finished. */
  metrics: { test: Metrics; validation: Metrics } | undefined;
  definition: ModelDefinition;
  model: Autoencoder;
  weights: Weights;
  random: RandomStream;
  /** A row an epoch. */
  history(): Promise<HistoryRow[]>;
  /** The run's data; loaded when they are asked for. */
  data(): Promise<LoadedData>;
  /** Numbers in a code. */
  dimensions(): Promise<number>;
  /**
   * The figures that the run has the data for, in the order of the report; with a name only that one. The model is asked for
   * all of them once, however often they are asked for.
   */
  figures(only?: string, choice?: FigureChoice): Promise<Figure[]>;
  /** What it was made a detector by, and how that did; absent where it is none. */
  detection(): Promise<Detection | undefined>;
  /** It as a detector; absent where it is none. */
  detector(): Promise<Detector | undefined>;
  /** Where its page is, once it has one. */
  report: string;
  /** Frees the model. */
  dispose(): void;
}

/**
 * Opens a run folder.
 * @throws UsageError where there is no run, or its data are gone
 * @throws RunFolderError where a file of it is damaged, or its own code is not trusted
 */
export async function openRun(
  folder: string,
  { data: place, dataDir, backend = 'auto', model: named, trust }: OpenOptions = {},
  observer: Observer = {},
): Promise<Run> {
  const record = await readRun(folder);
  await removeLeftovers(folder);
  const { definition } = await chosenModel(named, record, { folder, trust, observer });
  const { name, why } = await chooseBackend(backend, observer);
  observer.detail?.(`backend ${name}: ${why}`);
  let loaded: Promise<LoadedData> | undefined;
  const data = () => (loaded ??= reloadData(record.data, { data: place, dataDir }, observer));
  return holdRun({ folder, record, definition, data });
}

/**
 * Builds the model of a run whose data are known, with its best weights.
 * @throws RunFolderError where these are damaged
 */
export async function holdRun(known: Pick<Run, 'folder' | 'record' | 'definition' | 'data'>): Promise<Run> {
  const { folder, record, definition } = known;
  const weights = await readBestWeights(folder, record);
  const { model, random } = buildModel(definition, record);
  const dispose = () => disposeModel(model);
  try {
    putWeights(model, weights, folder);
  } catch (error) {
    dispose();
    throw error;
  }
  return runOf({ ...known, model, weights, random, dispose });
}

/** A run whose model is at hand. */
export function runOf(
  held: Omit<Run, 'metrics' | 'history' | 'dimensions' | 'figures' | 'report' | 'detection' | 'detector'>,
): Run {
  const { folder, record, model, weights, data } = held;
  const history = () => readHistory(folder, record);
  const detection = () => readDetection(folder, weights.bytes);
  const detector = async () => {
    const found = await detection();
    return found && detectorFrom(stateOf(found), model);
  };
  let all: Promise<Figure[]> | undefined;
  const draw = async (choice: FigureChoice & { only?: string }) => {
    const { runFigures } = await import('./run-figures.js'); // loads the drawing only now
    const test = async () => (await data()).set.test;
    const { seed } = record;
    return runFigures(
      {
        model,
        seed,
        shape: record.data.shape,
        history: await history(),
        test,
        detector,
        normal: record.data.normal,
      },
      choice,
    );
  };
  return {
    ...held,
    ...{ metrics: record.metrics, history, detection, detector, report: join(folder, runFiles.report) },
    dimensions: async () => (await encodeAll(model, select((await data()).set.test, [0]))).dimensions,
    figures: (only, choice) =>
      only === undefined && choice === undefined
        ? (all ??= draw({}))
        : draw({ ...choice, ...(only !== undefined && { only }) }),
  };
}

/** The model that the run keeps, or the file that was named in its stead. */
async function chosenModel(
  named: string | undefined,
  run: RunRecord,
  { folder, trust, observer }: { folder: string; trust: OpenOptions['trust']; observer: Observer },
): Promise<FoundModel> {
  if (named === undefined) return modelOfRun(run, folder, { trust }, observer);
  const found = await modelOf(named);
  if (found.definition.name !== run.model)
    throw new UsageError(
      `Cannot use --model ${named}: it is ${found.definition.name}, expected ${run.model} as the run was trained with`,
    );
  if (found.source?.sha256 !== run.source?.sha256)
    observer.notice?.(
      `${named} is not the source that the run was trained with; what is measured is its doing`,
    );
  return found;
}
