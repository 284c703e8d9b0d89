import { describe, expect, test } from '@jest/globals';
import { batches } from '@ae/data';
import { digits } from '@ae/data-mnist';
import { disposeModel, randomStream, vae } from '@ae/models';
import { fit, type StepLog, type TrainingState } from '@ae/trainer';
import * as tf from '@tensorflow/tfjs';

import { controls } from '../../src/demos/training/controls.js';

describe('training that is steered', () => {
  test('a step is one step, and pausing changes nothing in the end', async () => {
    const through = await train([]);
    const interrupted = await train([1, 4]);
    expect(interrupted.steps).toEqual(through.steps);
    expect(interrupted.pausedAfter).toEqual([1, 4]);
  });

  test('a new learning rate and beta hold from the next step on', async () => {
    const { rates, steps } = await train([2], ({ set }) => set({ learningRate: 0, beta: 0 }));
    expect(rates).toEqual([1e-3, 1e-3, 0, 0, 0, 0]);
    const last = steps.at(-1)!;
    expect(last['loss']).toBeCloseTo(last['reconstruction']!, 3);
    expect(last['kl']).toBeGreaterThan(0);
  });
});

/** Six steps of a tiny VAE, stopped after some of them. */
async function train(
  pauses: number[],
  onFirstPause: (control: ReturnType<typeof controls>) => void = () => {},
) {
  await tf.setBackend('cpu');
  const data = await digits({ seed: 1, train: 24, validationCount: 0, test: 1 });
  const random = randomStream(1);
  const model = vae.build({ hidden: [4] }, random);
  const control = controls({ learningRate: 1e-3, beta: 1 });
  const steps: StepLog['terms'][] = [];
  const rates: number[] = [];
  const pausedAfter: number[] = [];
  let state: TrainingState | undefined;
  try {
    for (;;) {
      const { stopReason } = await fit(model, {
        train: batches(data.train, { batchSize: 8, seed: 1 }),
        epochs: 2,
        optimizer: { name: 'adam', learningRate: 1e-3 },
        random,
        callbacks: [
          { name: 'plan', beforeStep: ({ step }) => control.go(pauses.includes(step + 1) ? 'step' : 'run') },
          control.callback,
          {
            name: 'notes',
            beforeStep: ({ learningRate }) => rates.push(learningRate),
            onStep: (_, { terms }) => steps.push(terms),
            onPause: async (run) => void (run.stopReason === 'paused' && (state = await run.state())),
          },
        ],
        ...(state && { resume: state }),
      });
      if (stopReason !== 'paused') return { steps, rates, pausedAfter };
      if (pausedAfter.length === 0) onFirstPause(control);
      pausedAfter.push(state!.step);
      control.go('run');
      await control.mayGoOn();
    }
  } finally {
    disposeModel(model);
  }
}
