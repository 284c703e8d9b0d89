// Judges cases on a backend of TensorFlow.js as it comes, until one is not right; prints a verdict a line.
// Usage: judge-stock.ts <backend> <file with the truths> <first case>
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { registerNative } from '../src/native/index.js';
import { cases } from './cases/index.js';
import { judge, type Truth } from './judge.js';

const [backend, file, first] = process.argv.slice(2) as [string, string, string];
const { names, truths } = JSON.parse(readFileSync(file, 'utf8')) as {
  names: string[];
  truths: (Truth | null)[];
};
tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
if (backend === 'native') registerNative();
await tf.setBackend(backend);
const byName = new Map(cases.map((given) => [`${given.op}/${given.name}`, given]));
for (let i = Number(first); i < names.length; i++) {
  const verdict = await judge(byName.get(names[i]!)!, backend, truths[i] ?? undefined);
  process.stdout.write(`${JSON.stringify(verdict)}\n`);
  if (backend === 'wasm' && verdict.is !== 'right') break;
}
// What is left of the backend need not be fit to be taken down.
process.stdout.write('', () => process.exit());
