import { existsSync, readFileSync, readdirSync } from 'node:fs';

import type { KeptNumbers } from '../../tools/kept-numbers.js';

/** One of a run's drawings. */
export interface KeptFigure {
  name: string;
  width: number;
  height: number;
  /** The drawing's own words for whoever cannot see it. */
  description: string;
  /** What stands under it in the run's report; absent in runs that were kept before it was. */
  caption?: string | undefined;
}

/** A run that `npm run docs:figures` has kept. */
export interface KeptRun extends KeptNumbers {
  id: string;
  figures: KeptFigure[];
}

declare const data: KeptRun[];
export { data };

const runs = new URL('../../runs/', import.meta.url);

export default {
  watch: ['../../runs/*/numbers.json'],
  load: (): KeptRun[] =>
    readdirSync(runs)
      .filter((id) => existsSync(new URL(`${id}/numbers.json`, runs)))
      .map((id) => {
        const numbers = JSON.parse(readFileSync(new URL(`${id}/numbers.json`, runs), 'utf8')) as KeptNumbers;
        const figures = readdirSync(new URL(`${id}/`, runs))
          .filter((file) => file.endsWith('.svg'))
          .map((file) => file.slice(0, -4))
          .map((name) => ({
            ...describe(name, readFileSync(new URL(`${id}/${name}.svg`, runs), 'utf8')),
            caption: numbers.captions?.[name],
          }));
        return { ...numbers, id, figures };
      }),
};

function describe(name: string, svg: string): KeptFigure {
  const found = /<svg[^>]* width="(\d+)" height="(\d+)".*?<desc>(.*?)<\/desc>/s.exec(svg);
  if (!found)
    throw new TypeError(
      `Cannot show ${name}.svg: found no size and description, expected a figure of @ae/viz`,
    );
  return { name, width: Number(found[1]), height: Number(found[2]), description: found[3]! };
}
