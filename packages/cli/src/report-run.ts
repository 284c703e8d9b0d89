import type { PlaceOptions } from './command.js';
import { withRun } from './open-run.js';
import type { Output } from './output.js';
import { readHistory } from './read-run.js';
import { writeReport } from './write-report.js';

/** `ae report`: the figures and the page of a run, drawn again from its weights. */
export async function reportRun(
  folder: string,
  options: PlaceOptions & { png?: boolean },
  output: Output,
): Promise<void> {
  await withRun(folder, options, output, async ({ run, definition, model, data }) => {
    const history = await readHistory(folder, run);
    const source = {
      model,
      test: (await data()).set.test,
      history,
      summary: definition.summary,
      png: options.png === true,
    };
    const report = await writeReport(folder, run, source);
    output.result(report, { run: folder, report });
  });
}
