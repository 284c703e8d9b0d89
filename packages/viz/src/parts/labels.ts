/** Labels as texts, one an image; undefined where there are none. */
export function checkLabels(
  subject: string,
  labels: ArrayLike<string | number> | undefined,
  count: number,
): string[] | undefined {
  if (labels === undefined) return undefined;
  if (labels.length !== count)
    throw new TypeError(
      `Cannot draw ${subject}: found ${labels.length} labels for ${count} images, expected one each`,
    );
  return Array.from(labels, String);
}
