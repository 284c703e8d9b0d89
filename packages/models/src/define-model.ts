import * as tf from '@tensorflow/tfjs';

import type { Autoencoder, ModelDefinition, ModelOptions, OptionRule, Paper, Recipe } from './autoencoder.js';
import { checkParts } from './check-parts.js';
import type { DataKind } from './data-kind.js';
import { withTrainingLayers } from './layers-in-training.js';
import { readOptions } from './model-options.js';
import type { RandomStream } from './random.js';
import { withSeededInitializers } from './seeded-initializers.js';
import { watchUnseededNoise } from './unseeded-noise.js';

/** What a model's author writes; `defineModel` adds the checks, the tidying and the seeding. */
export interface ModelSource<Options extends ModelOptions> {
  name: string;
  summary: string;
  paper?: Paper;
  defaults: Options;
  /** What options may be, beyond the type of their default. */
  allowed?: { [Key in keyof Options]?: OptionRule };
  /** @default one recipe, `default`: Adam at 1e-3, batches of 128, 10 epochs */
  recipes?: Record<string, Recipe<Options>> & { default: Recipe<Options> };
  /**
   * Other options than the defaults, where the data ask for them, such as a likelihood for any numbers; `shape` need not
   * be among them.
   */
  forData?(data: DataKind): Partial<NoInfer<Options>>;
  /**
   * Puts the model together from ordinary layers, all of which are built here, so that `random` draws their weights.
   */
  build(options: Options, random: RandomStream): Autoencoder;
}

/**
 * Makes a model of its source. The result builds inside `tf.tidy`, refuses unknown options and seeds every weight,
 * so a model's file holds only what its paper says.
 * @throws TypeError where the name is not kebab-case, the paper is not whole, or there is no recipe called default
 */
export function defineModel<Options extends ModelOptions>(
  source: ModelSource<Options>,
): ModelDefinition<Options> {
  checkSource(source);
  return {
    ...source,
    recipes: source.recipes ?? {
      default: {
        description: 'Adam at 1e-3 in batches of 128, a common start',
        optimizer: { name: 'adam', learningRate: 1e-3 },
        batchSize: 128,
        epochs: 10,
      },
    },
    build(given, random) {
      const options = readOptions(source, given);
      const builtFrom = {
        model: source.name,
        options,
        random: { seed: random.seed, counter: random.counter },
      };
      try {
        const model = tidyModel(() => withSeededInitializers(random, () => source.build(options, random)));
        return { ...model, builtFrom };
      } catch (cause) {
        throw cannotBuild(source.name, options, cause);
      }
    },
  };
}

function checkSource({ name, paper, recipes }: ModelSource<ModelOptions>): void {
  const cannot = 'Cannot define a model';
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new TypeError(`${cannot}: name "${name}", expected kebab-case such as "conv-vae"`);
  const { authors, title, venue, year } = paper ?? { authors: '', title: '', venue: '', year: 0 };
  if ([authors, title, venue].some((text) => typeof text !== 'string') || typeof year !== 'number')
    throw new TypeError(
      `${cannot}: ${name} has paper ${JSON.stringify(paper)}, expected { authors, title, venue, year }, or none`,
    );
  if (recipes && !Object.hasOwn(recipes, 'default'))
    throw new TypeError(
      `${cannot}: ${name} has the recipes ${Object.keys(recipes).join(', ') || 'none'}, expected one called default`,
    );
}

/** Says what was built: a reason that begins with an option says enough of these, those of TensorFlow.js say nothing. */
function cannotBuild(name: string, options: ModelOptions, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof Error && reason.startsWith('Cannot build ')) return cause;
  const Kind = cause instanceof TypeError ? TypeError : RangeError;
  if (Object.hasOwn(options, reason.split(' is ')[0]!)) return new Kind(`Cannot build ${name}: ${reason}`);
  return new Kind(`Cannot build ${name} with ${JSON.stringify(options)}: ${reason}`, { cause });
}

/** Variables outlive a tidy; when building fails half-way, those that it made are freed too. */
function tidyModel(build: () => Autoencoder): Autoencoder {
  const before = new Set(Object.keys(tf.engine().registeredVariables));
  const made = () =>
    Object.fromEntries(Object.entries(tf.engine().registeredVariables).filter(([name]) => !before.has(name)));
  try {
    let model: Autoencoder | undefined;
    const { drew } = watchUnseededNoise(() => tf.tidy(() => void (model = build())));
    if (drew)
      throw new TypeError(
        'found random numbers that are not from the `random` that build is given, expected random.normal(shape), random.uniform(shape) or random.next()',
      );
    checkParts(model!, made());
    const objectives = Object.entries(model!.objectives);
    return {
      ...model!,
      objectives: Object.fromEntries(
        objectives.map(([name, objective]) => [name, withTrainingLayers(objective)]),
      ),
    };
  } catch (error) {
    Object.values(made()).forEach((variable) => variable.dispose());
    throw error;
  }
}
