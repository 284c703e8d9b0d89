import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { createFigure, bodySizeFor, type FigureOptions } from '../figure.js';
import { drawBottomAxis, niceTicks, round } from './axes.js';
import { badgeWidth, drawBadge, NEUTRAL } from './badge.js';
import type { Classes } from './classes.js';
import type { CodeView } from './code-view.js';
import { drawEqualCodes, equalCodes } from './equal-codes.js';
import { numberText } from './number-text.js';
import { addPointTooltip, drawCloud } from './point-cloud.js';

const laneHeight = 28;
const loneLane = 72;
const foot = 40;
/** More lanes than these nobody looks through: the other classes share one. */
const MOST_NAMED = 100;

/** Points of one coordinate: a lane for each class, in which they are spread upwards only to be seen; equal ones are not spread. */
export function drawLanes(
  subject: string,
  view: CodeView,
  { classes, unlabelled }: Classes,
  options: FigureOptions,
): SVGSVGElement {
  const named = classes.slice(0, MOST_NAMED);
  const others = classes.slice(MOST_NAMED).flatMap(({ points }) => points);
  const signs = [
    ...named.map(({ sign, color }) => ({ sign, color })),
    ...(others.length > 0
      ? [{ sign: `${numberText(classes.length - MOST_NAMED)} more`, color: NEUTRAL }]
      : []),
  ];
  const lanes = [...named.map(({ points }) => points), others, unlabelled].filter(
    (points) => points.length > 0,
  );
  const room = bodySizeFor(options, view.notes);
  const usual = classes.length > 0 ? laneHeight * lanes.length : loneLane;
  const bottom = Math.max(20, room.height === undefined ? usual : room.height - foot);
  const lane = bottom / lanes.length;
  const left = Math.max(0, ...signs.map(({ sign }) => badgeWidth(sign) + 10));
  const x = scaleLinear(domainOf(view), [left + 6, room.width - 10]);

  const sheet = createFigure(options, {
    subject,
    summary: `${view.points.length} codes of one dimension as points${classes.length > 0 ? `, in a lane for each of ${classes.length} labels` : ''}.`,
    notes: view.notes,
    width: room.width,
    height: bottom + foot,
  });
  drawBottomAxis(sheet.body, {
    scale: x,
    ticks: niceTicks(x, (room.width - left) / 70),
    across: [0, bottom],
    label: view.names[0],
  });
  const shared = new Set(view.equal.map(({ point }) => view.x(point)));
  const heights = new Map(
    lanes.flatMap((points, i) =>
      points.map((point, rank) => [
        point,
        lane * (i + 0.5 + (shared.has(view.x(point)) ? 0 : 0.7 * spread(rank))),
      ]),
    ),
  );
  const place = (point: number) => ({ x: x(view.x(point)), y: heights.get(point)! });
  drawCloud(sheet.body, { points: view.points, classes, unlabelled, place, width: room.width });
  for (const points of lanes) {
    const equal = equalCodes(points, (point) => [view.x(point)]).filter(({ point }) =>
      shared.has(view.x(point)),
    );
    drawEqualCodes(sheet.body, equal, { place, right: room.width });
  }
  signs.forEach(({ sign, color }, i) =>
    drawBadge(sheet.body, { x: badgeWidth(sign) / 2, y: round(lane * (i + 0.5)) }, sign, color),
  );
  addPointTooltip(sheet, view, classes, place);
  return sheet.svg;
}

/** Evenly over -0.5 to 0.5, neighbours far apart: multiples of the golden ratio. */
const spread = (rank: number): number => (((rank + 0.5) * 0.6180339887498949) % 1) - 0.5;

function domainOf(view: CodeView): [number, number] {
  const [low = 0, high = 0] = extent(view.points, view.x);
  const pad = low === high ? Math.abs(low) / 10 || 1 : 0;
  return [low - pad, high + pad];
}
