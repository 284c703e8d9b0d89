/** Something that was asked for wrongly: the message names the option or argument and what was expected. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** A run folder whose files are not what this package writes. */
export class RunFolderError extends Error {
  override name = 'RunFolderError';
}

/** The end of a run that was asked to stop and has saved its state. */
export class StoppedOnRequest extends Error {
  override name = 'StoppedOnRequest';
  /** @param by what asked for it: the reason of its `AbortSignal`, such as `SIGINT`, or `its page` */
  constructor(
    readonly by: string,
    then: string,
  ) {
    super(`Stopped by ${by}; ${then}`);
  }
}
