import { zoo, type ModelDefinition } from '@ae/models';

export type ModelName = keyof typeof zoo;

/** One model as it is trained, in data that every program here can build it from. */
export interface Case {
  model: ModelName;
  recipe: string;
  options: Record<string, unknown>;
  optimizer: { name: string; learningRate: number };
  batch: number;
}

const BATCHES = { original: 50, default: 128 };

/** A model with a recipe; `changed` options and another batch size where growth is measured. */
export function caseOf(
  model: ModelName,
  recipe: keyof typeof BATCHES,
  { batch = BATCHES[recipe], changed = {} }: { batch?: number; changed?: Record<string, unknown> } = {},
): Case {
  const { defaults, recipes } = zoo[model] as unknown as ModelDefinition;
  const { options = {}, optimizer } = recipes[recipe]!;
  return { model, recipe, options: { ...defaults, ...options, ...changed }, optimizer, batch };
}

/** The four base models with both recipes. */
export const baseCases: readonly Case[] = (['original', 'default'] as const).flatMap((recipe) =>
  (['ae', 'conv-ae', 'vae', 'conv-vae'] as const).map((model) => caseOf(model, recipe)),
);
