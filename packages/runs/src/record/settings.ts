import type {
  AnnealSpec,
  BestSpec,
  ModelDefinition,
  ModelOptions,
  OptimizerSpec,
  ScheduleSpec,
} from '@ae/models';

import type { TrainOptions } from '../options.js';
import { UsageError } from '../errors.js';
import { ownOptionsIn } from '../prepare/own-files.js';
import { readModelOptions } from '../prepare/model-options.js';
import { didYouMean } from '../did-you-mean.js';
import type { RunRecord } from './run-record.js';

/** Everything that decides what a run computes, besides its data and its backend. It stands in `run.json`. */
export interface Settings {
  recipe: string;
  /** Every option of the model, defaults included. */
  options: ModelOptions;
  optimizer: OptimizerSpec;
  schedule?: ScheduleSpec;
  anneal?: Record<string, AnnealSpec>;
  best?: BestSpec;
  epochs: number;
  batchSize: number;
  seed: number;
}

/**
 * A recipe's values, replaced by what was typed.
 * @throws UsageError for a recipe or a model's option that is not known
 */
export function readSettings(definition: ModelDefinition, typed: TrainOptions): Settings {
  const { recipe: name = 'default', epochs, batchSize, learningRate, seed = 1 } = typed;
  const recipes = Object.keys(definition.recipes);
  if (!Object.hasOwn(definition.recipes, name))
    throw new UsageError(
      `Cannot use --recipe ${name}: ${definition.name} has none of that name, expected one of ${recipes.join(', ')}${didYouMean(name, recipes)}`,
    );
  const recipe = definition.recipes[name]!;
  return {
    recipe: name,
    options: {
      ...definition.defaults,
      ...(recipe.options as ModelOptions | undefined),
      ...readModelOptions(typed.options ?? {}, { model: definition.name, defaults: definition.defaults }),
    },
    optimizer: { ...recipe.optimizer, ...(learningRate !== undefined && { learningRate }) },
    ...(recipe.schedule && { schedule: recipe.schedule }),
    ...(recipe.anneal && { anneal: recipe.anneal }),
    ...(recipe.best && { best: recipe.best }),
    epochs: epochs ?? recipe.epochs,
    batchSize: batchSize ?? recipe.batchSize,
    seed,
  };
}

/** The settings that stand in a run's record. */
export function settingsIn(run: Settings): Settings {
  const { recipe, options, optimizer, schedule, anneal, best, epochs, batchSize, seed } = run;
  return {
    ...{ recipe, options, optimizer, epochs, batchSize, seed },
    ...(schedule && { schedule }),
    ...(anneal && { anneal }),
    ...(best && { best }),
  };
}

/**
 * Sees that nothing typed with `--resume` differs from what the run was started with; what is not typed stays.
 * @throws UsageError naming every option that differs
 */
export function checkUnchanged(
  definition: ModelDefinition,
  started: Settings & Pick<RunRecord, 'data' | 'backend'>,
  typed: TrainOptions,
): void {
  const options = readModelOptions(typed.options ?? {}, {
    model: definition.name,
    defaults: definition.defaults,
  });
  const pairs: [option: string, now: unknown, then: unknown][] = [
    ['--recipe', typed.recipe, started.recipe],
    ['--epochs', lower(typed.epochs, started.epochs), started.epochs],
    ['--batch-size', typed.batchSize, started.batchSize],
    ['--learning-rate', typed.learningRate, started.optimizer.learningRate],
    ['--seed', typed.seed, started.seed],
    ['--validation', typed.validation, started.data.validationShare],
    ['--normal', typed.normal === 'guess' ? undefined : typed.normal, started.data.normal],
    ...Object.entries(ownOptionsIn(typed)).map(([name, value]): [string, unknown, unknown] => [
      name,
      value,
      started.data.read?.[name as keyof typeof started.data.read],
    ]),
    ['--backend', typed.backend === 'auto' ? undefined : typed.backend, started.backend.name],
    ...Object.entries(options).map(([key, value]): [string, unknown, unknown] => [
      `--set ${key}`,
      value,
      started.options[key],
    ]),
  ];
  const changed = pairs.filter(
    ([, now, then]) => now !== undefined && JSON.stringify(now) !== JSON.stringify(then),
  );
  if (changed.length > 0)
    throw new UsageError(
      `Cannot resume: ${changed.map(([option, now, then]) => `${option} is ${String(now)} where the run was started with ${String(then)}`).join('; ')}; leave these out, or start another run`,
    );
}

/** A run may be given more epochs than it was started with. */
const lower = (now: number | undefined, then: number) => (now !== undefined && now > then ? undefined : now);
