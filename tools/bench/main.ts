// npm run bench [-- --json | --write | --repetitions 1 | vae conv-ae …]
// Trains the base models on every backend here and in PyTorch, side by side, and says how fast each is, what share of
// the machine's peak that is, how the time of a step grows, and where it goes. --json prints rows for machines,
// --write puts the page into BENCHMARKS.md.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { zoo } from '@ae/models';

import { baseCases } from './cases.js';
import { compareBackends } from './compare-backends.js';
import { explainSteps } from './explain-steps.js';
import { measureGrowth } from './growth.js';
import { describeMachine, peakMeter } from './machine.js';
import { measureProduct } from './measure-product.js';
import { startRunners } from './runners.js';

const { values: flags, positionals: asked } = parseArgs({
  options: {
    json: { type: 'boolean' },
    write: { type: 'boolean' },
    repetitions: { type: 'string', default: '5' },
  },
  allowPositionals: true,
});
const unknown = asked.find((name) => !Object.hasOwn(zoo, name));
if (unknown)
  throw new RangeError(`Cannot bench "${unknown}": expected one of ${Object.keys(zoo).join(', ')}`);
const cases = baseCases.filter(({ model }) => asked.length === 0 || asked.includes(model));
const options = { repetitions: Number(flags.repetitions), seconds: 1, patience: 20 };
const progress = (text: string) => process.stderr.write(`${text}\n`);

const { runners, missing } = await startRunners();
try {
  const peak = peakMeter();
  const compared = await compareBackends(cases, runners, peak, options, progress);
  if (flags.json) console.log(JSON.stringify(compared.rows, null, 1));
  if (!flags.json || flags.write) {
    const page = [
      ...introduction(),
      ...compared.page,
      ...(await measureProduct(runners, peak, options, progress)),
      ...(await measureGrowth(runners, options, progress)),
      ...(await explainSteps(cases, runners, options, progress)),
    ];
    const text = `${page
      .join('\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim()}\n`;
    if (!flags.json) process.stdout.write(text);
    if (flags.write) writeFileSync(new URL('../../BENCHMARKS.md', import.meta.url), text);
  }
} finally {
  for (const runner of runners) runner.close();
}

function introduction(): string[] {
  const programs = new Map(
    runners.map(({ backend, description }) => [backend, `${backend}: ${description}`]),
  );
  return [
    '# Benchmarks\n',
    "What `npm run bench -- --write` found when it was last run. Whole training steps through `@ae/trainer`'s `fit`, batches",
    'of bytes to updated weights, with the loss of every step read; medians of repetitions in which the programs took turns.\n',
    ...[...describeMachine(), ...programs.values(), ...missing.map((line) => `not here: ${line}`)].map(
      (line) => `- ${line}`,
    ),
  ];
}
