import { engine, setBackend } from '@tensorflow/tfjs';
import { type Candidate, Unavailable } from './candidate.js';
import { patchGradients } from './gradients/patch.js';
import { patchKernels } from './kernels/patch.js';
import { oneAtATime } from './one-at-a-time.js';
import { withoutLogging } from './without-logging.js';
import { patchReductionsOfNothing } from './reductions-of-nothing.js';
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
  /** That nothing faster than plain JavaScript was found, and what to do about it; also written to the console, once. */
  notice?: string;
}

/** Takes the first candidate that works, or the one that is asked for and no other, once earlier calls have ended. */
export const choose = (candidates: Candidate[], requested: string): Promise<BackendChoice> =>
  oneAtATime(() => chooseNow(candidates, requested));

/** Tries all candidates; the backend in use stays the one in use, or becomes the first that works. */
export const probe = (candidates: Candidate[]): Promise<BackendStatus[]> =>
  oneAtATime(() => probeNow(candidates));

async function chooseNow(candidates: Candidate[], requested: string): Promise<BackendChoice> {
  const names = candidates.map(({ name }) => name);
  if (requested !== 'auto' && !names.includes(requested))
    throw new TypeError(
      `Cannot use backend "${requested}": found no such name, expected one of auto, ${names.join(', ')}`,
    );
  const restore = backendInUse();
  const tried: BackendStatus[] = [];
  for (const candidate of candidates.filter(({ name }) => requested === 'auto' || name === requested)) {
    const { status, slow } = await attempt(candidate);
    tried.push(status);
    if (!status.works || (requested === 'auto' && slow)) continue;
    const why = requested === 'auto' ? 'the fastest that works here' : 'asked for by name';
    const choice = { name: status.name, why: `${why}: ${status.reason}`, tried };
    return requested === 'auto' && status.name === 'cpu' ? withNotice(choice) : choice;
  }
  await restore();
  throw new Error(`Cannot use backend ${requested}: ${tried.map(failure).join('; ')}`);
}

async function probeNow(candidates: Candidate[]): Promise<BackendStatus[]> {
  const isNew = !state().backendInstance;
  const restore = backendInUse();
  const found: BackendStatus[] = [];
  for (const candidate of candidates) found.push((await attempt(candidate)).status);
  await restore();
  const first = isNew && found.find(({ works }) => works)?.name;
  if (first) await setBackend(first);
  return found;
}

/** @returns what makes the backend that is now in use the one in use again; where there is none, none */
function backendInUse(): () => Promise<void> {
  const { backendName, backendInstance } = state();
  return async () => {
    if (backendInstance) await setBackend(backendName!);
    else Object.assign(state(), { backendName, backendInstance });
  };
}

/** What TensorFlow.js has in use; nothing before the first backend is chosen. */
const state = () => engine() as unknown as { backendName?: string; backendInstance?: object };

async function attempt({
  name,
  start,
  remedy,
}: Candidate): Promise<{ status: BackendStatus; slow?: boolean }> {
  try {
    const { description, slow = false } = await withoutLogging(async () => {
      const started = await start();
      patchKernels(engine().backendName);
      patchGradients();
      patchReductionsOfNothing();
      await checkArithmetic();
      return started;
    });
    return { status: { name, works: true, reason: description }, slow };
  } catch (error) {
    const reason = messageOf(error).split('\n')[0]!;
    const itsRemedy = error instanceof Unavailable ? error.remedy : remedy;
    return { status: { name, works: false, reason, remedy: itsRemedy } };
  }
}

/** The wasm backend fails with plain objects, not errors. */
const messageOf = (thrown: unknown): string => String((thrown as Partial<Error> | null)?.message ?? thrown);

const failure = ({ name, reason, remedy }: BackendStatus) =>
  `found ${name} not to work: ${reason}; remedy: ${remedy}`;

/** wasm works on every machine that has its file, so its failure is the one to act on. */
function withNotice(choice: BackendChoice): BackendChoice {
  const wasm = choice.tried.find(({ name, works }) => name === 'wasm' && !works);
  if (!wasm) return choice;
  const notice = `Computing in plain JavaScript, at least twenty times slower than WebAssembly: ${failure(wasm)}`;
  if (!warned.has(notice)) console.warn(notice);
  warned.add(notice);
  return { ...choice, notice };
}

const warned = new Set<string>();
