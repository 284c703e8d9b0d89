/** Data that is not what it should be: a damaged, foreign or inconsistent file. The message names the file, what was found and what was expected. */
export class DataError extends Error {
  override readonly name = 'DataError';
  /** For callers that cannot compare classes across copies of this package. */
  readonly code = 'ERR_BAD_DATA';
}
