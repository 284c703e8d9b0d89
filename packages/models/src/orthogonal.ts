/**
 * A matrix `[..., out]` with orthonormal rows or columns, whichever are fewer: the Q of a QR decomposition of normals
 * whose R has a positive diagonal, so that it is uniform among all such matrices (Saxe, McClelland & Ganguli, "Exact
 * solutions to the nonlinear dynamics of learning in deep linear neural networks", ICLR 2014; Mezzadri, "How to
 * generate random matrices from the classical compact groups", 2007).
 * @param normals as many as the shape holds
 */
export function orthogonal(normals: Float64Array, shape: readonly number[]): Float64Array {
  const columns = shape.at(-1) ?? 1;
  const rows = normals.length / columns;
  const [length, count] = rows < columns ? [columns, rows] : [rows, columns];
  const vectors = Array.from({ length: count }, (_, i) => normals.slice(i * length, (i + 1) * length));
  vectors.forEach((vector, i) => {
    // Once leaves a remainder of the others where they are nearly dependent; twice is enough (Kahan, Parlett).
    for (let time = 0; time < 2; time++)
      for (let j = 0; j < i; j++) subtract(vector, vectors[j]!, dot(vector, vectors[j]!));
    const norm = Math.sqrt(dot(vector, vector));
    for (let k = 0; k < length; k++) vector[k]! /= norm;
  });
  return Float64Array.from(normals, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return rows < columns ? vectors[row]![column]! : vectors[column]![row]!;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

function subtract(from: Float64Array, vector: Float64Array, times: number): void {
  for (let k = 0; k < from.length; k++) from[k]! -= times * vector[k]!;
}
