export {
  checkpoint,
  hasCheckpoint,
  readCheckpoint,
  type CheckpointOptions,
  type FoundCheckpoint,
} from './node/checkpoint.js';
export { csvHistory } from './node/csv-history.js';
export { diskError, DiskError } from './node/disk-error.js';
export { readHistory } from './node/history-file.js';
export { jsonHistory } from './node/json-history.js';
export { isAlive, removeLeftovers } from './node/leftovers.js';
export { makeFolder } from './node/make-folder.js';
export { readRegularFile } from './node/read-file.js';
export { saveBest, type SaveBestOptions } from './node/save-best.js';
export { stopOnSignals, type SignalStop, type StopSignalName } from './node/stop-on-signals.js';
export { writeFileWhole } from './node/write-file.js';
