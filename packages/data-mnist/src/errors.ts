/** Data that is not what it should be: a damaged, foreign or inconsistent file. The message names the file, what was found and what was expected. */
export class DataError extends Error {
  override readonly name = 'DataError';
  /** For callers that cannot compare classes across copies of this package. */
  readonly code = 'ERR_BAD_DATA';
}

/** Nothing could be downloaded from any mirror. The message lists what each of them answered, and the remedy. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
  /** For callers that cannot compare classes across copies of this package. */
  readonly code = 'ERR_NO_DOWNLOAD';
}
