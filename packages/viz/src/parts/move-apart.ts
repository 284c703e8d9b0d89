/** A sign of a given width around a point. */
export interface Sign {
  x: number;
  y: number;
  width: number;
}

/** Pushes signs of one height apart along the shorter way, a little at a time, until none covers another; within the bounds. */
export function moveApart(
  signs: Sign[],
  {
    height,
    left,
    right,
    top,
    bottom,
  }: { height: number; left: number; right: number; top: number; bottom: number },
): Sign[] {
  const moved = signs.map((sign) => ({ ...sign }));
  for (let round = 0; round < 200; round++) {
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
