import { median } from 'd3-array';
import type { Group } from '../figure.js';
import { round } from './axes.js';
import { badgeWidth, drawBadge, NEUTRAL } from './badge.js';
import type { PointClass } from './classes.js';
import { isApart, moveApart, type Bounds, type Sign } from './move-apart.js';

/** How far a name may stand from the middle of its points, in pixels. */
const FARTHEST = 36;
/** After so many names without room the smaller classes are not tried. */
const TRIES = 12;
/** How far above a ring a name stands that would cover it. */
const ABOVE = 22;

/** Names at one place. */
interface Spot extends Sign {
  text: string;
  color: string;
  size: number;
}

export interface NamesSpec {
  bounds: Bounds;
  /** Places that a name should leave visible. */
  rings: readonly { x: number; y: number }[];
  place(point: number): { x: number; y: number };
}

/**
 * Each class's name at the median of its points, so that colour is not the only way to tell the classes. Names in each other's way are
 * pushed apart, but not far: where there is no room, those of the smaller classes are left to the legend. Classes whose medians are
 * the same place share one sign, since there is nothing to separate.
 */
export function drawClassNames(
  body: Group,
  classes: readonly PointClass[],
  { bounds, rings, place }: NamesSpec,
): void {
  const parent = body
    .append('g')
    .attr('pointer-events', 'none')
    .attr('stroke', '#ffffff')
    .attr('stroke-width', 0.8);
  const spots = spotsOf(classes, place).map((spot) => ({
    ...spot,
    y: spot.y - (isIn(rings, spot) ? ABOVE : 0),
  }));
  for (const { x, y, text, color } of placed(spots, bounds))
    drawBadge(parent, { x: round(x), y: round(y) }, text, color);
}

function spotsOf(classes: readonly PointClass[], place: (point: number) => { x: number; y: number }): Spot[] {
  const byPlace = new Map<string, Spot>();
  for (const { sign, color, points } of classes) {
    const x = median(points, (point) => place(point).x)!;
    const y = median(points, (point) => place(point).y)!;
    const key = `${x},${y}`;
    const found = byPlace.get(key);
    const text = found ? `${found.text} ${sign}` : sign;
    byPlace.set(key, {
      ...{ x, y, text, width: badgeWidth(text) },
      color: found ? NEUTRAL : color,
      size: points.length + (found?.size ?? 0),
    });
  }
  return [...byPlace.values()];
}

const isIn = (rings: NamesSpec['rings'], { x, y }: Spot): boolean =>
  rings.some((ring) => Math.hypot(ring.x - x, ring.y - y) < ABOVE);

/** As many as find room, the largest first. */
function placed(spots: Spot[], bounds: Bounds): Spot[] {
  const homes: Sign[] = [];
  let kept: Spot[] = [];
  let misses = 0;
  for (const spot of [...spots].sort((a, b) => b.size - a.size)) {
    const [home] = moveApart([spot], bounds) as [Sign]; // inside the plane
    const signs = moveApart([...kept, home], bounds);
    const isNear = signs.every(({ x, y }, i) => {
      const own = homes[i] ?? home;
      return Math.hypot(x - own.x, y - own.y) <= FARTHEST;
    });
    if (isNear && isApart(signs, bounds.height)) {
      homes.push(home);
      kept = [...kept, spot].map((own, i) => ({ ...own, ...signs[i]! }));
    } else if (++misses === TRIES) break;
  }
  return kept;
}
