import { accessSync, constants, existsSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, resolve } from 'node:path';

import { probeBackends } from '@ae/backend/node';
import { defaultCacheFolder, inspectCache } from '@ae/data-mnist/node';
import * as tf from '@tensorflow/tfjs';

import { versions } from './versions.js';

/** One thing that was looked at. */
export interface Examined {
  name: string;
  works: boolean;
  /** What was found. */
  reason: string;
  /** What to do, where it does not work. */
  remedy?: string;
  /** Whether everything works without it. */
  isSpare?: true;
}

/** What works here, and the remedy for what does not: backends, the fastest first; data; folders that are written to. */
export async function examine() {
  tf.enableProdMode();
  const backends: readonly Examined[] = await probeBackends();
  const data = [environmentFolder(), ...(await cachedSets())].filter((found) => found !== undefined);
  const disk = ['runs', defaultCacheFolder()].map(writable);
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
  return { versions: versions(), machine, backends, data, disk };
}

async function cachedSets(): Promise<Examined[]> {
  return (await inspectCache()).map(({ name, files, bytes }) => ({
    name,
    works: files === 4,
    reason:
      files === 0 ? 'not in the cache' : `${files} of 4 files in the cache, ${(bytes / 1e6).toFixed(1)} MB`,
    remedy: `ae data ${name}, with a network; digits need none`,
    isSpare: true,
  }));
}

function environmentFolder(): Examined | undefined {
  const folder = process.env.AE_DATA_DIR;
  if (!folder) return undefined;
  const works = existsSync(folder);
  return {
    name: 'AE_DATA_DIR',
    works,
    reason: works ? folder : `${folder} is not there`,
    remedy: 'name a folder that holds MNIST',
  };
}

/** Whether a folder can be written to, or made where it is not there yet. */
function writable(folder: string): Examined {
  let place = resolve(folder);
  while (!existsSync(place)) place = dirname(place);
  try {
    accessSync(place, constants.W_OK);
    return { name: folder, works: true, reason: 'can be written to' };
  } catch {
    return {
      name: folder,
      works: false,
      reason: `no permission to write to ${place}`,
      remedy: 'choose another folder, or change its rights',
    };
  }
}
