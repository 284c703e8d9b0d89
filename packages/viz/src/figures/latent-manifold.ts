import { scaleLinear } from 'd3-scale';
import { checkOptions, createFigure, bodySizeFor, type FigureOptions } from '../figure.js';
import { manifoldGrid } from '../manifold-grid.js';
import { drawBottomAxis, drawLeftAxis, leftMargin } from '../parts/axes.js';
import { emptyFigure } from '../parts/empty.js';
import { exampleCodes, exampleStack, type ExampleKind } from '../parts/example-data.js';
import { numberText } from '../parts/number-text.js';
import { pixelSize } from '../parts/pixel-size.js';
import { placeTicks } from '../parts/place-ticks.js';
import { countText, inSquares, picturesOf, pluralOf, type Pictures, type Stack } from '../parts/stack.js';
import { linesUnder } from '../parts/strips.js';
import { layOutTiles } from '../parts/tile-layout.js';
import { drawTiles, tileNotes } from '../parts/tiles.js';
import { addTooltip } from '../parts/tooltip.js';

/** What the decoder makes of a grid of codes, such as `manifoldGrid` lays out. */
export interface Manifold {
  /** rows · columns of them, row by row: the first row decodes the largest second coordinate, as on a map. */
  images: Stack;
  columns: number;
  /** The first coordinate of each column, rising. */
  across: readonly number[];
  /** The second coordinate of each row from the lowest, rising; not needed for a single row of a code of one dimension. */
  upwards?: readonly number[];
  /** How near the codes of real examples lie to each place, 0 to 1: what nobody drew is dimmed. @default 1 everywhere */
  presence?: Float32Array;
}

/** What is left of an image's light where no codes lie nearby, */
const DIMMEST = 0.22;
/** and the presence below which that is to be seen. */
const DIM = 0.75;
const below = 36;
const above = 26;
const widest = 960;

/**
 * The decoded plane: at each place of the code, the image, or the strip of a row or series, that the decoder draws there.
 * @throws TypeError where sizes and values do not fit together or an option is unknown
 * @throws RangeError where the images do not fill whole rows, the coordinates do not rise, or a size or an option has no sensible value
 */
export function latentManifold(
  { images, columns, across, upwards = [0], presence }: Manifold,
  options: FigureOptions = {},
): SVGSVGElement {
  const subject = 'latent manifold';
  checkOptions(subject, options);
  const pictures = inSquares(picturesOf(subject, images));
  checkGrid(subject, pictures, { columns, across, upwards, presence });
  if (pictures.count === 0) return emptyFigure(subject, `no ${pluralOf(pictures.kind)}`, options);

  const { width: w, height: h, count } = pictures;
  const rows = count / columns;
  const isPlane = rows > 1;
  const yTicks = isPlane ? placeTicks(upwards, 6) : [];
  const left = isPlane ? leftMargin(yTicks) : 0;
  const top = isPlane ? above : 0;
  const hasDim = presence?.some((share) => share < DIM) ?? false;
  const notes = [
    ...(hasDim ? [`Dimmed: no codes of ${pluralOf(pictures.kind)} nearby.`] : []),
    ...tileNotes(pictures),
  ];
  const room = bodySizeFor(options, notes);
  const roomWidth = room.isWidthGiven
    ? room.width
    : Math.min(widest, Math.max(room.width, left + columns * w));
  const pixel = Math.min(
    pixelSize(pictures, roomWidth - left, columns * w),
    room.height === undefined ? Infinity : pixelSize(pictures, room.height - top - below, rows * h),
  );
  const layout = layOutTiles(count, pictures, { columns, gap: 0 });
  const [right, bottom] = [left + layout.width * pixel, top + layout.height * pixel];

  const sheet = createFigure(options, {
    subject,
    summary: `${count} decoded ${pluralOf(pictures.kind)} at codes from ${endsOf(across)}${isPlane ? ` across and from ${endsOf(upwards)} upwards` : ''}.`,
    notes,
    width: room.isWidthGiven ? room.width : Math.max(right, 240),
    height: bottom + below,
  });
  const tiles = Array.from({ length: count }, (_, index) => ({
    pictures,
    index,
    light: DIMMEST + (1 - DIMMEST) * (presence?.[index] ?? 1),
  }));
  drawTiles(sheet.body, tiles, layout, { x: left, y: top, pixel });
  const centre = (place: number, size: number) => (place + 0.5) * size * pixel;
  const x = scaleLinear(
    across,
    across.map((_, column) => left + centre(column, w)),
  );
  const y = scaleLinear(
    upwards,
    upwards.map((_, row) => bottom - centre(row, h)),
  );
  drawBottomAxis(sheet.body, {
    scale: x,
    ticks: placeTicks(across, Math.min(10, Math.max(2, (right - left) / 70))),
    across: [bottom + 2, bottom + 2],
    label: isPlane ? 'code 1' : 'code',
  });
  if (isPlane)
    drawLeftAxis(sheet.body, { scale: y, ticks: yTicks, across: [left, left], label: 'code 2', top });
  addTooltip(sheet, (px, py) => {
    const column = Math.floor((px - left) / pixel / w);
    const row = Math.floor((py - top) / pixel / h);
    if (column < 0 || column >= columns || row < 0 || row >= rows) return undefined;
    const code = [across[column]!, ...(isPlane ? [upwards[rows - 1 - row]!] : [])];
    const inTile = { left: px - left - column * w * pixel, width: w * pixel, height: h * pixel };
    return {
      x: px,
      y: py,
      lines: [
        `code ${code.map((value) => numberText(value, 3)).join(', ')}`,
        ...linesUnder([pictures], row * columns + column, inTile),
      ],
    };
  });
  return sheet.svg;
}

