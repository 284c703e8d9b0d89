import type { BestSpec, ModelFacts } from '@ae/models';
import { progress, recipeCallbacks, type Callback, type Progress } from '@ae/trainer';
import { checkpoint, jsonHistory, saveBest } from '@ae/trainer/node';

import type { Settings } from './record/settings.js';

/** What accompanies a run: how its recipe moves rates and scalars, its files, its end where a loss is not finite. */
export const callbacksOf = (
  settings: Settings,
  {
    folder,
    best,
    facts,
    report,
  }: { folder: string; best: BestSpec; facts: ModelFacts; report: (progress: Progress) => void },
): Callback[] => [
  ...recipeCallbacks(settings),
  progress(report),
  jsonHistory({ folder }),
  saveBest({ folder, best, ...facts }),
  checkpoint({ folder }),
];
