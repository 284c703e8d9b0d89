import { checkOptions, type FigureOptions } from '../figure.js';
import { checkPlaces, classesOf, type Label } from '../parts/classes.js';
import { drawLanes } from '../parts/code-lanes.js';
import { drawPlane } from '../parts/code-plane.js';
import { viewOf } from '../parts/code-view.js';
import { emptyFigure } from '../parts/empty.js';
import { exampleCodes } from '../parts/example-data.js';
import { kindOf } from '../parts/stack.js';
import { numberText } from '../parts/number-text.js';

/** Codes of images, rows or series, one after the other. */
export interface LabelledCodes {
  /** count · dimensions numbers. */
  codes: Float32Array;
  dimensions: number;
  /** What each is; a point without a label (null, undefined, NaN or '') is drawn in the colour of the text. */
  labels?: ArrayLike<Label> | undefined;
  /** The names of the classes, where labels are places in them. @default the labels themselves are the names */
  classes?: readonly string[] | undefined;
}

/**
 * Where codes lie, coloured by label (twenty colours, beyond them other marks), a unit equally long in both directions. Codes of more than two dimensions are shown
 * by their first two principal components, which the axes and a note say; codes of one dimension in a lane for each label.
 * @throws TypeError where codes, dimensions and labels do not fit together or an option is unknown
 * @throws RangeError where a label is no place in the classes, or an option has no sensible value
 */
export function latentScatter(data: LabelledCodes, options: FigureOptions = {}): SVGSVGElement {
  const subject = 'latent scatter';
  checkOptions(subject, options);
  check(subject, data);
  if (data.codes.length === 0) return emptyFigure(subject, 'no codes', options);
  const view = viewOf(data.codes, data.dimensions);
  if (view.points.length === 0) return emptyFigure(subject, 'no code is finite', options);
  const groups = classesOf(view.points, data.labels, data.classes);
  if (groups.classes.length > 0 && groups.unlabelled.length > 0)
    view.notes.push(`The small dots: ${numberText(groups.unlabelled.length)} codes without a label.`);
  return view.y ? drawPlane(subject, view, groups, options) : drawLanes(subject, view, groups, options);
}

latentScatter.example = (options: FigureOptions = {}): SVGSVGElement =>
  latentScatter({ ...exampleCodes(400, 3), dimensions: 3 }, { title: 'Codes of 400 images', ...options });

function check(subject: string, { codes, dimensions, labels, classes }: LabelledCodes): void {
  if (kindOf(codes) !== 'Float32Array')
    throw new TypeError(`Cannot draw ${subject}: codes is ${kindOf(codes)}, expected Float32Array`);
  if (!Number.isInteger(dimensions) || dimensions < 1)
    throw new RangeError(
      `Cannot draw ${subject}: dimensions is ${dimensions}, expected a whole number from 1`,
    );
  if (codes.length % dimensions !== 0)
    throw new TypeError(
      `Cannot draw ${subject}: found ${codes.length} values, expected whole codes of ${dimensions} dimensions`,
    );
  if (labels !== undefined && labels.length !== codes.length / dimensions)
    throw new TypeError(
      `Cannot draw ${subject}: found ${labels.length} labels for ${codes.length / dimensions} codes, expected one each`,
    );
  if (labels && classes) checkPlaces(subject, labels, classes);
}
