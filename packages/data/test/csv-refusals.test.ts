import { describe, expect, test } from '@jest/globals';
import { DataError, type ReadDataOptions } from '../src/index.js';
import { read } from './read-csv.js';

describe('csv', () => {
  const many = Array.from({ length: 100 }, (_, i) => `${i}`);
  const wrong: [string, string, ReadDataOptions, string][] = [
    [
      'a broken row',
      'a,b\n1,2\n3\n',
      {},
      'Cannot read t.csv, line 3: found 1 cells, expected 2 as in the first line',
    ],
    ['a column that is not there', 'a,b\n1,2\n', { label: 'c' }, 'found no column "c", expected one of a, b'],
    ['two columns of a name', 'a,a\n1,2\n', {}, 'found two columns "a", expected names that differ'],
    [
      'dates',
      'n,when\n1,2024-01-01\n2,2024-01-02\n',
      {},
      'found dates such as "2024-01-01", "2024-01-02" in column "when", expected numbers or categories; leave it out (columns), take it to name the rows (key)',
    ],
    [
      'a decimal comma',
      'n;m\n1;1,5\n2;1,5\n3;7\n',
      {},
      'found numbers with a comma such as "1,5", "7" in column "m", expected a decimal point',
    ],
    [
      'texts that differ',
      `n,id\n${many.map((i) => `${i},user${i}`).join('\n')}`,
      {},
      'found more than 64 different texts such as "user0", "user1", "user2" in column "id", expected numbers, or at most 64 categories and fewer than rows; leave it out (columns), or take it to name the rows (key)',
    ],
    [
      'a text in each row',
      'n,id\n1,a\n2,b\n3,c\n',
      {},
      'found 3 different texts such as "a", "b", "c" in column "id"',
    ],
    [
      'a text among numbers',
      `n\n${many.map((i) => (i === '90' ? '9o' : `${i}.5`)).join('\n')}`,
      {},
      'found "9o" among numbers, first in t.csv, line 92, in column "n", expected a number, or an empty cell; skipBroken leaves such rows out',
    ],
    [
      'a number that is not finite',
      'a,b\n1,2\n3,-inf\n',
      {},
      'Cannot read t.csv, line 3: found "-inf" in column "b", expected finite numbers',
    ],
    [
      'a number beyond float32',
      'a,b\n1,2\n3,1e39\n',
      {},
      'line 3: found "1e39" in column "b", expected finite numbers',
    ],
    ['an open quote', 'a,b\n1,"2\n3,4\n', {}, 'found a quote that is not closed in line 2'],
    ['text after a quote', 'a,b\n1,"2"x\n', {}, 'found text after a closing quote in line 2'],
    ['no rows', 'a,b\n', {}, 'found no rows, expected at least one'],
    ['no lines', '', {}, 'found no whole line, expected a table'],
    ['no label', 'a,b\n1,x\n2,\n', { label: 'b' }, 'Cannot read t.csv, line 3: found no label in column "b"'],
  ];
  test.each(wrong)('refuses %s, and says what to do', async (_what, text, options, message) => {
    await expect(read(text, options)).rejects.toThrow(DataError);
    await expect(read(text, options)).rejects.toThrow(message);
  });
});
