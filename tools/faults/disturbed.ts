import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { Ended, Place } from './place.js';

const preload = fileURLToPath(new URL('disturb.mjs', import.meta.url));

/** Runs `ae` so that its `at`-th change to a file below `folder` fails as `fault` says; see disturb.mjs. */
export function disturbed(
  place: Place,
  args: readonly string[],
  { fault, at, folder }: { fault: string; at: number; folder: string },
): Promise<Ended> {
  const env = { AE_FAULT: fault, AE_FAULT_AT: String(at), AE_FAULT_IN: folder };
  return place.start(args, { env, node: ['--import', preload] }).ended;
}

/** How often the command changes a file below the folder when nothing disturbs it. */
export async function countChanges(place: Place, args: readonly string[], folder: string): Promise<number> {
  const file = place.fresh('count');
  const env = { AE_FAULT: 'count', AE_FAULT_IN: folder, AE_FAULT_COUNT: file };
  const { code, stderr } = await place.start(args, { env, node: ['--import', preload] }).ended;
  if (code !== 0)
    throw new Error(`Cannot count the changes of ae ${args.join(' ')}: exit ${code}: ${stderr}`);
  return Number(readFileSync(file, 'utf8').trim().split('\n').at(-1));
}
