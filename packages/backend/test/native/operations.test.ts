import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from '@jest/globals';

import type { Addon } from '../../src/native/addon.js';
import { numberOf, operations, placeOf, table, tableDifference } from '../../src/native/operations.js';

const folder = fileURLToPath(new URL('../..', import.meta.url));
const isBuilt = existsSync(`${folder}build/Release/ae_native.node`);

describe('the table of operations', () => {
  (isBuilt ? it : it.skip)('is that of the compiled library, entry by entry', () => {
    // Without loadAddon(), which refuses a library of another table, so that all other tests are skipped then.
    const load = createRequire(import.meta.url)('node-gyp-build') as (folder: string) => Addon;
    expect(load(folder).describe().table).toEqual(table);
  });

  it('names every operation of native/ops.h, built or not', () => {
    const text = readFileSync(`${folder}native/ops.h`, 'utf8');
    const macro = text.slice(text.indexOf('define AE_OPERATIONS'), text.indexOf('#define AE_PHILOX'));
    const named = [...macro.matchAll(/X\((\w+), /g)].map(([, name]) => name);
    expect([...named, 'PhiloxRandom']).toEqual(Object.keys(operations));
  });

  it('gives numbers and places', () => {
    expect(numberOf('MatMul')).toBe(0);
    expect(placeOf('MatMul', 'activation')).toBe(7);
    expect(placeOf('PhiloxRandom', 'counter')).toBe(3);
  });
});

describe('tableDifference()', () => {
  it('finds none where both sides say the same', () => expect(tableDifference([...table])).toBeUndefined());

  it.each<[what: string, found: string[] | undefined, difference: string]>([
    ['an operation more', [...table, 'FloorDiv: rank'], 'found "FloorDiv: rank", expected "nothing"'],
    ['an operation less', table.slice(1), `found "${table[1]}", expected "${table[0]}"`],
    ['the last entry missing', table.slice(0, -1), `found "nothing", expected "${table.at(-1)}"`],
    ['a parameter less', table.map((line) => line.replace(/ counter$/, '')), 'found "PhiloxRandom: normal count seed", expected "PhiloxRandom: normal count seed counter"'], // prettier-ignore
    ['no table', undefined, `found "nothing", expected "${table[0]}"`],
  ])('finds %s', (_what, found, difference) => expect(tableDifference(found)).toBe(difference));
});
