// npm run faults [-- --whole] [-- --seed 2] [-- --write] [-- row …]
// The project's fault campaign: one file of rows/ a kind of misfortune, each tried some times on the built packages as
// a user has them. Ends with a table of what was tried, held and fell, and with 1 where something fell.
import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { randomStream } from '@ae/models';

import { makePlace } from './place.js';
import type { Outcome, Row, RowResult } from './row.js';
import { table } from './table.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    whole: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
});
const known = readdirSync(new URL('rows/', import.meta.url)).map((file) => file.replace(/\.ts$/, ''));
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`Cannot try ${unknown.join(', ')}: expected one of ${known.join(', ')}`);
  process.exit(2);
}

const place = await makePlace();
const results: RowResult[] = [];
try {
  for (const name of positionals.length > 0 ? positionals : known) results.push(await tryRow(name));
} finally {
  place.remove();
}
console.log(`\n${table(results)}`);
const fell = results.filter((row) => row.fell.length > 0).length;
if (values.write) write(results);
console.log(`\n${results.length - fell} passed, ${fell} failed`);
process.exitCode = fell > 0 ? 1 : 0;

async function tryRow(name: string): Promise<RowResult> {
  const { row } = (await import(`./rows/${name}.ts`)) as { row: Row };
  const { promise, how } = row;
  const start = performance.now();
  const outcome = await row
    .run({
      times: values.whole ? row.times.whole : row.times.short,
      random: randomStream(Number(values.seed) + hash(name)),
      place,
    })
    .catch((error: unknown): Outcome => ({
      tried: 0,
      fell: [error instanceof Error ? error.stack! : String(error)],
    }));
  const seconds = (performance.now() - start) / 1000;
  const count = outcome.skipped ?? `${outcome.tried} tried, ${outcome.fell.length} fell`;
  console.log(
    `${outcome.fell.length > 0 ? '✗' : outcome.skipped ? '–' : '✓'} ${name}: ${count} (${seconds.toFixed(0)} s)`,
  );
  for (const fault of outcome.fell.slice(0, 5)) console.log(`    ${fault.replaceAll('\n', '\n    ')}`);
  return { name, promise, how, seconds, ...outcome };
}

function write(rows: readonly RowResult[]): void {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  const record = {
    commit: git('rev-parse', '--short', 'HEAD'),
    date: git('log', '-1', '--format=%cs'),
    node: process.version,
    seed: Number(values.seed),
    form: values.whole ? 'whole' : 'short',
    rows: rows.map(({ name, promise, how, tried, fell: faults, note, skipped }) => ({
      ...{ name, promise, how, tried, fell: faults.length },
      ...(note !== undefined && { note }),
      ...(skipped !== undefined && { skipped }),
    })),
  };
  writeFileSync(new URL('record.json', import.meta.url), `${JSON.stringify(record, null, 2)}\n`);
}

/** A number of a name: the rows draw from streams of their own. */
function hash(name: string): number {
  let value = 0;
  for (const letter of name) value = (value * 31 + letter.codePointAt(0)!) % 1_000_003;
  return value;
}
