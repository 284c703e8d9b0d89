import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { arch, availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One line that says what the figures were measured on. */
export const describeMachine = (): string =>
  `${cpus()[0]?.model.trim() ?? 'unknown processor'} (${arch()}), ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;

/** GFLOP/s of one core in multiply-adds that never leave its registers; nothing where no C++ compiler is found. */
export function measurePeak(): number | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'ae-bench-'));
  const source = fileURLToPath(new URL('peak.cc', import.meta.url));
  try {
    const program = join(folder, 'peak');
    execFileSync('g++', ['-O3', '-march=native', '-ffp-contract=fast', '-std=c++17', source, '-o', program]);
    return Number(execFileSync(program, { encoding: 'utf8' }));
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A Python that has PyTorch, and what it is; nothing where there is none. */
export function findTorch(): { python: string; version: string; blas: string } | undefined {
  const script = fileURLToPath(new URL('torch_steps.py', import.meta.url));
  for (const python of ['python3', '/usr/bin/python3'])
    try {
      const options = { encoding: 'utf8' as const, stdio: 'pipe' as const };
      return { python, ...JSON.parse(execFileSync(python, [script], options)) };
    } catch {
      continue;
    }
  return undefined;
}

/** What OpenBLAS should take this processor for; newer ones than it knows get its slowest kernels otherwise. */
export function openblasCore(flags: string): string | undefined {
  if (/\bavx512f\b/.test(flags)) return 'SkylakeX';
  return /\bavx2\b/.test(flags) ? 'Haswell' : undefined;
}
