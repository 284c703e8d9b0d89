/** The text on one line and with nothing that XML cannot hold: control characters and lone surrogates become "\ufffd". */
export const plainText = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '\ufffd');

/**
 * Width in pixels that the text needs at a font size, on the generous side. Nothing can be measured without a page,
 * so these are the widths of common sans-serif letters, in four classes.
 */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const letter of text) width += letterWidth(letter);
  return width * size;
}

/** The text, or as much of its beginning as fits, ending in "…"; empty where not even one letter fits. */
export function fitText(text: string, width: number, size: number): string {
  const clean = plainText(text);
  if (textWidth(clean, size) <= width) return clean;
  const letters = [...clean];
  while (letters.length > 0 && textWidth(`${letters.join('')}…`, size) > width) letters.pop();
  return letters.length > 0 ? `${letters.join('').trimEnd()}…` : '';
}

/** The text, or as much of its beginning and its end as fits, with "…" between: names of a kind often differ at the end. */
export function fitName(text: string, width: number, size: number): string {
  const clean = plainText(text);
  if (textWidth(clean, size) <= width) return clean;
  const letters = [...clean];
  for (let kept = letters.length - 1; kept > 1; kept--) {
    const front = letters
      .slice(0, Math.ceil(kept / 2))
      .join('')
      .trimEnd();
    const short = `${front}…${letters
      .slice(letters.length - Math.floor(kept / 2))
      .join('')
      .trimStart()}`;
    if (textWidth(short, size) <= width) return short;
  }
  return fitText(clean, width, size);
}

/** The text broken at spaces into lines of at most the width; a word that is longer than a line is cut short. */
export function wrapText(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const word of plainText(text).trim().split(' ')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(fitText(word, width, size));
  }
  return lines;
}

function letterWidth(letter: string): number {
  if (/[ijlI.,:;'|!()[\] ]/.test(letter)) return 0.36;
  if (/[mwMW@%→<>&+=~]/.test(letter)) return 0.95;
  if (/[A-Z0-9−]/.test(letter)) return 0.66;
  return letter > '\u1100' && letter !== '…' && letter !== '–' ? 1.05 : 0.58;
}
