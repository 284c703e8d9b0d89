import { placesByLabel, type Examples } from '@ae/data';
import { notInThePlane, type Codes } from '@ae/models';
import { interpolation as drawInterpolation } from '@ae/viz';
import { renderSvg } from '@ae/viz/node';

import { IMAGES, type RunFigure } from '../run-figure.js';

const COLUMNS = 11;

/** Straight lines through the code between the first images of neighbouring classes. */
export const interpolation: RunFigure = {
  name: 'interpolation',
  section: 'Images',
  place: 3,
  widths: IMAGES,
  refuses: notInThePlane,
  async plan({ test, codes, words }) {
    const { dimensions } = await codes();
    return {
      caption: `Straight lines through the code between two test ${words.many}, decoded.`,
      ...(dimensions !== 2 && { section: 'The code' }), // beside the codes, where no plane of them can be decoded
      encode: evenPlaces(await test()),
      decode: linesBetween,
      draw: (images, options) => renderSvg(drawInterpolation, { images, columns: COLUMNS }, options),
    };
  },
};

/** The first ten examples by label, an even number of them. */
function evenPlaces(test: Examples): number[] {
  const places = placesByLabel(test, 10);
  return places.length === 1
    ? [places[0]!, places[0]!]
    : places.slice(0, places.length - (places.length % 2));
}

function linesBetween({ values: ends, count, dimensions }: Codes): Codes {
  const rows = count / 2;
  const values = new Float32Array(rows * COLUMNS * dimensions);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < COLUMNS; column++)
      for (let d = 0; d < dimensions; d++) {
        const [from, to] = [ends[2 * row * dimensions + d]!, ends[(2 * row + 1) * dimensions + d]!];
        values[(row * COLUMNS + column) * dimensions + d] = from + ((to - from) * column) / (COLUMNS - 1);
      }
  return { values, count: rows * COLUMNS, dimensions };
}
