import type { ModelDefinition } from '@ae/models';

import models from '../generated/zoo.json';

/** A model as data, without what it does. */
export type ModelFacts = Omit<ModelDefinition, 'build'>;

/** Every model of `@ae/models` by name. */
export const zoo = models as unknown as Record<string, ModelFacts>;

/** The model of a name. */
export function factsOf(name: string): ModelFacts {
  const facts = zoo[name];
  if (!facts)
    throw new RangeError(`Cannot show model ${name}: expected one of ${Object.keys(zoo).join(', ')}`);
  return facts;
}
