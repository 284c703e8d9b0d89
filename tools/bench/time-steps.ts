import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import type { zoo } from '@ae/models';

import type { StepsRequest } from './steps.js';

/** A model, how it is built and trained, and what that is called. */
export interface Case {
  model: keyof typeof zoo;
  recipe: string;
  request: StepsRequest;
}

export interface Contender {
  /** One of ours, or `pytorch`. */
  backend: string;
  threads: number;
  /** The Python that has PyTorch. */
  python?: string | undefined;
  /** What OpenBLAS should take the processor for. */
  openblasCore?: string | undefined;
}

/** Seconds of a training step, in a process of its own: the median of its warm epochs. */
export function timeSteps(
  { model, request }: Case,
  { backend, threads, python, openblasCore }: Contender,
): number {
  const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  const asked = JSON.stringify(request);
  const [program, args] =
    backend === 'pytorch'
      ? [python!, [script('torch_steps.py'), `${threads}`, model, asked]]
      : [
          process.execPath,
          ['--conditions=@ae/source', '--import', 'tsx', script('steps.ts'), backend, model, asked],
        ];
  const env = {
    ...process.env,
    AE_THREADS: `${threads}`,
    ...(openblasCore && { OPENBLAS_CORETYPE: openblasCore }),
  };
  const printed = execFileSync(program, args, {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(printed).secondsPerStep;
}
