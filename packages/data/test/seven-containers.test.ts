import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { encode } from 'fast-png';
import { zipSync } from 'fflate';
import {
  checksumOf,
  type DataFile,
  type Examples,
  fileOfBytes,
  fromArray,
  readData,
  writeIdx,
  writeNpy,
} from '../src/index.js';
import { filesAt } from '../src/node.js';
import { noise } from './pictures.js';

const [count, side] = [6, 32];
const size = side * side * 3;
const pictures = noise(count, side);
const shape = [count, side, side, 3];
const array = fromArray(pictures, { shape: [side, side, 3] });

const pngs = Object.fromEntries(
  Array.from({ length: count }, (_, i) => [
    `${i}.png`,
    encode({ width: side, height: side, channels: 3, data: pictures.slice(i * size, (i + 1) * size) }),
  ]),
);

/** Records of CIFAR-10: a label, then the planes. */
const records = Uint8Array.from({ length: count * (size + 1) }, (_, at) => {
  const [i, place] = [Math.floor(at / (size + 1)), (at % (size + 1)) - 1];
  if (place < 0) return 0;
  const [channel, pixel] = [Math.floor(place / (side * side)), place % (side * side)];
  return pictures[i * size + pixel * 3 + channel]!;
});

function tarOf(files: Record<string, Uint8Array>): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'ae-tar-'));
  try {
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
    return spawnSync('tar', ['-cf', '-', ...Object.keys(files)], { cwd: folder, maxBuffer: 2 ** 26 }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const one = (name: string, bytes: Uint8Array): DataFile[] => [fileOfBytes(name, bytes)];

const containers: Record<string, () => DataFile[] | Promise<DataFile[]>> = {
  'a folder of PNGs': async () => (await filesAt(folder)).files,
  'a tar': () => one('x.tar', tarOf(pngs)),
  'a zip': () => one('x.zip', zipSync(pngs)),
  '.npy': () => one('x.npy', writeNpy({ shape, data: pictures })),
  '.npz': () => one('x.npz', zipSync({ 'images.npy': writeNpy({ shape, data: pictures }) })),
  IDX: () => one('x.idx', writeIdx({ shape, data: pictures })),
  'CIFAR-10': () => one('data_batch_1.bin', records),
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ae-seven-'));
  for (const [name, bytes] of Object.entries(pngs)) writeFileSync(join(folder, name), bytes);
});

afterAll(() => rmSync(folder, { recursive: true }));

for (const [name, files] of Object.entries(containers))
  test(`the same pictures in ${name} are the same examples as in an array, bit for bit`, async () => {
    const { all } = (await readData('x', await files())) as unknown as { all: Examples };
    expect(all.shape).toEqual([side, side, 3]);
    expect(all.values).toEqual(pictures);
    const { values, shape, count } = all;
    expect(checksumOf([{ values, shape, count }])).toBe(checksumOf([array]));
  });
