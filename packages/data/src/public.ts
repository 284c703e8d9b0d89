export {
  batches,
  type BatchOptions,
  type BatchSource,
  type ExampleBatch,
  type MemoryBatchSource,
} from './batches.js';
export { checksumOf, sha256Of } from './checksum.js';
export { fileOfBytes, fileOfPage, type PageFile } from './data-file.js';
export { DataError } from './data-error.js';
export { checkDataSet, defineData, type DataDefinition, type DataRequest } from './define-data.js';
export {
  sizeOf,
  unitOf,
  widthOf,
  type DataSet,
  type Examples,
  type Field,
  type Scaling,
} from './examples.js';
export type { ExampleStream, StreamedParts } from './example-stream.js';
export type { Archive, DataFile, Format, Reading, ReadOptions, ReadParts } from './format.js';
export { FileError } from './file-error.js';
export { formats } from './formats/index.js';
export { fromArray, type ArrayOptions, type NumberArray } from './from-array.js';
export { hex, parseIdxHeader, writeIdxHeader, type IdxHeader } from './idx/header.js';
export { isGzip, unpackIdx, type UnpackOptions } from './idx/unpack.js';
export { examplesOfImages, type ImageExamples, type Picture } from './images/examples-of-images.js';
export { fitImage, type Fit } from './images/fit-image.js';
export type { ImageOptions, Pixels } from './images/pixels.js';
export { placesByLabel } from './places-by-label.js';
export { randomNumbers, shuffle, type RandomNumbers } from './random.js';
export { dataSetOf, type PartsOptions } from './data-set-of.js';
export { readData, type ReadDataOptions } from './read-data.js';
export { applyScaling, minMax, robust, standardise, unscale, type ScaledExamples } from './scaling.js';
export { select, slice } from './select.js';
export { splitExamples, type SplitOptions } from './split-examples.js';
export { splitValidation, validationCountOf, type ValidationOptions } from './split-validation.js';
export { throwIfStopped, type StopSignal } from './stop-signal.js';
export { rowsOf, type TableRows } from './rows-of.js';
export { windows, type WindowOptions } from './windows.js';
export { writeCsv, type CsvOptions } from './write-csv.js';
export { capital, wordsFor, type Words } from './words.js';
