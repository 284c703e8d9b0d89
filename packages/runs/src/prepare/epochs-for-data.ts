import type { Settings } from '../record/settings.js';

/** Steps below which the models of the zoo have learnt little of a table that was tried; MNIST's 20 epochs are 8,600. */
const LEAST_STEPS = 2000;
const MOST_EPOCHS = 500;

/**
 * A recipe's epochs are for tens of thousands of examples: of few examples they are few steps, and a model that has
 * learnt nothing. Where nothing is typed, data of one's own get as many epochs as make 2,000 steps, at most 500.
 */
export function epochsForData(
  settings: Settings,
  { count, typed, notice }: { count: number; typed: number | undefined; notice: (text: string) => void },
): Settings {
  const stepsAnEpoch = Math.ceil(count / settings.batchSize);
  const epochs = Math.min(MOST_EPOCHS, Math.ceil(LEAST_STEPS / stepsAnEpoch));
  if (typed !== undefined || epochs <= settings.epochs) return settings;
  notice(
    `epochs=${epochs}, as the recipe's ${settings.epochs} would be only ${settings.epochs * stepsAnEpoch} steps of ${count} examples; --epochs says otherwise`,
  );
  return { ...settings, epochs };
}
