import type { Autoencoder, BestSpec } from '@ae/models';

import type { Settings } from './record/settings.js';

/** What the recipe says, or else the lowest loss of the first objective, with a word where that says little. */
export function bestOf(
  { best, anneal }: Settings,
  model: Autoencoder,
  { measured, notice }: { measured: boolean; notice: (text: string) => void },
): BestSpec {
  if (best) return best;
  const column = measured ? 'validation.loss' : 'train.loss';
  const objectives = Object.keys(model.objectives);
  const why = [
    ...(objectives.length > 1 ? [`"${objectives[0]}" is one of ${objectives.length} objectives`] : []),
    ...(anneal ? [`the recipe anneals ${Object.keys(anneal).join(', ')}`] : []),
  ];
  if (why.length > 0)
    notice(
      `The best epoch is that of the lowest ${column}, although ${why.join(' and ')}; a recipe's \`best\` names another column, or 'last'`,
    );
  return { column };
}
