import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type DataFile, type Examples, fileOfBytes, readData, type ReadDataOptions } from '../src/index.js';
import { filesAt } from '../src/node.js';
import { imageMagick, testWith } from './other-programs.js';
import { plainPng } from './pictures.js';

const text = (name: string, content = '') => fileOfBytes(name, new TextEncoder().encode(content));
async function read(files: DataFile[], options: ReadDataOptions = {}) {
  const notices: string[] = [];
  const parts = await readData('photos', files, options, { notice: (line) => notices.push(line) });
  return { ...parts, notices };
}
/** What one can see of a part of plain pictures: its names, the value of each, and its class. */
const shown = ({ names, values, shape, labels, classes }: Examples) =>
  names!.map((name, i) => [
    name,
    values[i * shape[0]! * shape[1]! * shape[2]!],
    ...(labels ? [classes![labels[i]!]] : []),
  ]);

describe('image-folder', () => {
  test('reads pictures in the order of their names, with the first folder as their class', async () => {
    const found = await read([
      plainPng('dogs/b.png', 3),
      plainPng('cats/10.png', 1),
      plainPng('dogs/a.png', 2),
      plainPng('cats/2/9.PNG', 4),
    ]);
    expect(found.format).toBe('image-folder');
    expect(shown((found as { all: Examples }).all)).toEqual([
      ['cats/10.png', 1, 'cats'],
      ['cats/2/9.PNG', 4, 'cats'],
      ['dogs/a.png', 2, 'dogs'],
      ['dogs/b.png', 3, 'dogs'],
    ]);
    expect(found).toMatchObject({ all: { classes: ['cats', 'dogs'], shape: [2, 2, 1] } });
    expect(found.notices).toEqual(['labels by folder: cats, dogs']);
  });

  test('takes the folders train, val and test for parts of one shape and the same classes', async () => {
    const found = await read([
      plainPng('set/train/cats/1.png', 1),
      plainPng('set/train/dogs/1.png', 2),
      plainPng('set/test/dogs/1.png', 3, 4, 5),
      plainPng('set/Validation/dogs/1.png', 4),
    ]);
    const parts = found as unknown as Record<string, Examples>;
    expect(
      Object.fromEntries(['train', 'validation', 'test'].map((part) => [part, shown(parts[part]!)])),
    ).toEqual({
      train: [
        ['set/train/cats/1.png', 1, 'cats'],
        ['set/train/dogs/1.png', 2, 'dogs'],
      ],
      validation: [['set/Validation/dogs/1.png', 4, 'dogs']],
      test: [['set/test/dogs/1.png', 3, 'dogs']],
    });
    for (const part of ['train', 'validation', 'test'])
      expect(parts[part]).toMatchObject({ shape: [2, 2, 3], classes: ['cats', 'dogs'] });
  });

  test('takes train for a class where nothing says that it is a part', async () => {
    const found = await read(['car', 'plane', 'train'].map((name, i) => plainPng(`${name}/1.png`, i)));
    expect(found).toMatchObject({ all: { classes: ['car', 'plane', 'train'] } });
  });

  test('asks where folders lie beside train and test that are neither', async () => {
    const files = ['train', 'test', 'masks'].map((name) => plainPng(`set/${name}/x/1.png`, 1));
    await expect(read(files)).rejects.toThrow(
      'Cannot read pictures: found set/masks/x/1.png beside the folders of train and test, expected no others there; move it away',
    );
  });

  test('has no labels where pictures lie in no folder, and says so where some do', async () => {
    const flat = await read([plainPng('1.png', 1), plainPng('2.png', 2)]);
    expect(Object.keys((flat as { all: Examples }).all)).not.toContain('labels');
    expect(flat.notices).toEqual([]);
    const files = [plainPng('1.png', 1), plainPng('cats/2.png', 2)];
    const mixed = await read(files);
    expect(Object.keys((mixed as { all: Examples }).all)).not.toContain('labels');
    expect(mixed.notices).toEqual(['no labels: 1.png in no sub-folder, others in some']);
    await expect(read(files, { label: 'folders' })).rejects.toThrow(
      'found 1.png in no sub-folder, expected all in one that is its class; move them, or say label none',
    );
    const none = await read(files.slice(1), { label: 'none' });
    expect(Object.keys((none as { all: Examples }).all)).not.toContain('labels');
  });

  test('leaves out what is no picture, and says so', async () => {
    const found = await read([
      ...[plainPng('a.png', 1), plainPng('b.png', 2), text('Thumbs.db'), text('about.txt')],
    ]);
    expect(found).toMatchObject({ all: { count: 2 } });
    expect(found.notices).toEqual(['left out, as no pictures: Thumbs.db, about.txt']);
  });

  test('is not taken for a folder of other files with a picture among them', async () => {
    const files = [plainPng('logo.png', 1), text('a.bin'), text('b.bin')];
    await expect(read(files)).rejects.toThrow('expected files of one format');
    expect(await read(files, { format: 'image-folder' })).toMatchObject({ all: { count: 1 } });
  });

  test('counts what is broken where that is asked, also where a whole part is', async () => {
    const files = [
      ...[plainPng('train/1.png', 1), text('train/2.png', 'no picture'), plainPng('train/3.png', 3)],
      ...[text('test/1.png', '')],
    ];
    await expect(read(files)).rejects.toThrow('Cannot read train/2.png: found bytes that begin 0x6e6f');
    const found = await read(files, { skipBroken: true });
    expect(found).toMatchObject({ train: { count: 2 }, skipped: ['train/2.png', 'test/1.png'] });
    expect(found).not.toHaveProperty('test');
    await expect(
      read(files.slice(1, 2).concat(plainPng('test/1.png', 1)), { skipBroken: true }),
    ).rejects.toThrow('found none in train that is whole');
  });

  describe('with a table of labels', () => {
    const files = [plainPng('x/a.png', 1), plainPng('x/b.png', 2), plainPng('y/b.png', 3)];
    const labelled = (table: string, label = 'labels.csv') =>
      read([...files, text('labels.csv', table)], { label });

    test('finds pictures by their path, their name, or their name without its ending', async () => {
      const found = await labelled('file,label\nx/b.png,"dog, small"\na,cat\ny/b.png,cat\nnone.png,cow\n');
      expect(shown((found as unknown as { all: Examples }).all)).toEqual([
        ['x/a.png', 1, 'cat'],
        ['x/b.png', 2, 'dog, small'],
        ['y/b.png', 3, 'cat'],
      ]);
      expect(found.notices).toEqual([
        'labels from labels.csv, column "label"; left out 1 rows of pictures that are not there, the first none.png',
      ]);
    });

    test('takes the second column, or the one that is called label or class', async () => {
      const classesOf = async (table: string) =>
        ((await labelled(table)) as unknown as { all: Examples }).all.classes;
      expect(await classesOf('a.png;u\nx/b.png;v\ny/b.png;v')).toEqual(['u', 'v']);
      expect(await classesOf('id,age,Class\na,3,u\nx/b.png,4,v\ny/b.png,5,w')).toEqual(['u', 'v', 'w']);
      expect(await classesOf('class,file\nu,a\nv,x/b.png\nw,y/b.png')).toEqual(['u', 'v', 'w']);
    });

    test('refuses a picture without a row, one with two, and a table that is not there', async () => {
      await expect(labelled('a,u\nx/b.png,v\nb.png,v')).rejects.toThrow(
        'Cannot read labels.csv: found no row for y/b.png, expected one for each of 3 pictures',
      );
      await expect(labelled('a,u\na.png,v\nx/b.png,v\ny/b.png,v')).rejects.toThrow(
        'Cannot read labels.csv, line 2: found label "v" of a.png, expected "u" as in a row before',
      );
      await expect(labelled('a,u\nx/b.png,\ny/b.png,v')).rejects.toThrow('line 2: found no label of x/b.png');
      await expect(labelled('a,u', 'other.csv')).rejects.toThrow(
        'Cannot read labels: found no file other.csv, expected folders, none, or a table among the pictures: labels.csv',
      );
    });
  });

  testWith(imageMagick)('reads a folder that ImageMagick wrote, of PNG and JPEG, to one size', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ae-pictures-'));
    try {
      for (const [name, size, color] of [
        ...[
          ['a.png', '40x30', 'rgb(255,0,0)'],
          ['b.jpg', '31x47', 'rgb(0,255,0)'],
        ],
        ...[
          ['c.jpeg', '20x20', 'gray(128)'],
          ['d.png', '64x8', 'rgba(0,0,255,0.2)'],
        ],
      ] as [string, string, string][])
        imageMagick!(['-size', size, `xc:${color}`, join(folder, name)]);
      const { files } = await filesAt(folder);
      const { values, shape } = ((await read(files, { size: [4, 6] })) as { all: Examples }).all;
      expect(shape).toEqual([4, 6, 3]);
      const first = [0, 1, 2, 3].map((i) => [...values.subarray(i * 72, i * 72 + 3)]);
      expect(first[0]).toEqual([255, 0, 0]);
      first[1]!.forEach((value, c) => expect(Math.abs(value - [0, 255, 0][c]!)).toBeLessThanOrEqual(2));
      expect(first[2]).toEqual([128, 128, 128]);
      expect(first[3]).toEqual([0, 0, 51]);
      const { all } = (await read(files, { size: 8, channels: 1, fit: 'contain' })) as { all: Examples };
      expect(all.shape).toEqual([8, 8, 1]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