latentManifold.example = (options: FigureOptions = {}, of: ExampleKind = 'images'): SVGSVGElement => {
  const { columns, across, upwards, presence } = manifoldGrid(exampleCodes(400, 2).codes, 14);
  const phases = Array.from({ length: columns * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return (0.7 * column + 0.3 * row) / (columns - 1);
  });
  return latentManifold(
    { images: exampleStack(of, phases, 0.3), columns, across, upwards, presence },
    { title: 'Decoded plane', ...options },
  );
};

interface PlacesOfGrid {
  columns: number;
  across: readonly number[];
  upwards: readonly number[];
  presence: Float32Array | undefined;
}

function checkGrid(
  subject: string,
  pictures: Pictures,
  { columns, across, upwards, presence }: PlacesOfGrid,
): void {
  const { count } = pictures;
  if (!Number.isInteger(columns) || columns < 1)
    throw new RangeError(`Cannot draw ${subject}: columns is ${columns}, expected a whole number from 1`);
  if (count % columns !== 0)
    throw new RangeError(
      `Cannot draw ${subject}: found ${countText(pictures)}, expected whole rows of ${columns}`,
    );
  const rows = count / columns;
  for (const [name, places, expected] of [
    ['across', across, columns],
    ['upwards', upwards, rows],
  ] as const) {
    if (count > 0 && places.length !== expected)
      throw new TypeError(
        `Cannot draw ${subject}: found ${places.length} coordinates ${name}, expected ${expected}`,
      );
    if (!places.every((place, i) => Number.isFinite(place) && (i === 0 || place > places[i - 1]!)))
      throw new RangeError(
        `Cannot draw ${subject}: ${name} is ${places.join(', ')}, expected finite numbers that rise`,
      );
  }
  if (presence && presence.length !== count)
    throw new TypeError(
      `Cannot draw ${subject}: found ${presence.length} values of presence for ${countText(pictures)}`,
    );
  if (presence && !presence.every((share) => share >= 0 && share <= 1))
    throw new RangeError(`Cannot draw ${subject}: a value of presence is not 0 to 1`);
}

const endsOf = (places: readonly number[]): string =>
  `${numberText(places[0]!, 3)} to ${numberText(places.at(-1)!, 3)}`;
