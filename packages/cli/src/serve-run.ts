import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { UsageError } from './exit-code.js';
import { serveLoopback } from './live/loopback-server.js';
import { filesOf } from './live/run-files.js';
import type { Output } from './output.js';
import { readRun } from './read-run.js';
import { runFiles } from './run-folder.js';

/**
 * `ae open`: serves the report of a run until SIGHUP, SIGINT or SIGTERM.
 * @throws UsageError where there is no report yet
 */
export async function serveRun(folder: string, output: Output): Promise<void> {
  await readRun(folder);
  if (!existsSync(join(folder, runFiles.report)))
    throw new UsageError(
      `Cannot open run ${folder}: no ${runFiles.report} in it, expected a run that has finished; go on with \`ae train --out ${folder} --resume\`, or draw what there is with \`ae report ${folder}\``,
    );
  const server = await serveLoopback(await filesOf(folder));
  output.result(server.url, { run: folder, url: server.url });
  output.notice('served to this machine only, until Ctrl-C');
  await new Promise<void>((resolve) => {
    for (const name of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.once(name, () => resolve());
  });
  await server.close();
}
