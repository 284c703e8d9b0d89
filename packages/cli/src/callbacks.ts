import type { ScheduleSpec } from '@ae/models';
import {
  cosineSchedule,
  klWarmUp,
  progress,
  stepSchedule,
  stopOnNonFinite,
  type Callback,
  type Progress,
} from '@ae/trainer';
import { checkpoint, jsonHistory, saveBest } from '@ae/trainer/node';

import type { Settings } from './settings.js';

/** What accompanies a run: its schedules, its files, its end where a loss is not finite. */
export function callbacksOf(
  { schedule, klWarmUpEpochs }: Settings,
  { folder, best, report }: { folder: string; best: string; report: (progress: Progress) => void },
): Callback[] {
  return [
    ...scheduleOf(schedule),
    ...(klWarmUpEpochs === undefined ? [] : [klWarmUp({ epochs: klWarmUpEpochs })]),
    stopOnNonFinite(),
    progress(report),
    jsonHistory({ folder }),
    saveBest({ folder, column: best }),
    checkpoint({ folder }),
  ];
}

function scheduleOf(schedule: ScheduleSpec = { name: 'constant' }): Callback[] {
  switch (schedule.name) {
    case 'constant':
      return [];
    case 'cosine':
      return [cosineSchedule({ ...(schedule.final !== undefined && { final: schedule.final }) })];
    case 'step':
      return [stepSchedule({ every: schedule.every, factor: schedule.factor })];
  }
}
