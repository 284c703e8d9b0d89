/** Why no step of an objective is replayed, and what can be done about it. */
export const notReplayed = (reason: string, remedy?: string) =>
  `takes the ordinary path, which gives the same numbers and costs TensorFlow.js's own time at every step: ${reason}${remedy ? `. ${remedy}` : ''}`;

export const REMEDY =
  'Keep what changes in a tf.Variable, such as one that a recipe anneals, and draw noise from `random`';

/**
 * What was found to change, and which steps may have been computed with an old value.
 * @param agreed the last step at which it was as in the recording
 * @param firstReplayed the first step that was replayed, if any was
 * @param step at which the change was found
 */
export function changedWhileReplayed(
  what: string,
  { agreed, firstReplayed }: { agreed: number; firstReplayed?: number },
  step: number,
): string {
  if (firstReplayed === undefined) return notReplayed(`${what} (steps ${agreed} and ${step})`, REMEDY);
  const from = Math.max(agreed + 1, firstReplayed);
  const replayed =
    from < step
      ? `Steps ${from} to ${step - 1} were replayed and may have used what held at step ${agreed}; if the loss counts its calls, every step from ${firstReplayed} on may have`
      : `If the loss counts its calls, replayed steps from ${firstReplayed} on may have used an old value`;
  return `is not replayed from step ${step} on, which costs TensorFlow.js's own time at every step: ${what} (since step ${agreed}). ${replayed}. ${REMEDY}, and train again`;
}
