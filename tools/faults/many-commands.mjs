// Runs many commands of `ae` one after the other in one process, for rows that try thousands of files: reads lines of
// JSON ({ "args": [...] }) and answers each with { "code", "stderr", "seconds", "megabytes" }.
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';

import { runProgram } from '@ae/cli/program';

const answer = process.stdout.write.bind(process.stdout);
let said = '';
process.stdout.write = (_text, ...rest) => written(rest);
process.stderr.write = (text, ...rest) => {
  said += text;
  return written(rest);
};
const written = (rest) => {
  rest.find((one) => typeof one === 'function')?.();
  return true;
};

for await (const line of createInterface({ input: process.stdin })) {
  const { args } = JSON.parse(line);
  said = '';
  const start = performance.now();
  const code = await runProgram(args).catch((error) => `threw ${error}`);
  const seconds = (performance.now() - start) / 1000;
  const megabytes = Math.round(process.memoryUsage().rss / 2 ** 20);
  answer(`${JSON.stringify({ code, stderr: said, seconds, megabytes })}\n`);
}
