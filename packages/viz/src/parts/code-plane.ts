import { extent } from 'd3-array';
import { scaleLinear, scaleSymlog, type ScaleContinuousNumeric } from 'd3-scale';
import { createFigure, bodySizeFor, type FigureOptions } from '../figure.js';
import { drawBottomAxis, drawLeftAxis, leftMargin, niceTicks } from './axes.js';
import { badgeHeight } from './badge.js';
import { drawClassNames } from './class-names.js';
import type { Classes } from './classes.js';
import type { CodeView } from './code-view.js';
import { drawEqualCodes } from './equal-codes.js';
import { drawLegend, layOutLegend } from './legend.js';
import { addPointTooltip, drawCloud, highlight } from './point-cloud.js';

interface Plane {
  x: ScaleContinuousNumeric<number, number>;
  y: ScaleContinuousNumeric<number, number>;
  xTicks: number[];
  yTicks: number[];
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const foot = 36;
const axisName = 24; // above the plane, for the name of the upward axis

/** Points in the plane with axes, a legend, and each class's name at the median of its points. */
export function drawPlane(
  subject: string,
  view: CodeView,
  { classes, unlabelled }: Classes,
  options: FigureOptions,
): SVGSVGElement {
  const room = bodySizeFor(options, view.notes);
  const legend = layOutLegend(classes, room.width);
  const top = legend.height + axisName;
  const plane = withRoomForTicks((left) => layOut(view, { ...room, top, left }));
  const { x, y, left, right, bottom } = plane;

  const sheet = createFigure(options, {
    subject,
    summary: `${view.points.length} codes as points: ${view.names.join(' across, ')} upwards${classes.length > 0 ? `, coloured by ${classes.length} labels` : ''}.`,
    notes: view.notes,
    width: room.width,
    height: bottom + foot,
  });
  drawLeftAxis(sheet.body, { scale: y, ticks: plane.yTicks, across: [left, right], label: view.names[1] });
  drawBottomAxis(sheet.body, { scale: x, ticks: plane.xTicks, across: [top, bottom], label: view.names[0] });
  const place = (point: number) => ({ x: x(view.x(point)), y: y(view.y!(point)) });
  const dots = drawCloud(sheet.body, { points: view.points, classes, unlabelled, place, width: room.width });
  drawEqualCodes(sheet.body, view.equal, { place, right });
  drawClassNames(sheet.body, classes, {
    bounds: { ...plane, height: badgeHeight },
    rings: view.equal.map(({ point }) => place(point)),
    place,
  });
  drawLegend(sheet.body, classes, legend, (entry) => highlight(dots, entry));
  addPointTooltip(sheet, view, classes, place);
  return sheet.svg;
}

/** Numbers at the left make the plane narrower, which may ask for wider numbers, until they fit. */
function withRoomForTicks(layOutAt: (left: number) => Plane): Plane {
  let plane = layOutAt(leftMargin([]));
  for (let wanted = leftMargin(plane.yTicks); wanted > plane.left; wanted = leftMargin(plane.yTicks))
    plane = layOutAt(wanted);
  return plane;
}

/**
 * A unit of the code is equally long in both directions, on axes that are logarithmic a factor; the plane is as high as
 * the points need, within limits.
 */
function layOut(
  view: CodeView,
  { width, height, top, left }: { width: number; height?: number; top: number; left: number },
): Plane {
  const right = width - 10;
  const { linearUpTo, toPlace, toCoordinate } = view.axis;
  const makeScale = () => (Number.isFinite(linearUpTo) ? scaleSymlog().constant(linearUpTo) : scaleLinear());
  const across = spanOf(view.points.map((point) => toPlace(view.x(point))));
  const upwards = spanOf(view.points.map((point) => toPlace(view.y!(point))));
  const usual = (right - left) * Math.min(1, Math.max(0.5, upwards.size / across.size || 0.5));
  const bottom = Math.max(top + 40, height === undefined ? top + usual : height - foot);
  const size =
    Math.max(across.size, upwards.size) ||
    Math.max(Math.abs(across.centre), Math.abs(upwards.centre)) / 10 ||
    1;
  const unit =
    Math.max((across.size || size) / (right - left), (upwards.size || size) / (bottom - top)) * 1.06;
  const around = (centre: number, pixels: number) =>
    [centre - (unit * pixels) / 2, centre + (unit * pixels) / 2].map(toCoordinate);
  const x = makeScale()
    .domain(around(across.centre, right - left))
    .range([left, right]);
  const y = makeScale()
    .domain(around(upwards.centre, bottom - top))
    .range([bottom, top]);
  const xTicks = niceTicks(x, tickCount(right - left, 70));
  const yTicks = niceTicks(y, tickCount(bottom - top, 50));
  return { x, y, xTicks, yTicks, left, right, top, bottom };
}

const tickCount = (pixels: number, each: number): number => Math.min(10, Math.max(2, pixels / each));

function spanOf(values: number[]): { centre: number; size: number } {
  const [low = 0, high = 0] = extent(values);
  return { centre: (low + high) / 2, size: high - low };
}
