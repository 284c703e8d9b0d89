#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../dist/cli.js', import.meta.url);
if (existsSync(built)) await import(built.href);
else {
  console.error(
    'Cannot start ae: packages/cli/dist/cli.js is not there, expected a build; run `npm run build`, or `npm run ae -- <command>` which needs none',
  );
  process.exitCode = 1;
}
