import { markup } from '../report/markup.js';
import { page } from '../report/page.js';
import type { TrainingJob } from '../prepare/training-job.js';
import { versions } from '../versions.js';

/** The page of a run that is being trained; `live-script.ts` fills it. */
export const livePage = ({ found, settings, data, folder }: TrainingJob): string =>
  page(
    [
      markup`<section class="live">
        <progress id="share" max="1" value="0" aria-label="Training"></progress>
        <p id="text">Waiting for the first steps</p>
        <button id="stop" type="button">Stop and save</button>
        <p id="end" role="status"></p>
      </section>`,
      markup`<div id="figures"><p class="soft">The first figures come with the end of the first epoch.</p></div>`,
    ],
    {
      title: found.definition.name,
      kicker: `Recipe ${settings.recipe} on ${data.record.name}, being trained`,
      summary: found.definition.summary,
      notes: data.record.notice === undefined ? [] : [data.record.notice],
      footer: `ae ${versions().ae}; the run folder is ${folder}.`,
      script: '/live.js',
    },
  );
