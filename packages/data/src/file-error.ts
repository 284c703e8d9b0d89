/** A file that is there, or is to be, and that the system does not let us read or write: a lack of rights or room, a failing disk. */
export class FileError extends Error {
  override readonly name = 'FileError';
  /** What the system says: `EACCES`, `EIO`, `ENOSPC` and the like. */
  readonly code: string;
  constructor(file: string, cause: unknown, what: 'read' | 'write' = 'read') {
    const { code = 'EIO', message } = cause as { code?: string; message: string };
    const isForbidden = code === 'EACCES' || code === 'EPERM';
    const expected =
      what === 'read'
        ? 'a file that can be read; check the disk'
        : 'a folder with room to write to; nothing was left there';
    super(
      isForbidden
        ? `Cannot ${what} ${file}: found no permission to (${code}), expected to be allowed to; change its rights or those of its folders`
        : `Cannot ${what} ${file}: ${message}, expected ${expected}`,
      { cause },
    );
    this.code = code;
  }
}
