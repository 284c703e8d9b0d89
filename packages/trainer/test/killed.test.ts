import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, describe, expect, test } from '@jest/globals';
import { randomStream, type OptimizerSpec } from '@ae/models';

import { readCheckpoint } from '../src/node.js';
import { childProcesses } from './child/start-child.js';
import type { ChildOptions, ChildResult } from './child/train.js';

/** Kills per optimiser; `AE_KILLS=200` looks harder. */
const KILLS = Number(process.env.AE_KILLS ?? 20);

// Concurrent tests start before beforeAll().
const processes = await childProcesses();
afterAll(() => processes.remove());

const run = (folder: string, optimizer: OptimizerSpec['name'] = 'adam', epochs = 22) =>
  ({ folder, optimizer, epochs, everySeconds: 0 }) as const;

/** Trains without a break to the end. */
async function trainToTheEnd(options: ChildOptions): Promise<ChildResult> {
  const { code, result, errors } = await processes.start(options).ended;
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  return result!;
}

describe('a run that is killed and resumed', () => {
  test.concurrent.each(['adam', 'adamax', 'sgd', 'rmsprop'] as const)(
    `with %s and SIGKILL at ${KILLS} random moments ends with the SHA-256 and the losses of an unbroken one`,
    async (optimizer) => {
      const unbroken = trainToTheEnd(run(processes.newFolder(), optimizer));
      const random = randomStream(20);
      const reached = new Set<number>();
      let [folder, kills, inSave, runs] = [processes.newFolder(), 0, 0, 1];
      while (kills < KILLS) {
        const child = processes.start(run(folder, optimizer));
        await child.says('training');
        await child.says('step', Math.floor(random.next() * 30));
        await sleep(random.next() * 20);
        child.kill('SIGKILL');
        const { signal, result, code, errors } = await child.ended;
        if (signal === 'SIGKILL') {
          kills += 1;
          inSave += Number(readdirSync(folder).some((name) => name.endsWith('.tmp')));
          reached.add(await stepOf(folder));
          continue;
        }
        expect({ code, errors }).toEqual({ code: 0, errors: '' });
        expect(result).toEqual(await unbroken);
        [folder, runs] = [processes.newFolder(), runs + 1];
      }
      expect(await trainToTheEnd(run(folder, optimizer))).toEqual(await unbroken);
      expectSameFiles(folder, await unbroken);
      const { hash } = await unbroken;
      const steps = `checkpoints at ${reached.size} steps from ${Math.min(...reached)} to ${Math.max(...reached)}`;
      console.log(
        `${optimizer}: ${kills} kills, ${inSave} in a save, ${runs} run(s), ${steps}; SHA-256 ${hash}`,
      );
    },
    300_000,
  );

  test.each(['half', 'written', 'renamed'])(
    'can be resumed after SIGKILL in a save, when the checkpoint is %s, be it the first or a later one',
    async (moment) => {
      const short = () => run(processes.newFolder(), 'adam', 4);
      const unbroken = await trainToTheEnd(short());
      for (const nth of [1, 2, 5]) {
        const options = short();
        const { signal } = await processes.start({ ...options, death: `${moment} ${nth}` }).ended;
        expect(signal).toBe('SIGKILL');
        if (nth > 1 || moment === 'renamed') await readCheckpoint(options.folder);
        expect(await trainToTheEnd(options)).toEqual(unbroken);
      }
    },
    300_000,
  );
});

describe('a run that gets a signal', () => {
  test.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s saves, stops, ends with %i, and can be resumed', async (signal, exitCode) => {
    const short = (folder: string) => ({ ...run(folder, 'adam', 12), everySeconds: 1000 });
    const folder = processes.newFolder();
    const child = processes.start(short(folder));
    await child.says('step', 20);
    child.kill(signal);
    const { code, result, errors } = await child.ended;
    expect({ code, errors, stopReason: result?.stopReason }).toEqual({
      code: exitCode,
      errors: '',
      stopReason: 'aborted',
    });
    const { step, epoch, batch } = (await readCheckpoint(folder)).state;
    expect(step).toBe((epoch - 1) * 13 + batch);
    const unbroken = await trainToTheEnd(short(processes.newFolder()));
    expect(await trainToTheEnd(short(folder))).toEqual(unbroken);
    console.log(`${signal}: stopped and saved at step ${step}, that is batch ${batch} of epoch ${epoch}`);
  });

  test('that comes twice in one moment, as through npx, is one and saves', async () => {
    const folder = processes.newFolder();
    const child = processes.start({ ...run(folder), everySeconds: 1000 });
    await child.says('step', 20);
    child.kill('SIGINT');
    child.kill('SIGINT');
    expect(await child.ended).toMatchObject({ code: 130, result: { stopReason: 'aborted' } });
    expect(await stepOf(folder)).toBeGreaterThanOrEqual(20);
  });

  test('a second one ends it at once', async () => {
    const child = processes.start({ ...run(processes.newFolder()), stuck: true });
    await child.says('training');
    child.kill('SIGINT');
    await child.says('stopping');
    child.kill('SIGTERM');
    expect(await child.ended).toMatchObject({ code: 143 });
  });
});

/** Where a run would go on. */
const stepOf = (folder: string) =>
  readCheckpoint(folder).then(
    ({ state }) => state.step,
    () => 0,
  );

/** What a resumed run leaves in its folder is what an unbroken one leaves. */
function expectSameFiles(folder: string, { losses }: { losses: Record<string, number>[] }): void {
  expect(readdirSync(folder).sort()).toEqual([
    ...['best.safetensors', 'checkpoint.previous.safetensors', 'checkpoint.safetensors'],
    ...['history.csv', 'history.jsonl'],
  ]);
  const rows = readFileSync(join(folder, 'history.jsonl'), 'utf8').trimEnd().split('\n');
  expect(rows.map((row) => JSON.parse(row))).toMatchObject(losses);
  expect(readFileSync(join(folder, 'history.csv'), 'utf8').trimEnd().split('\n').length).toBe(
    losses.length + 1,
  );
}
