// npm run check:gradients [-- --short | --write | --random 100 --seed 7 | avgPool layers.lstm …]
// Compares the value and the gradient of every operation and layer that TensorFlow.js exports, on every backend that
// runs here, with definitions in double precision and their finite differences. Prints operations × backends and what
// is refused; ends with 1 where a number is wrong, where something throws a message of no use, and where an operation has
// no case. --short leaves out the recurrent layers and what TensorFlow.js gives before it is patched, --write puts the
// table into the docs, --random judges that many random uses of each operation whose shapes matter instead.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { probeBackends, useBackend } from '../src/node.js';
import { cases as all } from './cases/index.js';
import { operationsWithoutCase, watchGradients } from './coverage.js';
import { registerDoubles } from './doubles/backend.js';
import { randomCases } from './random-cases.js';
import { survey } from './survey.js';
import { refusalsOf, standing, tableOf } from './table.js';

const { values: flags, positionals: asked } = parseArgs({
  options: {
    short: { type: 'boolean' },
    write: { type: 'boolean' },
    random: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
  allowPositionals: true,
});
const backends: string[] = [];
for (const { name, works, reason } of await probeBackends())
  if (works) backends.unshift(name);
  else console.log(`not here: ${name}, ${reason}`);
for (const backend of backends) await useBackend(backend);
registerDoubles();

const slow = /^layers\.(rnn|gru|lstm|simpleRNN|bidirectional|convLstm2d)$/;
const listed = all.filter(({ op }) =>
  asked.length > 0 ? asked.includes(op) : !(flags.short && slow.test(op)),
);
const cases = flags.random ? randomCases(Number(flags.random), Number(flags.seed)) : listed;
const idle = watchGradients();
const rows = await survey(cases, { backends, withStock: !flags.short && !flags.random });

const table = tableOf(rows, backends);
const refusals = refusalsOf(rows, backends);
const counts = backends.map((backend) => {
  const { patched, refused, wrong } = standing(rows, backend);
  const right = rows.length - patched - refused - wrong.length;
  return `${backend}: ${rows.length} cases checked, ${right} right${flags.short || flags.random ? '' : ` as TensorFlow.js comes, ${patched} patched`}, ${refused} refused, ${wrong.length} wrong`; // prettier-ignore
});
console.log([...table, '', ...refusals, '', ...counts].join('\n'));

const faults = [
  ...backends.flatMap((backend) => standing(rows, backend).wrong),
  ...operationsWithoutCase(all).map(
    (op) => `${op} has no case: add one to packages/backend/check-gradients/cases`,
  ),
  ...(asked.length > 0 || flags.random
    ? []
    : idle().map((kernel) => `the gradient of ${kernel} was never taken by a case`)),
];
for (const fault of faults) console.log(`WRONG ${fault}`);
if (flags.write) await writeInto(new URL('../../../apps/docs/gradients.md', import.meta.url));
process.exitCode = faults.length > 0 ? 1 : 0;

/** Between the two comments of the page. */
async function writeInto(page: URL): Promise<void> {
  const [before, , after] = readFileSync(page, 'utf8').split(/(?<=<!-- generated -->\n)|(?=<!-- end -->)/);
  const text = [...counts.map((line) => `- ${line}`), '', ...table, '', '## Refused', '', ...refusals];
  const whole = `${before}\n${text.join('\n')}\n\n${after}`;
  writeFileSync(page, await format(whole, { ...(await resolveConfig(page)), parser: 'markdown' }));
}
