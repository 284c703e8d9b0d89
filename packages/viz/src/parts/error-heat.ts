import type { FigureOptions, Group } from '../figure.js';
import { round } from './axes.js';
import { beyondNotes, errorsIn, type Errors } from './errors.js';
import { heatColor } from './heat-color.js';
import type { Blamed } from './blamed.js';
import { numberText } from './number-text.js';
import { pairFigure } from './pair-figure.js';
import { countText, type Pictures } from './stack.js';
import { layOutTiles } from './tile-layout.js';
import { drawTiles, tileNotes } from './tiles.js';

/** How wide a picture is where there is no need to save room. */
const usualWidth = 88;
const ramp = { pixels: 64, pixel: 2, height: 8 };
const footHeight = 34;

/** Pictures, each over a map of its errors, the brighter the larger. */
export function drawErrorHeat(
  { subject, pictures, errors, labels }: Blamed,
  options: FigureOptions,
): SVGSVGElement {
  const maps = heatMaps(pictures, errors);
  return pairFigure(
    [pictures, maps],
    {
      subject,
      summary: `${countText(pictures)}, each over a map of its error by pixel, which goes up to ${numberText(errors.top, 3)}.`,
      names: ['picture', 'its errors'],
      nameless: 'Each picture lies above the map of its errors.',
      labels,
      notes: [
        'One scale for all maps, whose lightness rises evenly with the error.',
        ...beyondNotes(errors, 'the same'),
        ...tileNotes(pictures, maps),
      ],
      usualPixel: Math.min(3, usualWidth / pictures.width),
      foot: { height: footHeight, draw: (body, left, top) => drawScale(body, { left, top, errors }) },
      draw(body, tiles, layout, at) {
        for (const shown of [pictures, maps])
          drawTiles(
            body,
            tiles.map((tile) => (tile?.pictures === shown ? tile : undefined)),
            layout,
            at,
          );
      },
      linesOf(index, { left, top, width, height }) {
        const column = Math.floor((left / width) * pictures.width);
        const row = Math.floor((top / height) * pictures.height);
        if (!(column >= 0 && column < pictures.width && row >= 0 && row < pictures.height)) return [];
        const error = errorsIn(errors, index)[row * pictures.width + column]!;
        return [`row ${row}, column ${column}: error ${numberText(error, 3)}`];
      },
    },
    options,
  );
}

/** The errors as colours; an example with one that is not finite has a colour that is not either, and is crossed out. */
function heatMaps(
  { count, width, height }: Pick<Pictures, 'count' | 'width' | 'height'>,
  { values, top }: Pick<Errors, 'values' | 'top'>,
): Pictures {
  const colors = new Float32Array(3 * values.length);
  values.forEach((error, i) =>
    colors.set(Number.isFinite(error) ? heatColor(top > 0 ? error / top : 0) : [NaN, NaN, NaN], 3 * i),
  );
  const shape = [height, width, 3];
  return { kind: 'image', values: colors, count, shape, size: 3 * width * height, width, height };
}

/** The scale from 0 to its end, below the pictures. */
function drawScale(body: Group, { left, top, errors }: { left: number; top: number; errors: Errors }): void {
  const { pixels, pixel, height } = ramp;
  const size = { count: 1, width: pixels, height: height / pixel };
  const values = Float32Array.from({ length: pixels * size.height }, (_, i) => (i % pixels) / (pixels - 1));
  const scale = heatMaps(size, { values, top: 1 });
  const layout = layOutTiles(1, size, { columns: 1, gap: 0 });
  drawTiles(body, [{ pictures: scale, index: 0 }], layout, { x: left, y: top + 10, pixel });
  const texts = body.append('g').attr('font-size', 11).attr('fill-opacity', 0.75);
  const end = left + pixels * pixel;
  const label = (x: number, anchor: string, y: number, text: string) =>
    texts.append('text').attr('x', round(x)).attr('y', round(y)).attr('text-anchor', anchor).text(text);
  label(left, 'start', top + height + 22, '0');
  label(end, 'end', top + height + 22, numberText(errors.top, 3));
  label(end + 8, 'start', top + height + 10, 'error of a pixel');
}
