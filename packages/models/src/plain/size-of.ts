/** How many values a shape has. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1);
