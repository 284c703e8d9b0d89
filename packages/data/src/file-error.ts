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
