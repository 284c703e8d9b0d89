// Runs TensorFlow.js's own specifications (those that ship inside @tensorflow/tfjs-core) on the native backend and,
// to compare, on the stock CPU backend. Whatever passes there and fails here is an error, unless it is listed with
// its reason in exclusions.ts; so is an exclusion that is no longer needed.
//
// npm run spec -w @ae/backend                              the best instruction set of this processor
// AE_SIMD=portable AE_THREADS=1 npm run spec -w @ae/backend  another one
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { bundleSuite } from './bundle.js';
import { exclusions } from './exclusions.js';
import type { SpecResult } from './run-suite.js';

/** Of 4.22; far fewer mean that the suite was not found. */
const FEWEST = 4000;

const bundle = await bundleSuite();
try {
  const [cpu, native] = await Promise.all([run('cpu'), run('native')]);
  process.exitCode = report(cpu, native);
} finally {
  rmSync(dirname(bundle), { recursive: true });
}

async function run(backend: string): Promise<SpecResult[]> {
  const output = join(dirname(bundle), `${backend}.json`);
  const script = fileURLToPath(new URL('run-suite.ts', import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, script, bundle, output], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, AE_SPEC_BACKEND: backend },
  });
  const code = await new Promise((resolve) => child.once('exit', (exit, signal) => resolve(signal ?? exit)));
  if (code !== 0)
    throw new Error(`Cannot run the specifications on ${backend}: the process ended with ${code}`);
  return JSON.parse(readFileSync(output, 'utf8')) as SpecResult[];
}

function report(cpu: SpecResult[], native: SpecResult[]): number {
  const passed = of('passed', cpu);
  const outcomes = new Map(native.map((spec) => [spec.name, spec]));
  for (const spec of of('failed', native)) outcomes.set(spec.name, spec); // a few have the same name
  const worse = passed.filter(({ name }) => outcomes.get(name)?.status !== 'passed');
  const broken = worse.filter(({ name }) => !exclusions.some((excluded) => excluded.name === name));
  const stale = exclusions.filter(({ name }) => !worse.some((spec) => spec.name === name));

  for (const { name } of broken)
    console.log(`FAILED ${name}\n${indent(outcomes.get(name)?.message ?? 'did not run')}`);
  for (const { name, reason } of exclusions) console.log(`EXCLUDED ${name}\n${indent(reason)}`);
  for (const { name } of stale) console.log(`NOT NEEDED exclusion of "${name}", which passes`);
  for (const [backend, results] of [
    ['cpu', cpu],
    ['native', native],
  ] as const)
    console.log(
      `${backend}: ${of('passed', results).length} passed, ${of('failed', results).length} failed, ` +
        `${of('pending', results).length} switched off by the suite itself`,
    );
  console.log(`${broken.length} pass on cpu and not on native without a reason`);
  if (passed.length < FEWEST)
    console.log(`Found ${passed.length} that pass on cpu, expected at least ${FEWEST}`);
  return broken.length || stale.length || passed.length < FEWEST ? 1 : 0;
}

function of(status: SpecResult['status'], results: SpecResult[]): SpecResult[] {
  return results.filter((spec) => spec.status === status);
}

function indent(text: string): string {
  return `       ${text.replaceAll('\n', '\n       ')}`;
}
