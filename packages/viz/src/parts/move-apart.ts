/** A sign of a given width around a point. */
export interface Sign {
  x: number;
  y: number;
  width: number;
}

/** Where signs may stand, and how high they are. */
export interface Bounds {
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Pushes signs of one height apart along the shorter way, a little at a time, until none covers another; within the bounds. */
export function moveApart(signs: readonly Sign[], { height, left, right, top, bottom }: Bounds): Sign[] {
  const moved = signs.map(({ x, y, width }) => ({ x, y, width }));
  for (let round = 0; round < 100; round++) {
    let isCalm = true;
    for (let i = 0; i < moved.length; i++)
      for (let j = 0; j < i; j++) if (push(moved[i]!, moved[j]!, height)) isCalm = false;
    for (const sign of moved) {
      sign.x = Math.min(right - sign.width / 2, Math.max(left + sign.width / 2, sign.x));
      sign.y = Math.min(bottom - height / 2, Math.max(top + height / 2, sign.y));
    }
    if (isCalm) break;
  }
  return moved;
}

/** Whether no sign covers another. */
export const isApart = (signs: readonly Sign[], height: number): boolean =>
  signs.every((a, i) =>
    signs
      .slice(0, i)
      .every((b) => Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= height),
  );

function push(a: Sign, b: Sign, height: number): boolean {
  const overX = (a.width + b.width) / 2 + 1 - Math.abs(a.x - b.x);
  const overY = height + 1 - Math.abs(a.y - b.y);
  if (overX <= 0 || overY <= 0) return false;
  const axis = overX < overY ? 'x' : 'y';
  const step = (Math.min(overX, overY) / 2 + 0.05) * (a[axis] < b[axis] ? -1 : 1);
  a[axis] += step;
  b[axis] -= step;
  return true;
}
