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

/** A file that is there and that the system does not let us read: a lack of rights, a failing disk. */
export class FileError extends Error {
  override readonly name = 'FileError';
  /** What the system says: `EACCES`, `EIO` and the like. */
  readonly code: string;
  constructor(file: string, cause: unknown) {
    const { code = 'EIO', message } = cause as { code?: string; message: string };
    const isForbidden = code === 'EACCES' || code === 'EPERM';
    super(
      isForbidden
        ? `Cannot read ${file}: found no permission to (${code}), expected to be allowed to; change its rights or those of its folders`
        : `Cannot read ${file}: ${message}, expected a file that can be read; check the disk`,
      { cause },
    );
    this.code = code;
  }
}
