import { join } from 'node:path';

import type { Callback, Run } from '../callback.js';
import { decodeCheckpoint, encodeCheckpoint } from '../checkpoint-format.js';
import type { TrainingState } from '../training-state.js';
import { readRegularFile } from './read-file.js';
import { writeFileWhole } from './write-file.js';

const FILE = 'checkpoint.safetensors';

export interface CheckpointOptions {
  /** The run folder; `checkpoint.safetensors` is written in it. */
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
    async onPause(run) {
      if (!isDue(run)) return;
      const state = await run.state();
      if (allFinite(state)) await writeFileWhole(join(folder, FILE), encodeCheckpoint(state));
      saved = { epoch: run.epoch, step: run.step, seconds: run.seconds };
    },
  };
}

/**
 * What `checkpoint` saved in a run folder, for `fit`'s `resume`.
 * @throws DiskError where there is no checkpoint
 * @throws RangeError where it is damaged
 */
export async function readCheckpoint(folder: string): Promise<TrainingState> {
  const path = join(folder, FILE);
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
