export { batches, type Batchable, type BatchOptions, type BatchSource, type ImageBatch } from './batches.js';
export {
  dataSets,
  fileNames,
  type DataSetName,
  type PublishedDataSet,
  type PublishedFile,
} from './catalog.js';
export {
  dataSetFromIdx,
  type DataSet,
  type DataSetOptions,
  type IdxFile,
  type ImageSet,
  type Part,
} from './data-set.js';
export { digits, type DigitsOptions } from './digits.js';
export { DataError, DownloadError, FileError, DataNotFoundError } from './errors.js';
export { parseIdx, writeIdx, type Idx, type IdxValues } from './idx.js';
export { splitValidation, type ValidationOptions } from './split.js';
export type { Progress, StopSignal } from './progress.js';
