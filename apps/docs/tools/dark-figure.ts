/** The two colours that a figure of `@ae/viz` brings in its light theme, and their places in its dark one. */
const ink = ['color="#1b1e23"', 'color="#e4e5e7"'] as const;
const ground = ['fill="#ffffff"', 'fill="#1b1b1f"'] as const; // that of the site

/**
 * A figure that was saved on a light ground, on the dark ground of the site.
 * @throws TypeError where the drawing has not the light theme's colours
 */
export function onDarkGround(svg: string): string {
  if (!svg.includes(ink[0]) || !svg.includes(ground[0]))
    throw new TypeError(
      'Cannot darken a figure: its colours are others, expected those of the light theme of @ae/viz',
    );
  return svg.replace(...ink).replace(...ground);
}
