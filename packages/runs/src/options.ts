import type { DataSet } from '@ae/data';

import type { OptionValue } from './prepare/model-options.js';
import type { OwnDataOptions } from './prepare/own-files.js';
import type { Trust } from './own-code/trust.js';

/** Where computing is done and where data are. */
export interface Places {
  /**
   * A data set's name; a file or a folder of one's own, such as `./photos` or `readings.csv`; a file whose default export
   * is `defineData(…)`, which is run; or the data set itself, such as `splitExamples()` makes.
   * @default 'auto', or what the run was started with
   */
  data?: string | DataSet | undefined;
  /** Where the files of a named data set are, instead of `$AE_DATA_DIR`, the cache and the mirrors. */
  dataDir?: string | undefined;
  /** `auto`, `native`, `tensorflow`, `wasm` or `cpu`. @default 'auto', or what the run was started with */
  backend?: string | undefined;
}

/** How a run is made; a recipe's values stand where nothing is said. */
export interface TrainOptions extends Places, OwnDataOptions {
  /** A name of the zoo, or the file of an own model; with `resume` what the run was started with. */
  model?: string | undefined;
  /** Share of the training examples that is kept for validation. @default as the data set defines; of files a tenth, of four IDX files a twelfth */
  validation?: number | undefined;
  /**
   * The classes that belong: only they are trained on and validated by, and the test part has the others too. `guess`
   * finds them. @default all classes
   */
  normal?: readonly string[] | 'guess' | undefined;
  /** @default 'default' */
  recipe?: string | undefined;
  /** The model's own options. Text is read as the type of the default that it replaces: `'512,256'` as a list. */
  options?: Record<string, OptionValue> | undefined;
  epochs?: number | undefined;
  batchSize?: number | undefined;
  /** The rate to begin with. */
  learningRate?: number | undefined;
  /** One seed gives one run. @default 1 */
  seed?: number | undefined;
  /** The run folder. @default `runs/<model>-<time>` */
  out?: string | undefined;
  /** Whether to go on with the run in `out` where it stopped. @default false */
  resume?: boolean | undefined;
  /** Whether to leave every figure as PNG too. @default false */
  png?: boolean | undefined;
  /** Whether to serve a page to this machine on which the run is watched, and can be stopped. @default false */
  live?: boolean | undefined;
  /** Stops the run once it is aborted: after the step in progress, with everything saved. */
  signal?: AbortSignal | undefined;
}

/** How a run is opened. */
export interface OpenOptions extends Places {
  /** The file of the own model, instead of the source that the run keeps; it is run. */
  model?: string | undefined;
  /** Whether the source that the run keeps may run. @default whether it was trained with, or trusted, on this machine */
  trust?: Trust | undefined;
}

/** How the models of the original repository are trained again. */
export interface ReproduceOptions extends Places {
  /** @default each recipe's own */
  epochs?: number | undefined;
  /** @default 1 */
  seed?: number | undefined;
  /** Where the runs and the page go. @default `runs/reproduce-<time>` */
  out?: string | undefined;
  /** Whether to go on in `out`; finished runs are kept. @default false */
  resume?: boolean | undefined;
  png?: boolean | undefined;
  signal?: AbortSignal | undefined;
}
