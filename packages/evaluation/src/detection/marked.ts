/** One an example; anything but 0 and false is an anomaly. */
export type Marks = ArrayLike<number | boolean>;

/** Scores and whether each is an anomaly's, the highest score first, and those that are equal together. */
export interface Marked {
  /** Of each different score, from the highest: how many anomalies and how many others have it. */
  groups: { score: number; anomalies: number; others: number }[];
  anomalies: number;
  others: number;
}

/**
 * @param cannot what fails, such as `Cannot measure an AUROC`
 * @throws TypeError where there are more or fewer marks than scores
 * @throws RangeError for a score that is NaN, or where all are anomalies or none is
 */
export function marked(cannot: string, scores: ArrayLike<number>, isAnomaly: Marks): Marked {
  if (scores.length !== isAnomaly.length)
    throw new TypeError(
      `${cannot}: found ${isAnomaly.length} marks for ${scores.length} scores, expected one a score`,
    );
  const order = Array.from({ length: scores.length }, (_, i) => i);
  const wrong = order.find((i) => Number.isNaN(scores[i]));
  if (wrong !== undefined)
    throw new RangeError(`${cannot}: found NaN as the score ${wrong}, expected numbers`);
  const groups: Marked['groups'] = [];
  for (const i of order.sort((a, b) => (scores[a]! === scores[b]! ? 0 : scores[b]! > scores[a]! ? 1 : -1))) {
    if (groups.at(-1)?.score !== scores[i]) groups.push({ score: scores[i]!, anomalies: 0, others: 0 });
    groups.at(-1)![isAnomaly[i] ? 'anomalies' : 'others'] += 1;
  }
  const anomalies = groups.reduce((sum, group) => sum + group.anomalies, 0);
  const others = scores.length - anomalies;
  if (anomalies === 0 || others === 0)
    throw new RangeError(
      `${cannot}: found ${anomalies} anomalies and ${others} others, expected some of both; labels are needed to judge`,
    );
  return { groups, anomalies, others };
}
