export { compareRuns, type Comparison } from './compare-runs.js';
export { RunFolderError, StoppedOnRequest, UsageError } from './errors.js';
export { detectRun, type DetectOptions } from './detect-run.js';
export { fitRunDetector, type RunDetectorOptions } from './fit-run-detector.js';
export { detectionSchema, type Detection } from './record/detection-record.js';
export { evaluateRun } from './evaluate-run.js';
export { contactSheet, listData, type NamedData } from './data-sets.js';
export { examine, type Examined } from './examine.js';
export type { Figure, FigureChoice, FigurePlan, FigureSource, RunFigure } from './run-figure.js';
export { listModels } from './list-models.js';
export { listRuns, type ListedRun } from './list-runs.js';
export type { Answer, LoopbackServer, Reply } from './live/loopback-server.js';
export { serveRun } from './live/serve-run.js';
export type { Coming, Observer } from './observer.js';
export { openRun, type Run } from './open-run.js';
export type { OpenOptions, Places, ReproduceOptions, TrainOptions } from './options.js';
export { checkOutputFile } from './output-file.js';
export type { Source, SourceFile } from './own-code/source.js';
export { trustFolder, type Trust } from './own-code/trust.js';
export { chooseBackend, type ChosenBackend } from './prepare/choose-backend.js';
export { modelOf, type FoundModel } from './prepare/find-model.js';
export { loadData, type DataChoice, type LoadedData, type RunData } from './prepare/load-data.js';
export type { OwnDataOptions } from './prepare/own-files.js';
export { scoreData, scoreFiles, type ScoredData } from './score-data.js';
export { scalingNames, type ScalingName } from './prepare/scale-parts.js';
export type { OptionValue } from './prepare/model-options.js';
export { readHistory, readRun } from './record/read-run.js';
export { runFiles } from './record/run-folder.js';
export {
  evaluationSchema,
  runRecordSchema,
  type DataRecord,
  type Evaluation,
  type Metrics,
  type RunRecord,
} from './record/run-record.js';
export { writeFigure, writeReport } from './report/write-report.js';
export { reproduce, type OriginalModel, type PlannedRun, type Reproduction } from './reproduce.js';
export { trainRun } from './train-run.js';
export { trustRun } from './trust-run.js';
export { versions } from './versions.js';
