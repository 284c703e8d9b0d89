import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { checkOutputFile } from '../src/output-file.js';

const place = mkdtempSync(join(tmpdir(), 'ae-output-'));
const run = join(place, 'run');
const at = (name: string) => join(place, name);
beforeAll(() => {
  mkdirSync(run);
  for (const name of ['run.json', 'best.safetensors']) writeFileSync(join(run, name), '{}');
  writeFileSync(at('thesis.svg'), 'years of work');
  writeFileSync(at('figure.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(at('empty'), '');
  symlinkSync(join(run, 'run.json'), at('link.svg'));
  symlinkSync(at('nowhere'), at('dangling.svg'));
  symlinkSync(run, at('other-name'));
});
afterAll(() => rmSync(place, { recursive: true }));

describe('checkOutputFile()', () => {
  it.each([
    ['a new file', at('new.svg')],
    ['a figure that was drawn before', at('figure.svg')],
    ['an empty file', at('empty')],
    ['a figure among those of a run', join(run, 'figures', 'samples.svg')],
  ])('takes %s', (_what, path) => {
    expect(() => checkOutputFile(path, '.svg')).not.toThrow();
  });

  it.each([
    ['the record of a run', join(run, 'run.json')],
    ['its weights', join(run, 'best.safetensors')],
    ['a checkpoint that is not there yet', join(run, 'checkpoint.safetensors')],
    ['its report', join(run, 'report.html')],
    ['its record by a relative path', relative(process.cwd(), join(run, 'run.json'))],
    ['its record behind a link', at('link.svg')],
    ['its weights in a folder by another name', join(at('other-name'), 'best.safetensors')],
  ])('never takes %s', (_what, path) => {
    for (const force of [false, true])
      expect(() => checkOutputFile(path, '.svg', force)).toThrow('it is a file of the run itself');
  });

  it('takes a file of another kind only by force', () => {
    expect(() => checkOutputFile(at('thesis.svg'), '.svg')).toThrow(
      'there is a file that is no SVG and would be lost',
    );
    expect(() => checkOutputFile(at('figure.svg'), '.png')).toThrow('that is no PNG');
    expect(() => checkOutputFile(at('thesis.svg'), '.svg', true)).not.toThrow();
  });

  it.each([
    ['a folder', run, 'found a folder, expected a file'],
    ['a device', '/dev/null', 'found no ordinary file, expected a file'],
    ['a link to nothing', at('dangling.svg'), 'found a link to nothing'],
    ['no name', '', 'found no file name'],
    ['a name with a NUL in it', 'a\0b', 'found no file name'],
  ])('refuses %s', (_what, path, message) => {
    expect(() => checkOutputFile(path, '.svg', true)).toThrow(message);
  });
});
