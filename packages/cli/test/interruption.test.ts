import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HistoryRow } from '@ae/trainer';

import type { RunRecord } from '@ae/runs';
import { workplace } from './ae.js';

let place: Awaited<ReturnType<typeof workplace>>;
let unbroken: ReturnType<typeof outcomeOf>;
const settings = [
  'vae',
  '--data',
  'tiny',
  '--epochs',
  '12',
  '--batch-size',
  '10',
  '--set',
  'hidden=16',
  '--backend',
  'wasm',
];

/** What a run came to: its weights and losses, without the times. */
function outcomeOf(run: string) {
  const read = (name: string) => readFileSync(join(place.folder, run, name));
  const rows = read('history.jsonl').toString().trim().split('\n');
  const losses = rows.map((row) => {
    const { seconds: _seconds, imagesPerSecond: _speed, ...numbers } = JSON.parse(row) as HistoryRow;
    return numbers;
  });
  return { best: read('best.safetensors').toString('hex'), losses, metrics: recordOf(run).metrics };
}
const recordOf = (run: string) =>
  JSON.parse(readFileSync(join(place.folder, run, 'run.json'), 'utf8')) as RunRecord;

beforeAll(async () => {
  place = await workplace();
  expect(await place.ae('train', ...settings, '--out', 'unbroken')).toMatchObject({ code: 0 });
  unbroken = outcomeOf('unbroken');
});
afterAll(() => place.remove());

describe('a run that is stopped', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s saves, exits with %i, and goes on to the same end', async (signal, code) => {
    const run = place.start('train', ...settings, '--out', signal);
    await run.says('epoch 2/12');
    run.kill(signal);
    const stopped = await run.ended;
    expect(stopped).toMatchObject({ code, stdout: '' });
    expect(stopped.stderr).toContain(
      `Stopped by ${signal}; everything is saved; go on with: ae train --out ${signal} --resume`,
    );
    expect(recordOf(signal).status).toBe('stopped');
    const { epochsDone } = recordOf(signal);
    expect(epochsDone).toBeGreaterThanOrEqual(2);
    expect(epochsDone).toBeLessThan(12);

    const resumed = await place.ae('train', '--out', signal, '--resume');
    expect(resumed).toMatchObject({ code: 0, stdout: expect.stringContaining(`${signal}/report.html`) });
    expect(resumed.stderr).not.toContain('epoch 1/12');
    expect(outcomeOf(signal)).toEqual(unbroken);
    expect(recordOf(signal).status).toBe('finished');
  });

  it('by SIGKILL goes on to the same end, again and again, before it has begun too', async () => {
    const args = ['train', ...settings, '--out', 'killed', '--resume'];
    for (const moment of ['nothing to resume', 'run folder', 'epoch 3/12', 'epoch 6/12']) {
      const run = place.start(...args);
      await run.says(moment);
      run.kill('SIGKILL');
      expect(await run.ended).toMatchObject({ signal: 'SIGKILL' });
    }
    expect(await place.ae(...args)).toMatchObject({ code: 0 });
    expect(outcomeOf('killed')).toEqual(unbroken);
  });
});

describe('ae train --resume', () => {
  it('refuses changed settings, another model and a missing --out', async () => {
    const [changed, model, out] = await Promise.all([
      place.ae('train', '--out', 'unbroken', '--resume', '--epochs', '5', '--set', 'hidden=64'),
      place.ae('train', 'ae', '--out', 'unbroken', '--resume'),
      place.ae('train', 'vae', '--resume'),
    ]);
    expect(changed).toMatchObject({
      code: 2,
      stderr:
        'Cannot resume: --epochs is 5 where the run was started with 12; --set hidden is 64 where the run was started with 16; leave these out, or start another run\n',
    });
    expect(model).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('the model is ae where the run was started with vae'),
    });
    expect(out).toMatchObject({ code: 2, stderr: expect.stringContaining('no --out given') });
  });

  it('of a finished run draws nothing again, and says that it has finished', async () => {
    const before = statSync(join(place.folder, 'unbroken', 'report.html')).mtimeMs;
    const again = await place.ae('train', ...settings, '--out', 'unbroken', '--resume');
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('unbroken/report.html') });
    expect(again.stderr).toContain('unbroken has finished its 12 epochs, nothing is left to do');
    expect(statSync(join(place.folder, 'unbroken', 'report.html')).mtimeMs).toBe(before);
    expect(outcomeOf('unbroken')).toEqual(unbroken);
  });

  it('with more epochs ends, where the rate is constant, as a run that was longer from the start', async () => {
    const constant = ['train', ...settings.slice(0, 3), '--recipe', 'original', ...settings.slice(5)];
    const epochs = (count: number, out: string) => [...constant, '--epochs', String(count), '--out', out];
    expect(await place.ae(...epochs(12, 'long'))).toMatchObject({ code: 0 });
    expect(await place.ae(...epochs(5, 'longer'))).toMatchObject({ code: 0 });
    const longer = await place.ae('train', '--out', 'longer', '--resume', '--epochs', '12');
    expect(longer).toMatchObject({ code: 0 });
    expect(longer.stderr).toContain('the run goes on to 12 epochs instead of 5\n');
    expect(outcomeOf('longer')).toEqual(outcomeOf('long'));
    expect(recordOf('longer')).toMatchObject({ epochs: 12, lengthened: [{ from: 5, to: 12 }] });
  });

  it('is refused while another process trains the run, which ends as if nobody had asked', async () => {
    const first = place.start('train', ...settings, '--out', 'shared');
    await first.says('epoch 2/12');
    first.kill('SIGSTOP'); // however long the other takes to begin
    const second = await place.ae('train', '--out', 'shared', '--resume');
    first.kill('SIGCONT');
    expect(second).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('it is being trained by process'),
    });
    expect(await first.ended).toMatchObject({ code: 0 });
    expect(outcomeOf('shared')).toEqual(unbroken);
  });

  it('goes on from the checkpoint before a damaged one to the same end, and says so', async () => {
    const run = place.start('train', ...settings, '--out', 'damaged');
    await run.says('epoch 4/12');
    run.kill('SIGINT');
    await run.ended;
    const file = join(place.folder, 'damaged', 'checkpoint.safetensors');
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1]! ^= 8;
    writeFileSync(file, bytes);
    const resumed = await place.ae('train', '--out', 'damaged', '--resume');
    expect(resumed).toMatchObject({ code: 0 });
    expect(resumed.stderr).toMatch(/The last checkpoint is not used: .*checkpoint before it, at step/);
    expect(outcomeOf('damaged')).toEqual(unbroken);
  });
});
