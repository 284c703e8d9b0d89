import { command } from '../options/command.js';
import type { CommandDefinition } from '../options/command-definition.js';
import { createOutput, type OutputOptions } from '../terminal/output.js';

export const trust: CommandDefinition = {
  place: 11,
  make: () =>
    command('trust', "let the code of a run's own model run on this machine")
      .argument('<run>', 'a run folder whose model is a file of its own; read that file first')
      .action(async (folder: string, options: OutputOptions) => {
        const { trustFolder, trustRun } = await import('@ae/runs');
        const output = createOutput(options);
        const { sha256, files } = await trustRun(folder);
        output.notice(
          `the code of ${folder} may run on this machine from now on; ${trustFolder()} keeps what is trusted`,
        );
        output.result(files.map((file) => `${file.sha256}  ${file.path}`).join('\n'), {
          ...{ run: folder, sha256 },
          files: files.map((file) => ({ path: file.path, sha256: file.sha256 })),
        });
      }),
};
