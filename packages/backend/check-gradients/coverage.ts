import * as tf from '@tensorflow/tfjs';
import { differentiableKernels, exportedOperations } from './operations.js';
import { refused } from '../src/gradients/refuse.js';
import { gradientsOutOfReach, withoutDerivative } from './without-derivative.js';

/** What TensorFlow.js exports and what is neither checked nor listed as having no derivative. */
export function operationsWithoutCase(checked: readonly { op: string }[]): string[] {
  const known = new Set([...checked.map(({ op }) => op), ...Object.values(withoutDerivative).flat()]);
  return exportedOperations().filter((operation) => !known.has(operation));
}

/** Watches the gradients, but those that only refuse; the function that is returned says which no case has taken. */
export function watchGradients(): () => string[] {
  const refusals = refused.map(({ kernelName }) => kernelName);
  const idle = new Set(differentiableKernels());
  for (const name of [...refusals, ...Object.keys(gradientsOutOfReach)]) idle.delete(name);
  for (const kernelName of idle) {
    const config = tf.getGradient(kernelName);
    tf.unregisterGradient(kernelName);
    tf.registerGradient({
      ...config,
      gradFunc: (...given) => {
        idle.delete(kernelName);
        return config.gradFunc(...given);
      },
    });
  }
  return () => [...idle];
}
