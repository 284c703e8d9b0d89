import type { dataSets } from './sets/index.js';

/** Names of the data sets that can be downloaded. */
export type DataSetName = keyof typeof dataSets;
