import type * as tf from '@tensorflow/tfjs';
import type * as v from 'valibot';

import type { OptionsDefinition, OptionValues } from './named-options.js';

/**
 * How one kind of optimiser changes a variable: what it remembers, its scalars, and its formulas.
 *
 * A backend may register the whole update as a kernel without outputs, which writes its inputs in place: the variable,
 * its gradient, the slots by their names, and `hyper`, a float32 vector of the scalars, computed in double precision and
 * then rounded. The kernel's formulas stand in the kind's file, where `g` is the gradient, √, ·, / and max act element by
 * element in float32, and t counts the steps from 1.
 */
export interface UpdateRule {
  /** The kernel that does the whole update in place, where the backend has it. */
  kernel: string;
  /** What is kept for every variable, of its shape and zero at first. */
  slots: readonly string[];
  /** The scalars of step `step`, counted from 1, in the order that the kernel knows. */
  hyper(step: number, learningRate: number): number[];
  /** The new values, `[variable, ...slots]`, in plain operations; `hyper` holds float32 values. */
  update(variable: tf.Tensor, gradient: tf.Tensor, slots: tf.Tensor[], hyper: readonly number[]): tf.Tensor[];
}

/** One kind of optimiser as data: its options besides the learning rate, and the rule that they give. */
export interface OptimizerDefinition<
  Options extends v.ObjectEntries = v.ObjectEntries,
> extends OptionsDefinition<Options> {
  rule(options: OptionValues<Options>): UpdateRule;
}

/** A file of `optimizers/` exports what this gives, under the camel-case form of its name. */
export const defineOptimizer = <Options extends v.ObjectEntries>(
  definition: OptimizerDefinition<Options>,
): OptimizerDefinition<Options> => definition;
