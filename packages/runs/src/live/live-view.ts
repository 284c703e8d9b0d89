import { readFile } from 'node:fs/promises';

import { placesByLabel, select } from '@ae/data';
import { decodeAll, encodeAll, type DecodedValues } from '@ae/models';
import { progress, type Callback, type Progress } from '@ae/trainer';

import { describeFailure } from '../describe-failure.js';
import { runFigures } from '../run-figures.js';
import { formatCount, formatMetric, formatSeconds } from '../report/numbers.js';
import { figureSections } from '../report/run-report.js';
import type { TrainingJob } from '../prepare/training-job.js';
import type { Run } from '../open-run.js';
import { onPage } from '../report/write-report.js';
import { livePage } from './live-page.js';
import { liveScript } from './live-script.js';
import { serveLoopback } from './loopback-server.js';
import { soFarFigure } from './so-far.js';
import { createViewers } from './viewers.js';

/** Points of the scatter: fewer than the report's, because it is drawn again and again. */
const POINTS = 2000;
const EXAMPLES_SO_FAR = 10;
const EPOCHS_SO_FAR = 12;
const MILLISECONDS_BETWEEN_PROGRESS = 200;

/**
 * Serves a page to this machine only while `work` trains, on which the run is watched and can be stopped; it ends with
 * the report of the run, or with why there is none.
 */
export async function withLiveView(
  job: TrainingJob,
  work: (live: { url: string; callbacks: Callback[] }) => Promise<Run>,
): Promise<Run> {
  const { watch, tell, end: endAll } = createViewers();
  const page = livePage(job);
  const server = await serveLoopback(
    (path) => {
      if (path === '/') return { type: 'text/html; charset=utf-8', body: page };
      return path === '/live.js' ? { type: 'text/javascript; charset=utf-8', body: liveScript } : undefined;
    },
    { streams: { '/events': watch }, actions: { '/stop': () => job.stop.request('its page') } },
  );

  let sentAt = 0;
  const tellProgress = (step: Progress) => {
    if (!step.row && Date.now() - sentAt < MILLISECONDS_BETWEEN_PROGRESS) return;
    sentAt = Date.now();
    tell('progress', { share: shareOf(step), text: progressText(step) });
  };
  const end = async (ending: { text: string; report?: string }) => {
    endAll(ending);
    await server.close();
  };

  try {
    const trained = await work({
      url: server.url,
      callbacks: [{ ...progress(tellProgress), name: 'live progress' }, figuresFor(job, tell)],
    });
    await end({ text: 'Finished.', report: await readFile(trained.report, 'utf8') });
    return trained;
  } catch (error) {
    await end({ text: describeFailure(error) });
    throw error;
  }
}

/** After every epoch: the figures of the report so far, and some examples as they were reconstructed. */
function figuresFor(
  { data, settings }: TrainingJob,
  tell: (event: string, value: unknown) => void,
): Callback {
  const { test } = data.set;
  const originals = select(test, placesByLabel(test, EXAMPLES_SO_FAR));
  const epochs: { epoch: number; copies: DecodedValues }[] = [];
  return {
    name: 'live view',
    async onEpoch({ model, history }, { epoch }) {
      epochs.push({ epoch, copies: await decodeAll(model, await encodeAll(model, originals)) });
      const drawn = await runFigures(
        { model, history, seed: settings.seed, shape: test.shape, test: () => Promise.resolve(test) },
        { points: POINTS },
      );
      const all = [...drawn, soFarFigure(originals, evenly(epochs, EPOCHS_SO_FAR))];
      tell('figures', figureSections(onPage(all), test.shape).join(''));
    },
  };
}

/** At most so many of a list, evenly spaced, with the first and the last. */
function evenly<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))]!);
}

const shareOf = ({ epoch, epochs, batch, batches, row }: Progress): number =>
  row ? epoch / epochs : ((epoch - 1) * batches + batch) / (epochs * batches);

function progressText({ epoch, epochs, terms, imagesPerSecond, secondsLeft }: Progress): string {
  const left = Number.isFinite(secondsLeft) ? ` · ${formatSeconds(secondsLeft)} left` : '';
  return `Epoch ${epoch} of ${epochs} · training loss ${formatMetric('loss', terms.loss)} · ${formatCount(imagesPerSecond)} images/s${left}`;
}
