import { countText, type Pictures } from './stack.js';

/** Labels as texts, one a picture; undefined where there are none. */
export function checkLabels(
  subject: string,
  labels: ArrayLike<string | number> | undefined,
  pictures: Pictures,
): string[] | undefined {
  if (labels === undefined) return undefined;
  if (labels.length !== pictures.count)
    throw new TypeError(
      `Cannot draw ${subject}: found ${labels.length} labels for ${countText(pictures)}, expected one each`,
    );
  return Array.from(labels, String);
}
