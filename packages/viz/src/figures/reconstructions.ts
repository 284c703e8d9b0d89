import { checkOptions, type FigureOptions } from '../figure.js';
import { emptyFigure } from '../parts/empty.js';
import { exampleStack, type ExampleKind } from '../parts/example-data.js';
import { checkLabels } from '../parts/labels.js';
import { numberText } from '../parts/number-text.js';
import { pairFigure } from '../parts/pair-figure.js';
import { countText, describe, picturesOf, valueAt, type Pictures, type Stack } from '../parts/stack.js';
import { linesUnder } from '../parts/strips.js';
import { drawTiles, tileNotes } from '../parts/tiles.js';

/** As many reconstructions as originals, in the same order. */
export interface ReconstructionPairs {
  originals: Stack;
  reconstructions: Stack;
}

export interface ReconstructionsOptions extends FigureOptions {
  /** One text or number above each pair. */
  labels?: ArrayLike<string | number>;
}

const usualPixel = 1.5;

/**
 * Each original over its reconstruction, as many pairs side by side as the width holds; rows and series as strips, with the original
 * once more, faint, behind the reconstruction.
 * @throws TypeError where sizes, values and labels do not fit together or an option is unknown
 * @throws RangeError where a size or an option has no sensible value
 */
export function reconstructions(
  pairs: ReconstructionPairs,
  options: ReconstructionsOptions = {},
): SVGSVGElement {
  const subject = 'reconstructions';
  checkOptions(subject, options, ['labels']);
  const [originals, copies] = checkPairs(subject, pairs);
  const labels = checkLabels(subject, options.labels, originals);
  if (originals.count === 0) return emptyFigure(subject, 'no reconstructions', options);

  const { kind, shape } = originals;
  const unit = kind === 'image' && shape[2] === 1 ? 'pixel' : 'value';
  return pairFigure(
    [originals, copies],
    {
      subject,
      summary: `${countText(originals)}, each over its reconstruction by the model.`,
      names: ['original', 'reconstruction'],
      nameless: 'Each original lies above its reconstruction.',
      labels,
      notes: [
        ...(kind === 'image' ? [] : ['Behind each reconstruction, faint: its original.']),
        ...tileNotes(originals, copies),
      ],
      usualPixel,
      behind: originals,
      draw: drawTiles,
      linesOf: (index, inTile) => [
        `squared error ${numberText(squaredError(originals, copies, index), 3)} a ${unit}`,
        ...linesUnder([originals, copies], index, inTile),
      ],
    },
    options,
  );
}

reconstructions.example = (options: FigureOptions = {}, of: ExampleKind = 'images'): SVGSVGElement => {
  const phases = Array.from({ length: 8 }, (_, i) => i / 7);
  return reconstructions(
    { originals: exampleStack(of, phases), reconstructions: exampleStack(of, phases, 1.2) },
    { title: 'Originals and reconstructions', labels: phases.map((_, i) => i), ...options },
  );
};

function checkPairs(subject: string, pairs: ReconstructionPairs): [originals: Pictures, copies: Pictures] {
  const originals = picturesOf(subject, pairs.originals, 'originals');
  const copies = picturesOf(subject, pairs.reconstructions, 'reconstructions');
  const [found, expected] = [describe(copies), describe(originals)];
  if (found !== expected)
    throw new TypeError(
      `Cannot draw ${subject}: found reconstructions of ${found}, expected ${expected} as the originals are`,
    );
  return [originals, copies];
}

/** The mean over all values of one. */
function squaredError(originals: Pictures, copies: Pictures, index: number): number {
  let sum = 0;
  for (let place = 0; place < originals.size; place++)
    sum += (valueAt(copies, index, place) - valueAt(originals, index, place)) ** 2;
  return sum / originals.size;
}
