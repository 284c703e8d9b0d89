import * as tf from '@tensorflow/tfjs';
import type { Built, Case } from './case.js';
import { tensorOf } from './doubles/backend.js';

/** What a case should give, in doubles. */
export interface Truth {
  value: number[];
  /** What flows back into each element of the result. */
  dy: number[];
  /** By each variable. */
  gradients: number[][];
}

export interface Verdict {
  is: 'right' | 'refused' | 'wrong' | 'threw';
  /** Where it is not right: what was found, or the message. */
  because?: string;
}

/** Of the largest true number, in single precision: sums of some hundred terms have half of it. */
const TOLERANCE = 5e-5;
/** Of a central difference in doubles: its own error, h², is far below the tolerance. */
const STEP = 1e-5;

/** The value and its central differences on the backend `doubles`; nothing where that lacks a definition. */
export async function truthOf(given: Case): Promise<Truth | undefined> {
  await tf.setBackend('doubles');
  const { variables, forward, dispose } = given.build();
  try {
    const value = numbersOf(forward);
    const dy = value.map((_, i) => ((i * 37 + 11) % 64) / 32 - 1);
    const objective = () => numbersOf(forward).reduce((sum, y, i) => sum + y * dy[i]!, 0);
    return { value, dy, gradients: variables.map((variable) => centralDifferences(variable, objective)) };
  } catch (error) {
    if (/not registered for backend 'doubles'/.test((error as Error).message)) return undefined;
    throw error;
  } finally {
    dispose?.();
    tf.dispose(variables);
  }
}

function centralDifferences(variable: tf.Variable, objective: () => number): number[] {
  const centre = Float64Array.from(variable.dataSync());
  const at = (i: number, change: number): number => {
    const moved = centre.slice();
    moved[i]! += change;
    assign(variable, moved);
    return objective();
  };
  const gradient = [...centre].map((_, i) => (at(i, STEP) - at(i, -STEP)) / (2 * STEP));
  assign(variable, centre);
  return gradient;
}

/** What a backend makes of a case. */
export async function judge(given: Case, backend: string, truth: Truth | undefined): Promise<Verdict> {
  await tf.setBackend(backend);
  let built: Built | undefined;
  try {
    built = given.build();
    const { value, gradients } = measured(built, truth?.dy);
    if (!truth) return { is: 'wrong', because: 'found a gradient, and nothing to compare it with' };
    const forwards = compare(value, truth.value);
    if (forwards) return { is: 'wrong', because: `its value: ${forwards}` };
    const because = gradients.map((found, i) => compare(found, truth.gradients[i]!)).find(Boolean);
    return because ? { is: 'wrong', because } : { is: 'right' };
  } catch (error) {
    const { message } = error as Error;
    return { is: REFUSALS.test(message) ? 'refused' : 'threw', because: message };
  } finally {
    built?.dispose?.();
    tf.dispose(built?.variables ?? []);
  }
}

/** Ours, and those of TensorFlow.js that name the operation or the argument that is not supported. */
const REFUSALS = /^Cannot (differentiate|compute) |not (yet )?support|not registered for backend/;

function measured({ variables, forward }: Built, dy?: number[]): { value: number[]; gradients: number[][] } {
  const value = numbersOf(forward);
  const weights = dy?.length === value.length ? dy : value.map(() => 1);
  const gradients: number[][] = [];
  tf.tidy(() => {
    const objective = () => {
      const y = forward();
      return tf.sum(tf.mul(y, tf.tensor(weights, y.shape, 'float32'))) as tf.Scalar;
    };
    const { grads } = tf.variableGrads(objective, variables);
    for (const { name, size } of variables)
      gradients.push(grads[name] ? [...grads[name].dataSync()] : new Array<number>(size).fill(0));
  });
  return { value, gradients };
}

function compare(found: number[], expected: number[]): string | undefined {
  if (found.length !== expected.length) return `found ${found.length} numbers, expected ${expected.length}`;
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
  const worst = expected.findIndex((value, i) => !(Math.abs(found[i]! - value) <= TOLERANCE * largest));
  return worst < 0 ? undefined : `found ${found[worst]} at ${worst}, expected ${expected[worst]}`;
}

function numbersOf(f: () => tf.Tensor): number[] {
  let numbers: number[] = [];
  tf.tidy(() => void (numbers = [...f().dataSync()]));
  return numbers;
}

function assign(variable: tf.Variable, values: Float64Array): void {
  const tensor = tensorOf(values, variable.shape);
  variable.assign(tensor);
  tensor.dispose();
}
