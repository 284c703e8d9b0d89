import type { BestSpec } from '@ae/models';
import { anneal, progress, schedule, stopOnNonFinite, type Callback, type Progress } from '@ae/trainer';
import { checkpoint, jsonHistory, saveBest } from '@ae/trainer/node';

import type { Settings } from './settings.js';

/** What accompanies a run: its schedules, its files, its end where a loss is not finite. */
export function callbacksOf(
  { schedule: rates = { name: 'constant' }, anneal: courses }: Settings,
  { folder, best, report }: { folder: string; best: BestSpec; report: (progress: Progress) => void },
): Callback[] {
  return [
    schedule(rates),
    ...(courses ? [anneal(courses)] : []),
    stopOnNonFinite(),
    progress(report),
    jsonHistory({ folder }),
    saveBest({ folder, best }),
    checkpoint({ folder }),
  ];
}
