import { engine, setBackend } from '@tensorflow/tfjs';
import { type Candidate, Unavailable } from './candidate.js';
import { mendGradients } from './gradients/mend.js';
import { mendKernels } from './kernels/mend.js';
import { quietly } from './quiet.js';
import { mendReductionsOfNothing } from './reductions-of-nothing.js';
import { checkArithmetic } from './self-check.js';

/** What was found when a backend was tried. */
export interface BackendStatus {
  name: string;
  works: boolean;
  /** What it is where it works, and why it does not where it does not. */
  reason: string;
  /** What to do about it, where it does not work. */
  remedy?: string;
}

/** The backend in use, and how it came to be. */
export interface BackendChoice {
  name: string;
  /** In words for a person: why this one. */
  why: string;
  /** What was tried, in order; the last is the one in use. */
  tried: BackendStatus[];
}

/** Takes the first candidate that works, or the one that is asked for and no other. */
export async function choose(candidates: Candidate[], asked: string): Promise<BackendChoice> {
  const names = candidates.map(({ name }) => name);
  if (asked !== 'auto' && !names.includes(asked))
    throw new TypeError(
      `Cannot use backend "${asked}": found no such name, expected one of auto, ${names.join(', ')}`,
    );
  const before = engine().backendName;
  const tried: BackendStatus[] = [];
  for (const candidate of candidates.filter(({ name }) => asked === 'auto' || name === asked)) {
    const { status, slow } = await attempt(candidate);
    tried.push(status);
    if (!status.works || (asked === 'auto' && slow)) continue;
    const why = asked === 'auto' ? 'the fastest that works here' : 'asked for by name';
    return { name: status.name, why: `${why}: ${status.reason}`, tried };
  }
  if (before) await setBackend(before);
  const found = tried.map(
    ({ name, reason, remedy }) => `found ${name} not to work: ${reason}; remedy: ${remedy}`,
  );
  throw new Error(`Cannot use backend ${asked}: ${found.join('; ')}`);
}

/** Tries all candidates; the backend in use stays the one in use, or becomes the first that works. */
export async function probe(candidates: Candidate[]): Promise<BackendStatus[]> {
  const before = engine().backendName;
  const found: BackendStatus[] = [];
  for (const candidate of candidates) found.push((await attempt(candidate)).status);
  const after = before || found.find(({ works }) => works)?.name;
  if (after) await setBackend(after);
  return found;
}

async function attempt({
  name,
  start,
  remedy,
}: Candidate): Promise<{ status: BackendStatus; slow?: boolean }> {
  try {
    const { description, slow = false } = await quietly(async () => {
      const started = await start();
      mendKernels(engine().backendName);
      mendGradients();
      mendReductionsOfNothing();
      await checkArithmetic();
      return started;
    });
    return { status: { name, works: true, reason: description }, slow };
  } catch (error) {
    const { message } = error as Error;
    const reason = message.split('\n')[0]!;
    const itsRemedy = error instanceof Unavailable ? error.remedy : remedy;
    return { status: { name, works: false, reason, remedy: itsRemedy } };
  }
}
