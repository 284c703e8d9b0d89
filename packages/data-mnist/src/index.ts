export { DataError, FileError } from '@ae/data';
export {
  dataSetFromIdx,
  type DataSetOptions,
  type IdxFile,
  type ImageDataSet,
  type LabelledImages,
  type Part,
} from './data-set.js';
export type { DataSetName } from './data-set-name.js';
export { digits, type DigitsOptions } from './digits.js';
export { DataNotFoundError, DownloadError } from './errors.js';
export type { Progress } from './progress.js';
export { fileNames, type PublishedDataSet, type PublishedFile } from './published.js';
export { dataSets } from './sets/index.js';
