import type { BestSpec, ScheduleSpec } from '@ae/models';
import {
  anneal,
  cosineSchedule,
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
  { schedule, anneal: courses }: Settings,
  { folder, best, report }: { folder: string; best: BestSpec; report: (progress: Progress) => void },
): Callback[] {
  return [
    ...scheduleOf(schedule),
    ...(courses ? [anneal(courses)] : []),
    stopOnNonFinite(),
    progress(report),
    jsonHistory({ folder }),
    saveBest({ folder, best }),
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
