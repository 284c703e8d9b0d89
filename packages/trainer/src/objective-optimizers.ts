import { namedWeights, type Autoencoder } from '@ae/models';
import type * as tf from '@tensorflow/tfjs';

import type { FitOptions } from './fit-options.js';
import { createOptimizer, type Optimizer, type OptimizerState } from './optimizer.js';

/** An optimiser for each objective of a model, all with one learning rate. */
export interface ObjectiveOptimizers {
  readonly byObjective: Record<string, Optimizer>;
  learningRate: number;
  state(): Promise<Record<string, OptimizerState>>;
  dispose(): void;
}

/** Of one kind, each with what it remembered where a run goes on. */
export function objectiveOptimizers(
  model: Autoencoder,
  { optimizer: spec, resume }: Pick<FitOptions, 'optimizer' | 'resume'>,
): ObjectiveOptimizers {
  const byObjective: Record<string, Optimizer> = {};
  const all = () => Object.values(byObjective);
  const dispose = () => all().forEach((optimizer) => optimizer.dispose());
  try {
    for (const { name, variables } of namedVariables(model)) {
      const optimizer = (byObjective[name] = createOptimizer(spec, variables));
      if (resume) optimizer.restore(resume.optimizers[name]!);
    }
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    byObjective,
    get learningRate() {
      return all()[0]!.learningRate;
    },
    set learningRate(rate) {
      for (const optimizer of all()) optimizer.learningRate = rate;
    },
    async state() {
      const states = Object.entries(byObjective).map(
        async ([name, optimizer]) => [name, await optimizer.state()] as const,
      );
      return Object.fromEntries(await Promise.all(states));
    },
    dispose,
  };
}

/** The optimised variables of each objective by their names in `namedWeights`. */
function namedVariables(model: Autoencoder) {
  const names = new Map(Object.entries(namedWeights(model)).map(([name, variable]) => [variable, name]));
  return Object.entries(model.objectives).map(([name, objective]) => {
    const named = objective
      .variables()
      .map((variable): [string, tf.Variable] => [names.get(variable)!, variable]);
    return { name, variables: Object.fromEntries(named) };
  });
}
