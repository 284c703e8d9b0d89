import type { Callback } from '@ae/trainer';

import type { StoredRecord } from '../record/run-record.js';
import type { Settings } from '../record/settings.js';
import type { Stop } from '../stop.js';
import type { ChosenBackend } from './choose-backend.js';
import type { FoundModel } from './find-model.js';
import type { LoadedData } from './load-data.js';

/** One run, with everything that it is made of at hand. */
export interface TrainingJob {
  found: FoundModel;
  settings: Settings;
  folder: string;
  data: LoadedData;
  backend: ChosenBackend;
  /** What repeats the run, for its record. */
  command: string;
  /** What a run that is resumed began with. */
  begun?: Pick<StoredRecord, 'startedAt' | 'lengthened'>;
  png: boolean;
  stop: Stop;
  /** What else accompanies it, such as the page on which it is watched. */
  callbacks?: readonly Callback[];
}
