import type { OptimizerSpec, TensorData } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import { adam } from './optimizers/adam.js';
import { adamax } from './optimizers/adamax.js';
import { rmsprop } from './optimizers/rmsprop.js';
import { sgd } from './optimizers/sgd.js';
import { assignTensors, readTensors } from './tensor-data.js';

/*
 * A backend may register whole updates as kernels without outputs, which write their inputs in place. `g` is the
 * gradient, √, ·, / and max act element by element in float32, and `hyper` is a float32 vector with the scalars
 * of this step, computed in double precision and then rounded. t counts the steps from 1.
 *
 * UpdateAdam     inputs variable, gradient, moment1, moment2, hyper
 *   hyper = [ learningRate / (1 - beta1^t), beta1, 1 - beta1, beta2, 1 - beta2, 1 / √(1 - beta2^t), epsilon ]
 *           [ h0                          , h1   , h2       , h3   , h4       , h5                , h6      ]
 *   moment1  ← h1 · moment1 + h2 · g
 *   moment2  ← h3 · moment2 + h4 · g · g
 *   variable ← variable - h0 · moment1 / (√moment2 · h5 + h6)
 *
 * UpdateAdamax   inputs variable, gradient, moment1, norm, hyper
 *   hyper = [ learningRate / (1 - beta1^t), beta1, 1 - beta1, beta2, epsilon ]
 *   moment1  ← h1 · moment1 + h2 · g
 *   norm     ← max(h3 · norm, |g| + h4)
 *   variable ← variable - h0 · moment1 / norm
 *
 * UpdateSgd      inputs variable, gradient, velocity, hyper
 *   hyper = [ learningRate, momentum ]
 *   velocity ← h1 · velocity + g
 *   variable ← variable - h0 · velocity
 *
 * UpdateRmsprop  inputs variable, gradient, meanSquare, velocity, hyper
 *   hyper = [ learningRate, decay, 1 - decay, epsilon, momentum ]
 *   meanSquare ← h1 · meanSquare + h2 · g · g
 *   velocity   ← h4 · velocity + g / (√meanSquare + h3)
 *   variable   ← variable - h0 · velocity
 *
 * These are PyTorch's definitions (torch.optim.Adam, Adamax, SGD, RMSprop without their options).
 */

/** How one kind of optimiser changes a variable: what it remembers, its scalars, and its formulas. */
export interface UpdateRule {
  /** The kernel that does the whole update in place, where the backend has it. */
  kernel: string;
  /** What is kept for every variable, of its shape and zero at first. */
  slots: readonly string[];
  /** The scalars of step `step`, counted from 1, in the order above. */
  hyper(step: number, learningRate: number): number[];
  /** The new values, `[variable, ...slots]`, in plain operations; `hyper` holds float32 values. */
  update(variable: tf.Tensor, gradient: tf.Tensor, slots: tf.Tensor[], hyper: readonly number[]): tf.Tensor[];
}

/** One kind of optimiser as data: its options with their defaults, and the rule that they give. */
export interface OptimizerKind {
  defaults: Record<string, number>;
  rule(options: Record<string, number>): UpdateRule;
}

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

const KINDS: Record<OptimizerSpec['name'], OptimizerKind> = { adam, adamax, rmsprop, sgd };

/**
 * Makes an optimiser for variables that are given by name, all float32.
 * @throws RangeError for an unknown name or option, or a value out of its range
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

function ruleOf({ name, learningRate, ...given }: OptimizerSpec): UpdateRule {
  const cannot = `Cannot make an optimiser`;
  if (!Object.hasOwn(KINDS, name))
    throw new RangeError(`${cannot}: found name "${name}", expected one of ${Object.keys(KINDS).join(', ')}`);
  if (!(learningRate > 0 && learningRate < Infinity))
    throw new RangeError(`${cannot}: found learningRate ${learningRate}, expected a number above 0`);
  const { defaults, rule } = KINDS[name];
  for (const [option, value] of Object.entries(given)) {
    if (!Object.hasOwn(defaults, option))
      throw new RangeError(
        `${cannot}: ${name} has no option "${option}", expected one of learningRate, ${Object.keys(defaults).join(', ')}`,
      );
    const below = option === 'epsilon' ? Infinity : 1;
    if (!(value >= 0 && value < below))
      throw new RangeError(
        `${cannot}: found ${option} ${value}, expected a number from 0 and below ${below}`,
      );
  }
  return rule({ ...defaults, ...given });
}
