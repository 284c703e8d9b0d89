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

/** Something typed wrongly: the message names the option or argument and what was expected. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** A run folder whose files are not what this program writes. */
export class RunFolderError extends Error {
  override name = 'RunFolderError';
}

/** The end of a run that was asked to stop and has saved its state. */
export class StoppedOnRequest extends Error {
  override name = 'StoppedOnRequest';
  constructor(
    readonly by: 'SIGHUP' | 'SIGINT' | 'SIGTERM' | 'its page',
    then: string,
  ) {
    super(`Stopped by ${by}; ${then}`);
  }
}

/** The exit code of a failure, never 0: its own class first, then what caused it. */
export function exitCodeOf(error: unknown): number {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof StoppedOnRequest) return codeOfStop[cause.by];
    const code = codeByName[cause.name] ?? codeByErrno(cause);
    if (code !== undefined) return code;
  }
  return exitCodes.unexpected;
}

/** What is printed of a failure: its message and those of its causes that say more; the stack only when asked. */
export function describeFailure(error: unknown, verbose: boolean): string {
  if (!(error instanceof Error)) return String(error);
  if (verbose) return withCauses(error, (cause) => cause.stack ?? cause.message).join('\ncaused by ');
  const lines: string[] = [];
  for (const message of withCauses(error, (cause) => cause.message)) {
    if (!lines.some((line) => line.includes(message))) lines.push(message);
  }
  return lines.join('\n  because: ');
}

const codeOfStop: Record<StoppedOnRequest['by'], number> = {
  SIGHUP: exitCodes.hungUp,
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
  'its page': exitCodes.interrupted,
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

function withCauses(error: Error, describe: (cause: Error) => string): string[] {
  const texts: string[] = [];
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) texts.push(describe(cause));
  return texts;
}
