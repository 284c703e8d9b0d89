import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { writeCsv } from '../src/index.js';
import { describeWithPython } from './python.js';
import { read } from './read-csv.js';

describe('csv', () => {
  test('reads numbers as Number() does, rounded to float32, however they are written', async () => {
    const written = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e38, max: 1e38 }).map(String),
      fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => value.toPrecision(17)),
      fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 25n }), fc.nat({ max: 30 })).map(([digits, places]) => {
        const text = `${digits}`.padStart(places + 1, '0');
        return places === 0 ? `${text}.` : `${text.slice(0, -places)}.${text.slice(-places)}`;
      }),
      fc
        .tuple(fc.integer(), fc.integer({ min: -60, max: 25 }))
        .map(([digits, power]) => `${digits}E${power}`),
      fc.constantFrom('.5', '+1', '-.25e+1', '00012', '1e0000000000000000001', '8388608.5', '16777217'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(written, { minLength: 1, maxLength: 50 }), async (numbers) => {
        const { all } = await read(`x\n${numbers.join('\n')}\n`);
        expect(Array.from(all.values)).toEqual(numbers.map((text) => Math.fround(Number(text))));
      }),
      { numRuns: 500 },
    );
  });

  const cell = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 });
  const anyTable = fc
    .record({ kinds: fc.uniqueArray(cell, { minLength: 1, maxLength: 4 }), columns: fc.nat({ max: 3 }) })
    .chain(({ kinds, columns }) =>
      fc.array(
        fc.tuple(
          fc.constantFrom(...kinds),
          fc.array(fc.option(fc.float({ noNaN: true, noDefaultInfinity: true })), {
            minLength: columns,
            maxLength: columns,
          }),
        ),
        { minLength: kinds.length + 1, maxLength: 20 },
      ),
    );
  test('gives back the rows that writeCsv() wrote', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable, fc.constantFrom(',', ';', '\t' as const), async (table, delimiter) => {
        const columns = ['kind', 'place', ...table[0]![1].map((_, i) => `n${i}`)];
        const rows = table.map(([kind, numbers], i) => [
          `=${kind}`,
          i,
          ...numbers.map((n) => (n === null ? n : n + 0)),
        ]);
        const usable = columns.every((_, i) => rows.some((row) => row[i] !== null));
        fc.pre(usable && new Set(rows.map(([kind]) => kind)).size < rows.length);
        const written = writeCsv({ columns, rows }, { delimiter: delimiter as ',' });
        const read_ = await read(written, { missing: 'keep', header: true });
        expect(read_.rows.columns).toEqual(columns);
        expect(
          read_.rows.rows.map((row) =>
            row.map((each) => (typeof each === 'number' ? Math.fround(each) : each)),
          ),
        ).toEqual(rows);
      }),
      { numRuns: 300 },
    );
  });
});

describeWithPython('csv, as pandas and Python write it', ['pandas'], (run) => {
  test('reads pandas’ tables', async () => {
    const files = run(`
import numpy as np, pandas as pd, csv
random = np.random.default_rng(1)
table = pd.DataFrame({'a': random.normal(size=200), 'b': random.integers(-9, 9, 200), 'kind': random.choice(['x', 'y, "z"', 'é'], 200)})
table.loc[3, 'a'] = np.nan
table.to_csv('index.csv')
table.to_csv('plain.csv', index=False)
table.to_csv('tabs.tsv', index=False, sep='\\t')
table.to_csv('quoted.csv', index=False, quoting=csv.QUOTE_ALL)
pd.DataFrame(random.normal(size=(5, 3))).to_csv('unnamed.csv', index=False)
table.a.to_numpy('f4').tofile('a')
`);
    const a = new Float32Array(files('a').buffer);
    for (const file of ['index.csv', 'plain.csv', 'tabs.tsv', 'quoted.csv']) {
      const { all } = await read(files(file), { missing: 'keep' }, file);
      expect(all.fields!.map(({ name }) => name)).toEqual(['a', 'b', 'kind']);
      expect(all.fields![2]).toMatchObject({ categories: ['x', 'y, "z"', 'é'] });
      expect(Array.from({ length: 200 }, (_, i) => all.values[i * 5])).toEqual(Array.from(a));
    }
    expect((await read(files('unnamed.csv'), {}, 'unnamed.csv')).all).toMatchObject({ shape: [3], count: 5 });
  });

  test('cuts cells as Python’s csv does', async () => {
    const files = run(`
import csv, json, random
random.seed(1)
rows = [['%d' % i] + [''.join(random.choice('ab,;"\\n\\t é') for _ in range(random.randrange(9))) + '.' for _ in range(3)] for i in range(500)]
with open('t.csv', 'w', newline='', encoding='utf-8') as file: csv.writer(file, lineterminator='\\n').writerows([['n', 'p', 'q', 'r']] + rows)
json.dump([row[1].strip(' \\t') if '"' not in row[1] and ',' not in row[1] and '\\n' not in row[1] else row[1] for row in rows], open('p.json', 'w'))
`);
    const { all } = await read(files('t.csv'), { key: 'p', columns: ['n'], header: true });
    expect(all.names).toEqual(JSON.parse(new TextDecoder().decode(files('p.json'))));
    expect(Array.from(all.values)).toEqual(Array.from({ length: 500 }, (_, i) => i));
  });
});

const hasSqlite = spawnSync('sqlite3', ['-version']).status === 0;
if (!hasSqlite) console.log('sqlite3’s CSV is skipped: there is no sqlite3');
(hasSqlite ? test : test.skip)('csv, as sqlite3 -csv writes it', async () => {
  const { stdout } = spawnSync('sqlite3', ['-csv', '-header', ':memory:'], {
    input: `create table t (a real, "b c" integer, kind text);
insert into t values (1.5, -3, 'it''s "x", ok'), (null, 4, 'it''s "x", ok'), (1e-7, 5, 'plain');
select * from t;`,
    encoding: 'utf8',
  });
  const { rows } = await read(stdout, { missing: 'keep' });
  expect(rows).toEqual({
    columns: ['a', 'b c', 'kind'],
    rows: [
      [1.5, -3, 'it\'s "x", ok'],
      [null, 4, 'it\'s "x", ok'],
      [1e-7, 5, 'plain'],
    ],
  });
});
