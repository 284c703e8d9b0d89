import type { Coming } from '@ae/runs';
import type { Progress } from '@ae/trainer';
import { Presets, SingleBar } from 'cli-progress';

import { epochTable } from './epoch-table.js';
import type { Output } from './output.js';
import { formatCount, formatMetric, formatSeconds } from '@ae/runs/text';
import { tell } from './standard-streams.js';

/** Shows how far something is: a bar on a terminal, now and then a line where there is none. */
export interface ProgressBar<Step> {
  update(step: Step): void;
  /** Takes the bar away; may be called twice. */
  stop(): void;
}

/** Of a long run not every epoch has a line, but the first ones have. */
const MOST_LINES = 50;
const FIRST_LINES = 3;

/** Epochs and losses, images a second and the time left. */
export function trainingBar(output: Output, epochs: number): ProgressBar<Progress> {
  const linesOf = epochTable(epochs, output.live ? process.stderr.columns : undefined);
  const every = Math.ceil(epochs / MOST_LINES);
  const isShown = ({ epoch }: { epoch: number }) =>
    epoch <= FIRST_LINES || epoch % every === 0 || epoch === epochs;
  if (!output.live)
    return { update: ({ row }) => void (row && isShown(row) && output.notice(linesOf(row))), stop: () => {} };
  const bar = createBar('epoch {epoch} {bar} {percentage}%  loss {loss}  {speed} images/s  {left} left');
  return {
    update(step) {
      const { epoch, epochs, batch, batches, terms, imagesPerSecond, secondsLeft, row } = step;
      bar.update((epoch - 1) * batches + batch, epochs * batches, {
        epoch: `${epoch}/${epochs}`,
        loss: formatMetric('loss', terms.loss),
        speed: formatCount(imagesPerSecond),
        left: Number.isFinite(secondsLeft) ? formatSeconds(secondsLeft) : '–',
      });
      if (row && isShown(row)) bar.line(linesOf(row));
    },
    stop: bar.stop,
  };
}

/** A download, the drawing of digits or the reading of files; nothing is shown of what takes less than half a second. */
export function transferBar(output: Output): ProgressBar<Coming> {
  const start = Date.now();
  let shownAt = start;
  if (!output.live)
    return {
      update({ what, done, total, rate }) {
        if (Date.now() - shownAt < 10_000) return;
        shownAt = Date.now();
        output.notice(
          (total === undefined
            ? `${what}: ${formatCount(done)}`
            : `${what}: ${Math.floor((100 * done) / total)}%`) + speedText(rate),
        );
      },
      stop: () => {},
    };
  const bar = createBar('{what} {bar} {percentage}%  {amount}');
  return {
    update({ what, done, total, unit, rate }) {
      if (Date.now() - start < 500) return;
      const amount = unit === 'bytes' ? megabytes(done) + speedText(rate) : `${formatCount(done)} ${unit}`;
      bar.update(done, total ?? done, { what, amount });
    },
    stop: bar.stop,
  };
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

function speedText(rate: number | undefined): string {
  if (rate === undefined) return '';
  return rate < 1e5 ? `, ${(rate / 1e3).toFixed(1)} kB/s` : `, ${megabytes(rate)}/s`;
}

function createBar(format: string) {
  let bar: SingleBar | undefined;
  const stop = () => {
    bar?.stop();
    bar = undefined;
  };
  return {
    update(done: number, total: number, texts: Record<string, string>) {
      if (!bar) {
        bar = new SingleBar(
          {
            format,
            stream: process.stderr,
            clearOnComplete: true,
            hideCursor: false,
            barsize: 24,
            fps: 15,
            gracefulExit: false,
          },
          Presets.shades_classic,
        );
        bar.start(total, done, texts);
      }
      bar.setTotal(total);
      bar.update(done, texts);
    },
    /** A line that stays, above the bar. */
    line(text: string) {
      stop();
      tell(`${text}\n`);
    },
    stop,
  };
}
