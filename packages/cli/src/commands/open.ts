import { command } from '../options/command.js';
import type { CommandDefinition } from '../options/command-definition.js';
import { createOutput, type OutputOptions } from '../terminal/output.js';

export const open: CommandDefinition = {
  place: 7,
  make: () =>
    command('open', "serves a run's report and files to a browser on this machine, until Ctrl-C")
      .argument('<run>', 'a run folder')
      .action(async (folder: string, options: OutputOptions) => {
        const { serveRun } = await import('@ae/runs');
        const output = createOutput(options);
        const server = await serveRun(folder);
        output.result(server.url, { run: folder, url: server.url });
        output.notice('served to this machine only, until Ctrl-C');
        await new Promise<void>((resolve) => {
          for (const name of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.once(name, () => resolve());
        });
        await server.close();
      }),
};
