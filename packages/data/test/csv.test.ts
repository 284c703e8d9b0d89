import { describe, expect, test } from '@jest/globals';
import { readData } from '../src/index.js';
import { bytesOf, fileOf, read } from './read-csv.js';

const pets = `name,kind,weight,age,lives with
Tom,cat,4.5,3,people
Rex,dog,30,7,people
Ben,dog,25.5,1,nobody
Kit,cat,3e0,12,people
`;

describe('csv', () => {
  test('takes numbers as they are, and texts as categories in the order of their code units', async () => {
    const { all, notices } = await read(pets, { key: 'name' });
    expect(all).toEqual({
      values: Float32Array.of(
        ...[1, 0, 4.5, 3, 0, 1],
        ...[0, 1, 30, 7, 0, 1],
        ...[0, 1, 25.5, 1, 1, 0],
        ...[1, 0, 3, 12, 0, 1],
      ),
      shape: [6],
      count: 4,
      fields: [
        { name: 'kind', kind: 'category', categories: ['cat', 'dog'] },
        { name: 'weight', kind: 'number' },
        { name: 'age', kind: 'number' },
        { name: 'lives with', kind: 'category', categories: ['nobody', 'people'] },
      ],
      names: ['Tom', 'Rex', 'Ben', 'Kit'],
    });
    expect(notices).toEqual([
      't.csv: columns by commas, named by the first line',
      't.csv: 4 rows of 2 numbers; categories, one place for each: kind (2), lives with (2); named by name',
    ]);
  });

  test('takes the columns that are asked for, in their order, and a label as classes', async () => {
    const { all } = await read(pets, { columns: ['age', 'weight'], label: 'kind' });
    expect(all).toEqual({
      values: Float32Array.of(3, 4.5, 7, 30, 1, 25.5, 12, 3),
      ...{ shape: [2], count: 4, labels: Uint8Array.of(0, 1, 1, 0), classes: ['cat', 'dog'] },
      fields: [
        { name: 'age', kind: 'number' },
        { name: 'weight', kind: 'number' },
      ],
    });
  });

  test.each([
    ['commas', 'a,b\n1,2\n3,4\n'],
    ['semicolons', 'a;b\n1;2\n3;4\n'],
    ['tabs', 'a\tb\n1\t2\n3\t4\n'],
    ['lines that end as in DOS', 'a,b\r\n1,2\r\n3,4\r\n'],
    ['lines that end as on old Macs', 'a,b\r1,2\r3,4'],
    ['no end of the last line', 'a,b\n1,2\n3,4'],
    ['a mark of UTF-8', '\ufeffa,b\n1,2\n3,4\n'],
    ['spaces around cells', ' a , b\n 1 ,  2\n3 , 4\t\n'],
    ['quotes around cells', '"a","b"\n"1","2"\n"3" , "4"\n'],
    ['blank lines', '\na,b\n\n1,2\n\n3,4\n\n'],
    ['the index that pandas writes', ',a,b\n0,1,2\n1,3,4\n'],
  ])('reads %s', async (_what, text) => {
    const { all, rows } = await read(text);
    expect(Array.from(all.values)).toEqual([1, 2, 3, 4]);
    expect(rows.columns.slice(-2)).toEqual(['a', 'b']);
  });

  test('names columns by their places where the first line does not', async () => {
    const { rows, notices } = await read('1,x\n3,y\n3,y\n');
    expect(rows.columns).toEqual(['column 1', 'column 2']);
    expect(notices[0]).toBe('t.csv: columns by commas, without names');
    expect((await read('0,1\n3,4\n5,6\n')).all.count).toBe(2); // pandas counts columns without names
    expect((await read('2020,2021\n3,4\n', { header: true })).rows.columns).toEqual(['2020', '2021']);
    expect((await read('a,b\na,c\nd,c\n', { header: false })).all.count).toBe(3);
  });

  test('keeps delimiters, quotes and line ends that stand in quotes', async () => {
    const { all } = await read('kind,n\n"a, ""b""\nc",1\n"a, ""b""\nc",2\n');
    expect(all.fields![0]).toEqual({ name: 'kind', kind: 'category', categories: ['a, "b"\nc'] });
  });

  const gaps = 'kind,n,m\na,1,2\n,3,4\nb,NA,5\na,6,?\nb,7,8\n';
  test('refuses missing values, leaves such rows out, or keeps them as NaN', async () => {
    await expect(read(gaps)).rejects.toThrow(
      "Cannot read t.csv, line 3: found no value in column \"kind\", expected one in each row; missing: 'drop' leaves such rows out, 'keep' keeps them as NaN",
    );
    const dropped = await read(gaps, { missing: 'drop' });
    expect(Array.from(dropped.all.values)).toEqual([1, 0, 1, 2, 0, 1, 7, 8]);
    expect(dropped.notices).toContain('t.csv: left out 3 rows, which lack a value');
    const kept = await read(gaps, { missing: 'keep' });
    expect(Array.from(kept.all.values.slice(4, 12))).toEqual([NaN, NaN, 3, 4, 0, 1, NaN, 5]);
    expect(kept.notices).toContain('t.csv: 3 cells lack a value, kept as NaN');
    expect(kept.rows.rows).toEqual([
      ['a', 1, 2],
      [null, 3, 4],
      ['b', null, 5],
      ['a', 6, null],
      ['b', 7, 8],
    ]);
    expect((await read(gaps, { columns: ['m'], missing: 'keep' })).all.count).toBe(5);
    await expect(read('a,b\n1,\n2,\n', { missing: 'keep' })).rejects.toThrow('found no value in column "b"');
  });

  test('reads once more where a column turns out to have texts late', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `${i},${i % 2}${i === 2000 ? 'x' : ''}`);
    const { all } = await read(`n,code\n${lines.join('\n')}\n`);
    expect(all.fields![1]).toEqual({ name: 'code', kind: 'category', categories: ['0', '0x', '1'] });
    expect(Array.from(all.values.slice(8000, 8004))).toEqual([2000, 0, 1, 0]);
  });

  test('refuses what is no text in UTF-8', async () => {
    await expect(read(Uint8Array.of(0xff, 0xfe, 97, 0))).rejects.toThrow('found UTF-16');
    await expect(read(Uint8Array.of(80, 75, 3, 4))).rejects.toThrow('found a ZIP archive, or a spreadsheet');
    const latin = Uint8Array.of(...bytesOf('n,kind\n1,'), 0xe9, ...bytesOf('\n2,x\n'));
    await expect(read(latin)).rejects.toThrow(
      'Cannot read t.csv, line 2: found bytes that are not UTF-8 in cell 2',
    );
  });

  test('leaves broken rows out where that is asked for, and tells which', async () => {
    const lines = Array.from({ length: 50 }, (_, i) => `${i},${i === 7 ? 'oops' : i === 9 ? '1,2' : i / 2}`);
    const { all, skipped, notices } = await read(`a,b\n${lines.join('\n')}`, { skipBroken: true });
    expect(all.count).toBe(48);
    expect(all.fields).toEqual([
      { name: 'a', kind: 'number' },
      { name: 'b', kind: 'number' },
    ]);
    expect(skipped).toEqual(['t.csv, line 9', 't.csv, line 11']);
    expect(notices).toContain('t.csv: left out 2 broken rows');
  });

  test('reads new rows like those before: by name, in any order, with the same categories', async () => {
    const { all } = await read(pets, { columns: ['kind', 'weight'], label: 'lives with' });
    const like = { fields: all.fields, classes: all.classes };
    const others = await read('weight,colour,kind\n9,red,dog\n8,blue,dog\n', { like, label: 'lives with' });
    expect(others.all).toEqual({
      ...{ values: Float32Array.of(0, 1, 9, 0, 1, 8), shape: [3], count: 2, fields: all.fields },
    });
    const labelled = await read('weight,lives with,kind\n9,people,dog\n', { like, label: 'lives with' });
    expect(labelled.all).toMatchObject({ labels: Uint8Array.of(1), classes: ['nobody', 'people'] });

    const bird = 'weight,kind\n1,bird\n';
    await expect(read(bird, { like })).rejects.toThrow(
      'Cannot read t.csv, line 2: found "bird" in column "kind", expected one of cat, dog as in the table before',
    );
    expect((await read(bird, { like, unknown: 'zeros' })).all.values).toEqual(Float32Array.of(0, 0, 1));
    await expect(read('weight\n1\n', { like })).rejects.toThrow('found no column "kind"');
    await expect(read('weight,kind\nheavy,cat\n', { like })).rejects.toThrow(
      'line 2: found "heavy" in column "weight", expected a number as in the other rows',
    );
  });

  test('takes files by their parts, with the same categories in each', async () => {
    const parts = await readData('pets', [
      fileOf('kind,n\na,1\na,2\nb,3\n', 'pets/train.csv'),
      fileOf('n,kind\n4,c\n', 'pets/test.csv'),
    ]);
    expect(parts).toMatchObject({
      train: { values: Float32Array.of(1, 0, 0, 1, 1, 0, 0, 2, 0, 1, 0, 3) },
      test: { values: Float32Array.of(0, 0, 1, 4), count: 1 },
    });
    const joined = await readData('pets', [fileOf('n\n1\n', 'part-0.csv'), fileOf('n\n2\n', 'part-1.csv')]);
    expect(joined).toMatchObject({ all: { values: Float32Array.of(1, 2) } });
  });

  test('can be stopped, and tells how far it is', async () => {
    const text = `a,b\n${'1,2\n'.repeat(600_000)}`;
    const done: number[] = [];
    const signal = { aborted: false, reason: new Error('enough') };
    const reading = readData(
      't.csv',
      [fileOf(text)],
      {},
      {
        signal,
        onProgress: (progress) => {
          done.push(progress.done);
          signal.aborted = true;
        },
      },
    );
    await expect(reading).rejects.toThrow('enough');
    expect(done).toEqual([2 ** 20]);
  });
});
