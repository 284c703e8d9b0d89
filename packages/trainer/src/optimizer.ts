import type { OptimizerSpec, TensorData } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import type { OptimizerDefinition, UpdateRule } from './define-optimizer.js';
import { namedOptionsSchema, readNamed } from './named-options.js';
import { above0 } from './number-schemas.js';
import { optimizers } from './optimizers/index.js';
import { assignTensors, readTensors } from './tensor-data.js';

/** How an optimiser stands in a recipe, in `run.json` and in a checkpoint. */
export const optimizerSchema = namedOptionsSchema<OptimizerSpec>(optimizers, { learningRate: above0 });

/** What an optimiser remembers, as plain data; the same bits go in that came out. */
export interface OptimizerState {
  /** Steps done. */
  step: number;
  learningRate: number;
  /** By `<variable>/<slot>`. */
  slots: Record<string, TensorData>;
}

/** Changes the variables of one objective, step by step. */
export interface Optimizer {
  /** Of the next step; may be set between steps. */
  learningRate: number;
  /** The kernel that does the whole update of a variable. */
  readonly kernel: string;
  /** Whether the backend in use has that kernel. */
  readonly fused: boolean;
  /** The scalars of the next step. */
  hyper(): Float32Array;
  /** Changes every variable that has a gradient under its `variable.name`. Allocates nothing that stays. */
  update(gradients: tf.NamedTensorMap, hyper: tf.Tensor1D): void;
  /** Counts a step as done. */
  advance(): void;
  state(): Promise<OptimizerState>;
  /** @throws RangeError where the state is not one of these variables and this kind of optimiser */
  restore(state: OptimizerState): void;
  dispose(): void;
}

/**
 * Makes an optimiser for variables that are given by name, all float32.
 * @throws TypeError for an unknown name or option, RangeError for a value out of its range
 */
export function createOptimizer(spec: OptimizerSpec, variables: Record<string, tf.Variable>): Optimizer {
  const rule = ruleOf(spec);
  const memories = Object.values(variables).map((variable) => ({
    variable,
    slots: Object.fromEntries(rule.slots.map((slot) => [slot, zerosOf(variable)])),
  }));
  const named = () => {
    const names = Object.keys(variables);
    return Object.fromEntries(
      memories.flatMap(({ slots }, i) =>
        Object.entries(slots).map(([slot, memory]) => [`${names[i]}/${slot}`, memory]),
      ),
    );
  };
  const isFused = () => Boolean(tf.getKernel(rule.kernel, tf.getBackend()));
  let step = 0;
  let learningRate = spec.learningRate;
  const hyper = () => Float32Array.from(rule.hyper(step + 1, learningRate));

  return {
    get learningRate() {
      return learningRate;
    },
    set learningRate(rate) {
      if (!Number.isFinite(rate) || rate < 0)
        throw new RangeError(`Cannot set the learning rate: found ${rate}, expected a number from 0`);
      learningRate = rate;
    },
    kernel: rule.kernel,
    get fused() {
      return isFused();
    },
    hyper,
    update(gradients, hyperTensor) {
      const scalars = isFused() ? undefined : [...hyper()];
      for (const { variable, slots } of memories) {
        const gradient = gradients[variable.name];
        if (!gradient) continue;
        if (scalars) updateInOperations(rule, variable, gradient, Object.values(slots), scalars);
        else tf.engine().runKernel(rule.kernel, { variable, gradient, ...slots, hyper: hyperTensor });
      }
    },
    advance() {
      step += 1;
    },
    state: async () => ({ step, learningRate, slots: await readTensors(named()) }),
    restore(state) {
      assignTensors('Cannot restore the optimiser', named(), state.slots);
      step = state.step;
      learningRate = state.learningRate;
    },
    dispose: () => memories.forEach(({ slots }) => tf.dispose(slots)),
  };
}

const zerosOf = (variable: tf.Variable) => tf.tidy(() => tf.variable(tf.zerosLike(variable), false));

function updateInOperations(
  rule: UpdateRule,
  variable: tf.Variable,
  gradient: tf.Tensor,
  slots: tf.Variable[],
  hyper: number[],
): void {
  tf.tidy(() => {
    const [changed, ...memory] = rule.update(variable, gradient, slots, hyper);
    variable.assign(changed!);
    slots.forEach((slot, i) => slot.assign(memory[i]!));
  });
}

function ruleOf({ learningRate, ...named }: OptimizerSpec): UpdateRule {
  const cannot = 'Cannot make an optimiser';
  if (!(learningRate > 0 && learningRate < Infinity))
    throw new RangeError(`${cannot}: found learningRate ${learningRate}, expected a number above 0`);
  const { definition, values } = readNamed<OptimizerDefinition>(cannot, optimizers, named);
  return definition.rule(values);
}
