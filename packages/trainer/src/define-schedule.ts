import type * as v from 'valibot';

import type { Callback } from './callback.js';
import type { OptionsDefinition, OptionValues } from './named-options.js';

/** A way for the learning rate to move, as data: its options, and the hooks of a run that set the rate. */
export interface ScheduleDefinition<
  Options extends v.ObjectEntries = v.ObjectEntries,
> extends OptionsDefinition<Options> {
  /** The rate depends on how many epochs were asked for, so that a run that is made longer ends elsewhere. */
  spansTheRun?: boolean;
  callback(options: OptionValues<Options>): Omit<Callback, 'name'>;
}

/** A file of `schedules/` exports what this gives, under the camel-case form of its name. */
export const defineSchedule = <Options extends v.ObjectEntries>(
  definition: ScheduleDefinition<Options>,
): ScheduleDefinition<Options> => definition;
