import type { Autoencoder, BestSpec, Recipe } from '@ae/models';

import type { Callback } from './callback.js';
import { anneal } from './callbacks/anneal.js';
import { keepBest } from './callbacks/keep-best.js';
import { stopOnNonFinite } from './callbacks/stop-on-non-finite.js';
import { fit, type FitResult } from './fit.js';
import type { FitOptions } from './fit-options.js';
import { schedule } from './schedule.js';

/** What of a model's recipe its training needs: not the options that the model is built with. */
export type TrainingRecipe = Pick<
  Recipe,
  'optimizer' | 'schedule' | 'anneal' | 'best' | 'batchSize' | 'epochs'
>;

/**
 * Trains a model in place as a recipe says, in Node and in a page, without a folder: its optimiser, schedule and
 * annealing; an end where a loss is not finite; and at the end the weights of the best epoch, put back into the model.
 * What differs from the recipe is asked for as `{ ...recipe, epochs: 5 }`.
 * @param options those of `fit`; `callbacks` come after the recipe's own, and before the best weights are kept
 * @throws RangeError for batches of another size than the recipe's, a bad option, or a state that does not fit
 * @throws NonFiniteError as soon as a loss term is NaN or infinite
 */
export async function fitRecipe(
  model: Autoencoder,
  recipe: TrainingRecipe,
  options: Omit<FitOptions, 'epochs' | 'optimizer'>,
): Promise<FitResult> {
  const { train, validation, callbacks = [], onNotice } = options;
  checkBatchSize(recipe, train);
  const best = bestOf(recipe, model, {
    isValidated: validation !== undefined,
    ...(onNotice && { onNotice }),
  });
  return fit(model, {
    ...options,
    epochs: recipe.epochs,
    optimizer: recipe.optimizer,
    callbacks: [...recipeCallbacks(recipe), ...callbacks, keepBest(best)],
  });
}

/** How a recipe moves the learning rate and the annealed scalars, and the end where a loss is not finite. */
export const recipeCallbacks = ({
  schedule: rates = { name: 'constant' },
  anneal: courses,
}: Pick<Recipe, 'schedule' | 'anneal'>): Callback[] => [
  schedule(rates),
  ...(courses ? [anneal(courses)] : []),
  stopOnNonFinite(),
];

/** What the recipe says is best, or else the lowest loss of the first objective, with a word where that says little. */
export function bestOf(
  { best, anneal: courses }: Pick<Recipe, 'best' | 'anneal'>,
  { objectives }: Pick<Autoencoder, 'objectives'>,
  { isValidated, onNotice = () => {} }: { isValidated: boolean; onNotice?: (text: string) => void },
): BestSpec {
  if (best) return best;
  const column = isValidated ? 'validation.loss' : 'train.loss';
  const names = Object.keys(objectives);
  const why = [
    ...(names.length > 1 ? [`"${names[0]}" is one of ${names.length} objectives`] : []),
    ...(courses ? [`the recipe anneals ${Object.keys(courses).join(', ')}`] : []),
  ];
  if (why.length > 0)
    onNotice(
      `The best epoch is that of the lowest ${column}, although ${why.join(' and ')}; a recipe's \`best\` names another column, or 'last'`,
    );
  return { column };
}

function checkBatchSize({ batchSize }: TrainingRecipe, { count, length }: FitOptions['train']): void {
  if (length !== Math.ceil(count / batchSize))
    throw new RangeError(
      `Cannot train by the recipe: found ${count} examples in ${length} batches, expected batches of ${batchSize}; cut them so, or give { ...recipe, batchSize }`,
    );
}
