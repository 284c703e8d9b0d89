/** Nothing could be downloaded from any mirror. The message lists what each of them answered, and the remedy. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
  /** For callers that cannot compare classes across copies of this package. */
  readonly code = 'ERR_NO_DOWNLOAD';
}

/** What was asked for is neither a data set's name nor a folder of IDX files, or the folder that was named does not hold the data set. */
export class DataNotFoundError extends TypeError {
  override readonly name = 'DataNotFoundError';
  /** For callers that cannot compare classes across copies of this package. */
  readonly code = 'ERR_DATA_NOT_FOUND';
  constructor(
    what: string,
    /** What is there instead, as a part of a sentence. */
    readonly found: string,
    expected: string,
  ) {
    super(`Cannot load ${what}: found ${found}, expected ${expected}`);
  }
}
