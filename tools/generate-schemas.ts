// npm run generate:schemas [-- --check]
// Publishes the schemas with which a run folder's files are checked as JSON Schemas, for other programs that read them.
// `--check` fails when a committed file differs.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import { evaluationSchema, runRecordSchema } from '@ae/runs';
import { historyRowSchema } from '@ae/trainer';
import { toJsonSchema } from '@valibot/to-json-schema';
import { format } from 'prettier';

const published = {
  'run.schema.json': { title: 'run.json of a run folder', schema: runRecordSchema, isSealed: true },
  'history.schema.json': { title: 'A line of history.jsonl', schema: historyRowSchema, isSealed: false },
  'evaluation.schema.json': {
    title: 'evaluation.json of a run folder',
    schema: evaluationSchema,
    isSealed: true,
  },
};
const isCheck = process.argv.includes('--check');

const checksum = {
  type: 'string',
  pattern: '^[0-9a-f]{64}$',
  description: 'SHA-256 of the whole file with zeros in the place of these digits',
};

for (const [name, { title, schema, isSealed }] of Object.entries(published)) {
  // Checks that are code, such as "no step upwards", have no place in a JSON Schema.
  const { properties, required = [], ...rest } = toJsonSchema(schema, { errorMode: 'ignore' });
  const described = {
    ...{ title, ...rest },
    properties: { ...(isSealed && { sha256: checksum }), ...properties },
    required: [...(isSealed ? ['sha256'] : []), ...required],
  };
  const text = await format(JSON.stringify(described), { parser: 'json', printWidth: 110 });
  const file = new URL(`../packages/runs/schemas/${name}`, import.meta.url);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  if (!isCheck) writeFileSync(file, text);
  else {
    console.error(`packages/runs/schemas/${name} is out of date: run \`npm run generate\``);
    process.exitCode = 1;
  }
}
