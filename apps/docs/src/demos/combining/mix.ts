/** The weighted mean of codes; the weights sum to one. */
export function mix(codes: readonly Float32Array[], weights: readonly number[]): Float32Array {
  const mixed = new Float32Array(codes[0]!.length);
  codes.forEach((code, i) => code.forEach((value, d) => (mixed[d]! += weights[i]! * value)));
  return mixed;
}
