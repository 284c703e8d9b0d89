/** A file could not be written or read; `ae` exits with 74. */
export class DiskError extends Error {
  override readonly name = 'DiskError';
  constructor(
    message: string,
    /** What the operating system says: `ENOSPC`, `EACCES`, `ENOENT`, … */
    readonly code: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Says what was tried, what the operating system answered, and what to do about it. */
export function diskError(what: string, path: string, cause: unknown, kept = ''): DiskError {
  const { code = 'EIO', syscall } = cause as NodeJS.ErrnoException;
  const [found, remedy] = (syscall === 'mkdir' ? FOLDER_ANSWERS[code] : undefined) ??
    ANSWERS[code] ?? [cause instanceof Error ? cause.message : String(cause), 'check the disk'];
  return new DiskError(`Cannot ${what} ${path}: ${found} (${code}); ${remedy}${kept}`, code, { cause });
}

/** What the answers mean where a folder was to be made: those around it are there by then. */
const FOLDER_ANSWERS: typeof ANSWERS = {
  ENOENT: ['found a place that takes no folders, expected one on a disk', 'choose another folder'],
  EPERM: ['found a place that takes no folders, expected one on a disk', 'choose another folder'],
};

const ANSWERS: Record<string, [found: string, remedy: string]> = {
  ENOSPC: ['found no space left on the disk, expected room for it', 'free some space'],
  EDQUOT: ['found the quota used up, expected room for it', 'free some space'],
  EACCES: ['found no permission, expected to be allowed to', 'choose another folder or change its rights'],
  EPERM: ['found no permission, expected to be allowed to', 'choose another folder or change its rights'],
  EROFS: ['found a read-only disk, expected to be allowed to write', 'choose another folder'],
  ENOENT: ['found nothing there, expected it to exist', 'check the name'],
  EEXIST: ['found a file, expected a folder', 'choose another folder'],
  ENOTDIR: ['found a file, expected a folder', 'choose another folder'],
  ELOOP: ['found links that lead back to themselves, expected a folder', 'choose another folder'],
  ENAMETOOLONG: ['found a name that is too long, expected one that the disk takes', 'choose another name'],
  EISDIR: ['found a folder, expected a file', 'choose another name'],
};
