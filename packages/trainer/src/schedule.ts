import type { ScheduleSpec } from '@ae/models';

import type { Callback } from './callback.js';
import type { ScheduleDefinition } from './define-schedule.js';
import { namedOptionsSchema, readNamed } from './named-options.js';
import { schedules } from './schedules/index.js';

/** How a schedule stands in a recipe and in `run.json`. */
export const scheduleSchema = namedOptionsSchema<ScheduleSpec>(schedules);

/**
 * Moves the learning rate in the course of a run, as a recipe's `schedule` says: `{ name: 'cosine', final: 0.1 }`.
 * @throws TypeError for an unknown name or option, RangeError for a value out of its range
 */
export function schedule(spec: ScheduleSpec): Callback {
  const cannot = 'Cannot make a schedule';
  const { definition, values } = readNamed<ScheduleDefinition>(cannot, schedules, spec);
  return { name: `schedule ${spec.name}`, ...definition.callback(values) };
}

/** Whether the rate depends on how many epochs were asked for, so that a run that is made longer ends elsewhere. */
export const spansTheRun = ({ name }: ScheduleSpec): boolean =>
  (schedules as Record<string, ScheduleDefinition>)[name]?.spansTheRun === true;
