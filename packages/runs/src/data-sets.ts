import { type Examples, placesByLabel, select, wordsFor } from '@ae/data';
import { dataSets } from '@ae/data-mnist';
import { defaultCacheFolder, inspectCache } from '@ae/data-mnist/node';
import { imageGrid } from '@ae/viz';
import { renderSvg } from '@ae/viz/node';

import { IMAGES, type Figure } from './run-figure.js';

/** A data set that can be asked for by name. */
export interface NamedData {
  name: string;
  description: string;
  /** What the cache holds of its four files; absent for one that is drawn. */
  cached?: { files: number; bytes: number };
}

/** The data sets that can be asked for by name, and the folder that holds those which were fetched. */
export async function listData(): Promise<{ cache: string; dataSets: NamedData[] }> {
  const cached = await inspectCache();
  const sets = Object.values(dataSets).map(({ name, description }) => {
    const { files = 0, bytes = 0 } = cached.find((each) => each.name === name) ?? {};
    return { name, description, cached: { files, bytes } };
  });
  const drawn = 'Digits drawn by the embedded generator: as many as MNIST, no network needed';
  return { cache: defaultCacheFolder(), dataSets: [...sets, { name: 'digits', description: drawn }] };
}

/** The first hundred examples, by label where there are labels. */
export function contactSheet(set: Examples): Figure {
  const shown = select(set, placesByLabel(set, 100));
  const { many } = wordsFor(set.shape);
  return {
    name: 'contact-sheet',
    section: 'Images',
    caption: `The first training ${many}${set.labels ? ' of each label' : ''}.`,
    widths: IMAGES,
    draw: (options) => renderSvg(imageGrid, shown, { columns: 10, ...options }),
  };
}
