import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, release, tmpdir, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import * as tf from '@tensorflow/tfjs';

/** What the figures were measured on, with no path and no name of a host. */
export function describeMachine(): string[] {
  return [
    `${cpus()[0]!.model}, ${availableParallelism()} cores, ${instructionSets().join(', ') || process.arch}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    `${type()} ${release().split('-')[0]}, Node ${process.version}, TensorFlow.js ${tf.version.tfjs}`,
  ];
}

/** What OpenBLAS calls a processor of this kind; it knows few by name in a virtual machine. */
export function openblasCoreType(): string | undefined {
  const sets = instructionSets();
  if (sets.includes('AVX-512')) return 'SkylakeX';
  return sets.includes('AVX2') ? 'Haswell' : undefined;
}

/** Additions and multiplications in a second, in billions, by number of threads; none where there is no compiler. */
export function peakMeter(): ((threads: number) => number) | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'ae-peak-'));
  process.once('exit', () => rmSync(folder, { recursive: true }));
  const program = join(folder, 'peak');
  try {
    const source = fileURLToPath(new URL('peak.cc', import.meta.url));
    execFileSync(process.env.CXX ?? 'g++', ['-O3', '-march=native', source, '-o', program, '-lpthread'], {
      stdio: 'ignore',
    });
  } catch {
    return undefined;
  }
  return (threads) => Number(execFileSync(program, [String(threads)], { encoding: 'utf8' }));
}

function instructionSets(): string[] {
  let flags: Set<string>;
  try {
    flags = new Set(/^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]?.split(/\s+/));
  } catch {
    return []; // not Linux
  }
  return [
    ...(['avx512f', 'avx512dq', 'avx512bw', 'avx512vl'].every((flag) => flags.has(flag)) ? ['AVX-512'] : []),
    ...(flags.has('avx2') && flags.has('fma') ? ['AVX2'] : []),
  ];
}
