/** `; did you mean "latentDim"?` when one of the names is close to what was typed, otherwise nothing. */
export function didYouMean(typed: string, names: readonly string[]): string {
  const nearest = names
    .map((name) => ({ name, distance: editDistance(typed.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  const close =
    nearest !== undefined && nearest.distance <= Math.max(1, Math.floor(nearest.name.length * 0.4));
  return close ? `; did you mean "${nearest.name}"?` : '';
}

/** Levenshtein's distance: insertions, deletions and replacements of one letter. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
