import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { Callback, Run } from '../callback.js';
import { decodeCheckpoint, encodeCheckpoint } from '../checkpoint-format.js';
import type { TrainingState } from '../training-state.js';
import type { DiskError } from './disk-error.js';
import { removeLeftovers } from './leftovers.js';
import { readRegularFile } from './read-file.js';
import { writeFileWhole } from './write-file.js';

const FILE = 'checkpoint.safetensors';
const PREVIOUS = 'checkpoint.previous.safetensors';

export interface CheckpointOptions {
  /** The run folder; `checkpoint.safetensors` is written in it, beside the one before it. */
  folder: string;
  /** Seconds between two saves within an epoch. @default 30 */
  everySeconds?: number;
}

/**
 * Saves all that is needed to go on bit for bit: at the start, every so many seconds, after each epoch, and when the
 * run is stopped. Weights that are not finite are not saved, nor is a run that ends with an error: the last good
 * checkpoint stays.
 * @throws DiskError (out of `fit`) where it cannot be written; the earlier checkpoint is kept
 */
export function checkpoint({ folder, everySeconds = 30 }: CheckpointOptions): Callback {
  let saved = { epoch: -1, step: -1, seconds: 0 };
  const isDue = ({ epoch, step, seconds, stopReason }: Run) => {
    if (epoch !== saved.epoch) return true;
    if (step === saved.step) return false;
    return stopReason !== undefined || seconds - saved.seconds >= everySeconds;
  };
  return {
    name: 'checkpoint',
    onStart: async () => void (await removeLeftovers(folder)),
    async onPause(run) {
      if (!isDue(run)) return;
      const state = await run.state();
      if (allFinite(state))
        await writeFileWhole(join(folder, FILE), encodeCheckpoint(state), { keep: join(folder, PREVIOUS) });
      saved = { epoch: run.epoch, step: run.step, seconds: run.seconds };
    },
  };
}

/** The last state that was saved in a run folder, for `fit`'s `resume`. */
export interface FoundCheckpoint {
  state: TrainingState;
  /** What was wrong with the last one, where this is the one before it. */
  notice?: string;
}

/**
 * What `checkpoint` saved in a run folder; where the last checkpoint is damaged or gone, the one before it, which leads
 * to the same weights.
 * @throws DiskError where there is no checkpoint, or it cannot be read
 * @throws RangeError where both are damaged
 */
export async function readCheckpoint(folder: string): Promise<FoundCheckpoint> {
  try {
    return { state: await readState(join(folder, FILE)) };
  } catch (error) {
    if (!(error instanceof RangeError) && (error as DiskError).code !== 'ENOENT') throw error;
    const state = await readState(join(folder, PREVIOUS)).catch(() => undefined);
    if (!state) throw error;
    const reason = error instanceof RangeError ? error.message : `there is no ${FILE}`;
    return {
      state,
      notice: `The last checkpoint is not used: ${reason}. The run goes on from the checkpoint before it, at step ${state.step}`,
    };
  }
}

/** Whether `readCheckpoint` has something to read. */
export const hasCheckpoint = (folder: string): boolean =>
  [FILE, PREVIOUS].some((name) => existsSync(join(folder, name)));

async function readState(path: string): Promise<TrainingState> {
  const bytes = await readRegularFile(path, 'resume from');
  try {
    return decodeCheckpoint(bytes);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RangeError(`Cannot resume from ${path}: ${reason}; start the run anew`, { cause });
  }
}

const allFinite = ({ weights }: TrainingState) =>
  Object.values(weights).every(({ data }) => data.every((value) => Number.isFinite(value)));
