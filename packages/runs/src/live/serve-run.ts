import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { UsageError } from '../errors.js';
import { readRun } from '../record/read-run.js';
import { runFiles } from '../record/run-folder.js';
import { serveLoopback, type LoopbackServer } from './loopback-server.js';
import { filesOf } from './run-files.js';

/**
 * Serves a run's report and files to this machine only, until its server is closed.
 * @throws UsageError where there is no run, or no report yet
 */
export async function serveRun(folder: string): Promise<LoopbackServer> {
  await readRun(folder);
  if (!existsSync(join(folder, runFiles.report)))
    throw new UsageError(
      `Cannot open run ${folder}: no ${runFiles.report} in it, expected a run that has finished; go on with \`ae train --out ${folder} --resume\`, or draw what there is with \`ae report ${folder}\``,
    );
  return serveLoopback(await filesOf(folder));
}
