import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { exitCodes } from '../src/exit-code.js';
import { createProgram } from '../src/program.js';
import { workplace } from './ae.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
let place: Awaited<ReturnType<typeof workplace>>;

beforeAll(async () => {
  place = await workplace();
});
afterAll(() => place.remove());

describe('the README', () => {
  it('shows a command that trains, and ends with the path of the report', async () => {
    const [, line] = /^ae (train .*)$/m.exec(readme)!;
    const { code, stdout, stderr } = await place.ae(...line!.split(' '));
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const report = stdout.trim().split('\n').at(-1)!;
    expect(report).toMatch(/^runs\/vae-[\d-]+\/report\.html$/);
    expect(existsSync(join(place.folder, report))).toBe(true);
  });

  it('names every command and every exit code', () => {
    for (const command of createProgram().commands) expect(readme).toContain(`\`ae ${command.name()}`);
    for (const code of Object.values(exitCodes))
      expect(readme).toMatch(new RegExp(`^\\| (\\d+, )?${code}[ ,]`, 'm'));
  });
});
