import { alarmBand, binomialInterval, fitDetector, partsOf, thresholdAt } from '@ae/evaluation';
import { disposeModel, randomStream } from '@ae/models';

import { ours } from './settings.js';
import { normalOf, parts, type Table } from './tables.js';

/** What came of a rate of false alarms that was asked for. */
export interface Alarms {
  table: string;
  seed: number;
  asked: number;
  /** Absent where the normal rows are too few for the rate, which the detector says. */
  came?: { share: number; within: boolean; withinTestAlone: boolean };
}

export const RATES = [0.001, 0.01, 0.05];

/** Fitted to normal rows alone; then of the normal rows of the test, how many give an alarm. */
export async function measureAlarms(table: Table, seed: number): Promise<Alarms[]> {
  const { train, test } = parts(table, seed);
  const [normal, others] = [train, test].map((part) => normalOf(part)) as [
    ReturnType<typeof normalOf>,
    ReturnType<typeof normalOf>,
  ];
  const rates = RATES.filter((rate) => normal.count >= 2 * Math.ceil(1 / rate - 1));
  const detector = await fitDetector(ours.model, normal, {
    ...ours.options(normal.shape[0]!),
    ...{ falseAlarms: rates[0]!, random: randomStream(seed) },
  });
  const heldOut = await detector.score(partsOf(normal, detector.split!).heldOut);
  const scores = await detector.score(others);
  disposeModel(detector.model);
  return RATES.map((asked) => {
    const row = { table: table.name, seed, asked };
    if (!rates.includes(asked)) return row;
    const threshold = thresholdAt(heldOut, asked);
    const alarms = scores.filter((score) => score > threshold).length;
    const above = heldOut.filter((score) => score > threshold).length;
    const share = alarms / scores.length;
    const band = alarmBand(above, heldOut.length, scores.length);
    const alone = binomialInterval(alarms, scores.length);
    return {
      ...row,
      came: {
        share,
        within: band.low <= share && share <= band.high,
        withinTestAlone: alone.low <= asked && asked <= alone.high,
      },
    };
  });
}
