import { type Doubles, make, type Reference, valueAt } from './doubles.js';

interface Attributes {
  size: [number, number];
  alignCorners: boolean;
  halfPixelCenters: boolean;
}

/** Where row `i` of `length` new ones lies among the old ones: corners on corners, or centres on centres, or neither. */
function placeOf(
  i: number,
  old: number,
  length: number,
  { alignCorners, halfPixelCenters }: Attributes,
): number {
  if (alignCorners && length > 1) return (i * (old - 1)) / (length - 1);
  return halfPixelCenters ? ((i + 0.5) * old) / length : (i * old) / length;
}

const within = (place: number, length: number) => Math.min(Math.max(place, 0), length - 1);

function nearest(images: Doubles, attrs: Attributes): Doubles {
  const [batch, height, width, channels] = images.shape as [number, number, number, number];
  const [newHeight, newWidth] = attrs.size;
  const pick = (i: number, old: number, length: number) => {
    const place = placeOf(i, old, length, attrs);
    return within(attrs.alignCorners ? Math.round(place) : Math.floor(place), old);
  };
  return make([batch, newHeight, newWidth, channels], ([b, row, column, c]) =>
    valueAt(images, [b!, pick(row!, height, newHeight), pick(column!, width, newWidth), c!]),
  );
}

function bilinear(images: Doubles, attrs: Attributes): Doubles {
  const [batch, height, width, channels] = images.shape as [number, number, number, number];
  const [newHeight, newWidth] = attrs.size;
  const between = (i: number, old: number, length: number) => {
    const place = within(placeOf(i, old, length, attrs) - (attrs.halfPixelCenters ? 0.5 : 0), old);
    const first = Math.floor(place);
    return [first, Math.min(first + 1, old - 1), place - first] as const;
  };
  return make([batch, newHeight, newWidth, channels], ([b, row, column, c]) => {
    const [top, bottom, down] = between(row!, height, newHeight);
    const [left, right, across] = between(column!, width, newWidth);
    const at = (y: number, x: number) => valueAt(images, [b!, y, x, c!]);
    return (
      (1 - down) * ((1 - across) * at(top, left) + across * at(top, right)) +
      down * ((1 - across) * at(bottom, left) + across * at(bottom, right))
    );
  });
}

export const resizing: Record<string, Reference> = {
  ResizeNearestNeighbor: ({ images }, attrs) => nearest(images!, attrs),
  ResizeBilinear: ({ images }, attrs) => bilinear(images!, attrs),
};
