// Runs a bundled suite under jasmine, in plain node, and prints what came out as JSON.
// Usage: run-suite.ts <bundle> <file for the results>
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** One specification's outcome. */
export interface SpecResult {
  /** As jasmine composes it, without the name of the environment. */
  name: string;
  status: 'passed' | 'failed' | 'pending' | 'excluded';
  message?: string;
}

interface JasmineSpec {
  fullName: string;
  status: SpecResult['status'];
  failedExpectations: { message: string }[];
}

interface Runner {
  env: { configure(options: object): void };
  exitOnCompletion: boolean;
  clearReporters(): void;
  addReporter(reporter: { specDone(spec: JasmineSpec): void }): void;
  randomizeTests(random: boolean): void;
  execute(): Promise<{ overallStatus: string }>;
}

const require = createRequire(import.meta.url);
const [bundle, output] = process.argv.slice(2) as [string, string];

const Jasmine = require('jasmine') as new () => Runner;
const runner = new Jasmine();
const results: SpecResult[] = [];
runner.exitOnCompletion = false;
runner.clearReporters();
runner.addReporter({
  specDone({ fullName, status, failedExpectations }) {
    const message = failedExpectations[0]?.message;
    results.push({ name: fullName.replace(' backend {}', ''), status, ...(message && { message }) });
  },
});
runner.randomizeTests(false);
// Specifications of the profiler and of warnings print, and jasmine deprecates the option.
console.log = console.warn = console.error = () => {};
runner.env.configure({ forbidDuplicateNames: false }); // the suite has a few
require(bundle);
await runner.execute();
writeFileSync(output, JSON.stringify(results));
