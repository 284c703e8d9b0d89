import { select, sizeOf, type Field } from '@ae/data';
import { anomalyMaps } from '@ae/viz';
import { renderSvg } from '@ae/viz/node';

import { ROW, type RunFigure } from '../run-figure.js';

export const anomalies: RunFigure = {
  name: 'anomalies',
  section: 'The detector',
  place: 2,
  widths: ROW,
  async plan({ examined, test, words }, { count = 12 }) {
    const found = await examined();
    if (!found) return undefined;
    const { score, where } = found;
    const all = await test();
    const places = [...score.keys()].sort((a, b) => score[b]! - score[a]!).slice(0, count);
    const size = sizeOf(all.shape);
    const maps = new Float32Array(places.length * size);
    places.forEach((place, i) => maps.set(where.subarray(place * size, (place + 1) * size), i * size));
    const originals = select(all, places);
    const { labels, classes, names } = originals;
    const texts = names ?? (labels && Array.from(labels, (label) => classes?.[label] ?? String(label)));
    return {
      caption: `The test ${words.many} with the highest scores, and what of each score comes from where.`,
      draw: (_, options) =>
        renderSvg(
          anomalyMaps,
          { originals, where: maps, ...(texts && { labels: texts }), ...fieldNames(all) },
          options,
        ),
    };
  },
};

/** A name for each value of a row. */
function fieldNames({ fields }: { fields?: readonly Field[] }): { fields?: string[] } {
  if (!fields) return {};
  return {
    fields: fields.flatMap((field) =>
      field.kind === 'number' ? [field.name] : field.categories.map((category) => `${field.name} ${category}`),
    ),
  };
}
