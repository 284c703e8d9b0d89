import type { Group, Sheet } from '../figure.js';
import { classMark, type ClassMark } from './class-mark.js';
import type { Classes, PointClass } from './classes.js';
import type { CodeView } from './code-view.js';
import { numberText } from './number-text.js';
import { plainText } from './text.js';
import { addTooltip } from './tooltip.js';

export interface Cloud extends Classes {
  /** In the order of the data. */
  points: number[];
  /** Width of the drawing in pixels: the wider, the larger the dots. */
  width: number;
  /** Pixels of a point. */
  place(point: number): { x: number; y: number };
}

/**
 * Points in the colours and marks of their classes, a path for each class, so that ten thousand cost a page a few elements.
 * They are drawn in slices of the data's order, each with all classes, so that no class lies on top of the others as a whole.
 */
export function drawCloud(parent: Group, { points, classes, unlabelled, place, width }: Cloud): Group {
  const { radius, opacity } = dotOf(points.length, width);
  const dots: Group = parent
    .append('g')
    .attr('stroke-linecap', 'round')
    .attr('stroke-width', 2 * radius)
    .attr('stroke-opacity', opacity);
  const slices = Math.min(16, Math.ceil(points.length / 500));
  const sliceOf = new Map(points.map((point, i) => [point, Math.floor((i * slices) / points.length)]));
  const pathsOf = (members: number[], mark: ClassMark) => {
    const paths = Array.from({ length: slices }, () => '');
    for (const point of members) paths[sliceOf.get(point)!] += mark.path(place(point), radius);
    return paths;
  };
  const plain = pathsOf(unlabelled, classMark(0));
  const coloured = classes.map((own) => pathsOf(own.points, own.mark));
  for (let slice = 0; slice < slices; slice++) {
    if (plain[slice])
      dots
        .append('path')
        .attr('d', plain[slice]!)
        .attr('stroke', 'currentColor')
        .attr('stroke-opacity', 0.45)
        .attr('stroke-width', classes.length > 0 ? radius : 2 * radius);
    coloured.forEach((paths, i) => {
      if (paths[slice]) drawMarks(dots, paths[slice]!, classes[i]!, radius).attr('data-class', i);
    });
  }
  return dots;
}

/** Fades all classes but one; undefined shows all again. */
export function highlight(dots: Group, shown: number | undefined): void {
  dots.selectAll<SVGPathElement, unknown>('path').attr('opacity', function () {
    return shown === undefined || this.dataset['class'] === String(shown) ? null : 0.06;
  });
}

/** Names the point nearest to the pointer, within a few pixels. */
export function addPointTooltip(
  sheet: Sheet,
  view: CodeView,
  classes: PointClass[],
  place: Cloud['place'],
): void {
  addTooltip(sheet, (px, py) => {
    let [nearest, least] = [-1, 12 ** 2];
    for (const point of view.points) {
      const { x, y } = place(point);
      const distance = (x - px) ** 2 + (y - py) ** 2;
      if (distance < least) [nearest, least] = [point, distance];
    }
    if (nearest < 0) return undefined;
    const name = classes.find(({ points }) => points.includes(nearest))?.name;
    const code = [view.x(nearest), ...(view.y ? [view.y(nearest)] : [])];
    return {
      ...place(nearest),
      hasRing: true,
      lines: [
        ...(name === undefined ? [] : [`label ${plainText(name)}`]),
        `example ${nearest}`,
        code.map((value) => numberText(value, 3)).join(', '),
      ],
    };
  });
}

function drawMarks(dots: Group, path: string, { color, mark }: PointClass, radius: number) {
  const drawn = dots.append('path').attr('d', path).attr('stroke', color);
  if (mark.sign === '') return drawn;
  return drawn
    .attr('stroke-width', Math.round(mark.stroke * radius * 10) / 10)
    .attr('fill', mark.isFilled ? color : 'none');
}

function dotOf(count: number, width: number): { radius: number; opacity: number } {
  const usual = Math.min(4, Math.max(1.5, 30 / Math.cbrt(Math.max(1, count))));
  const radius = usual * Math.min(2, Math.max(0.85, Math.sqrt(width / 480)));
  return { radius: Math.round(radius * 10) / 10, opacity: count > 2000 ? 0.75 : 0.85 };
}
