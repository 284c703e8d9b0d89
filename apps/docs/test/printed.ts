/** Relative difference of two numbers that counts as the same: losses differ in their last digits between backends. */
const TOLERANCE = 0.03;

const numbers = /\d+(?:\.\d+)?/g;

/** The lines in which what was printed is not what is shown; numbers may differ a little, words may not. */
export function differences(printed: readonly string[], shown: readonly string[]): string[] {
  const length = Math.max(printed.length, shown.length);
  return Array.from({ length }, (_, i) => [printed[i] ?? '(nothing)', shown[i] ?? '(nothing)'] as const)
    .filter(([one, other]) => !isSame(one, other))
    .map(([one, other]) => `printed "${one}", shown "${other}"`);
}

function isSame(one: string, other: string): boolean {
  if (one.replace(numbers, '#') !== other.replace(numbers, '#')) return false;
  const others = other.match(numbers) ?? [];
  return (one.match(numbers) ?? []).every(
    (number, i) => Math.abs(Number(number) - Number(others[i])) <= TOLERANCE * Math.abs(Number(others[i])),
  );
}
