/** What is told of a failure: its message and those of its causes that say more; the stacks only when asked. */
export function describeFailure(error: unknown, withStacks = false): string {
  if (!(error instanceof Error)) return String(error);
  if (withStacks) return withCauses(error, (cause) => cause.stack ?? cause.message).join('\ncaused by ');
  const lines: string[] = [];
  for (const message of withCauses(error, (cause) => cause.message)) {
    if (!lines.some((line) => line.includes(message))) lines.push(message);
  }
  return lines.join('\n  because: ');
}

function withCauses(error: Error, describe: (cause: Error) => string): string[] {
  const texts: string[] = [];
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) texts.push(describe(cause));
  return texts;
}
