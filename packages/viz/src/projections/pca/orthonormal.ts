/** x · y */
export function dot(x: Float64Array, y: Float64Array): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0]; // four sums side by side, so that no addition waits for the one before
  const whole = x.length - (x.length % 4);
  for (let i = 0; i < whole; i += 4) {
    s0 += x[i]! * y[i]!;
    s1 += x[i + 1]! * y[i + 1]!;
    s2 += x[i + 2]! * y[i + 2]!;
    s3 += x[i + 3]! * y[i + 3]!;
  }
  for (let i = whole; i < x.length; i++) s0 += x[i]! * y[i]!;
  return s0 + s1 + (s2 + s3);
}

/** y += factor · x */
export function addTo(y: Float64Array, factor: number, x: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i]! += factor * x[i]!;
}

/**
 * Makes the vector orthogonal to an orthonormal basis, by Gram and Schmidt done twice.
 * @returns its coordinates in the basis
 */
export function removeFrom(vector: Float64Array, basis: readonly Float64Array[]): Float64Array {
  const coordinates = new Float64Array(basis.length);
  for (let round = 0; round < 2; round++)
    basis.forEach((direction, i) => {
      const along = dot(direction, vector);
      coordinates[i]! += along;
      addTo(vector, -along, direction);
    });
  return coordinates;
}

/**
 * Orthonormal vectors that span, together with the basis, what the vectors span. What is left of a vector beside those before it
 * must be longer than `least` for it to add a direction.
 */
export function orthonormal(
  vectors: readonly Float64Array[],
  { basis = [], least }: { basis?: readonly Float64Array[]; least: number },
): Float64Array[] {
  const found: Float64Array[] = [];
  for (const vector of vectors) {
    const rest = Float64Array.from(vector);
    removeFrom(rest, [...basis, ...found]);
    const length = Math.sqrt(dot(rest, rest));
    if (length > least) found.push(rest.map((value) => value / length));
  }
  return found;
}

/** Fills an orthonormal basis up to `count` directions of the space, each as near to a single coordinate as can be. */
export function fillUp(basis: readonly Float64Array[], count: number, dimensions: number): Float64Array[] {
  const filled = [...basis];
  const free = new Float64Array(dimensions).fill(1); // of each coordinate, the squared part outside the basis
  for (const direction of filled) direction.forEach((value, d) => (free[d]! -= value ** 2));
  while (filled.length < count) {
    const axis = new Float64Array(dimensions);
    axis[free.reduce((best, value, d) => (value > free[best]! ? d : best), 0)] = 1;
    const [direction] = orthonormal([axis], { basis: filled, least: 0 });
    filled.push(direction!);
    direction!.forEach((value, d) => (free[d]! -= value ** 2));
  }
  return filled;
}
