import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { manyCommands } from './many-commands.js';
import { faultyWords } from './place.js';
import { attempts, oneOf, type Context, type Outcome } from './row.js';
import { mutate } from './mutate.js';

const SECONDS = 2;
const MEGABYTES = 300;

/** Opens a finished run again and again with one of its files spoilt: it is read, or refused with exit 65. */
export async function spoiltFiles(
  { times, random, place }: Context,
  file: string,
  commands: readonly ((run: string) => readonly string[])[],
): Promise<Outcome> {
  const run = await place.finishedRun();
  const path = join(run, file);
  const whole = readFileSync(path);
  let process = manyCommands(place);
  let [opened, slowest, restarts] = [0, 0, 0];
  const least = (await process.run(...commands[0]!(run))).megabytes;
  const outcome = await attempts(times, async (i) => {
    const spoilt = mutate(whole, random);
    writeFileSync(path, spoilt.bytes);
    const command = oneOf(random, commands)(run);
    const told = `${file}, ${spoilt.how}, mutant ${i}: ae ${command.join(' ')}`;
    try {
      const { code, stderr, seconds, megabytes } = await process.run(...command);
      slowest = Math.max(slowest, seconds);
      if (code === 0) opened += 1;
      else if (code !== 65) return `${told}: exit ${code}: ${stderr}`;
      if (faultyWords({ stderr })) return `${told}: ${faultyWords({ stderr })}`;
      if (seconds > SECONDS) return `${told}: took ${seconds.toFixed(1)} s`;
      if (megabytes > least + MEGABYTES) return `${told}: ${megabytes} MB resident, ${least} at the start`;
      return undefined;
    } catch (error) {
      process = manyCommands(place);
      restarts += 1;
      return `${told}: ${String(error)}`;
    }
  });
  process.end();
  rmSync(run, { recursive: true });
  return {
    ...outcome,
    note: `${opened} opened, ${times - opened} refused, the slowest ${slowest.toFixed(2)} s, ${restarts} ends of the process`,
  };
}
