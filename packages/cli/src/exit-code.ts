import { StoppedOnRequest } from '@ae/runs/text';

/** How the process ends; the numbers from 64 up are those of sysexits.h. */
export const exitCodes = {
  finished: 0,
  unexpected: 1,
  usage: 2,
  lossNotFinite: 3,
  badData: 65,
  nothingDownloaded: 69,
  disk: 74,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

/** The exit code of a failure, never 0: its own class first, then what caused it. */
export function exitCodeOf(error: unknown): number {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof StoppedOnRequest) return codeOfStop[cause.by] ?? exitCodes.interrupted;
    const code = codeByName[cause.name] ?? codeByErrno(cause);
    if (code !== undefined) return code;
  }
  return exitCodes.unexpected;
}

const codeOfStop: Record<string, number> = {
  SIGHUP: exitCodes.hungUp,
  SIGTERM: exitCodes.terminated,
};

/** By name, so that telling an error does not load the package that throws it. */
const codeByName: Record<string, number> = {
  UsageError: exitCodes.usage,
  DataNotFoundError: exitCodes.usage,
  NonFiniteError: exitCodes.lossNotFinite,
  RunFolderError: exitCodes.badData,
  DataError: exitCodes.badData,
  DiskError: exitCodes.disk,
  CacheError: exitCodes.disk,
  FileError: exitCodes.disk,
  OutputError: exitCodes.disk,
  DownloadError: exitCodes.nothingDownloaded,
};

const diskErrors = new Set([
  'ENOSPC',
  'EACCES',
  'EPERM',
  'EROFS',
  'EDQUOT',
  'EIO',
  'EISDIR',
  'ENOTDIR',
  'ENOENT',
  'EEXIST',
  'EFBIG',
  'EMFILE',
  'ENAMETOOLONG',
]);

function codeByErrno(error: Error): number | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall !== undefined && code !== undefined && diskErrors.has(code) ? exitCodes.disk : undefined;
}
