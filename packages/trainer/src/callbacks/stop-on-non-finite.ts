import type { Callback } from '../callback.js';

/** Says where a run went out of the numbers; `ae` exits with 3. */
export class NonFiniteError extends Error {
  override readonly name = 'NonFiniteError';
  constructor(
    /** The step or, for a term of the validation, the last step of its epoch. */
    readonly step: number,
    readonly epoch: number,
    readonly term: string,
    readonly value: number,
  ) {
    super(
      `Cannot go on training: ${term} is ${value} at step ${step} (epoch ${epoch}), expected a finite number; lower the learning rate`,
    );
  }
}

/** Ends the run with a `NonFiniteError` as soon as any loss term is NaN or infinite. */
export function stopOnNonFinite(): Callback {
  const check = (step: number, epoch: number, terms: Record<string, number>) => {
    for (const [term, value] of Object.entries(terms))
      if (!Number.isFinite(value)) throw new NonFiniteError(step, epoch, term, value);
  };
  return {
    name: 'stop-on-non-finite',
    onStep: (_run, { step, epoch, terms }) => check(step, epoch, terms),
    onEpoch: (_run, row) => check(row.step, row.epoch, row),
  };
}
