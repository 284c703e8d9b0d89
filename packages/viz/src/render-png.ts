import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';

export interface RenderPngOptions {
  /** PNG pixels a pixel of the drawing. @default 2 */
  scale?: number;
}

const require = createRequire(import.meta.url);
const latin = ['400Regular/Inter_400Regular.ttf', '600SemiBold/Inter_600SemiBold.ttf'];

/**
 * The text of an SVG as the bytes of a PNG, on white where the drawing has no ground of its own. Text is set in Inter, which comes along,
 * so that it looks the same on every machine; only scripts that Inter lacks are looked for among the machine's own fonts.
 * @throws RangeError where the scale is not 0.1 to 20
 * @throws Error where the text is no SVG
 */
export function renderPng(svg: string, { scale = 2 }: RenderPngOptions = {}): Uint8Array {
  if (!(scale >= 0.1 && scale <= 20))
    throw new RangeError(`Cannot render PNG: scale is ${scale}, expected 0.1 to 20`);
  try {
    return new Resvg(svg, {
      fitTo: { mode: 'zoom', value: scale },
      background: '#ffffff',
      imageRendering: 1, // nearest neighbour, where the drawing does not say otherwise
      font: {
        loadSystemFonts: /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}]/u.test(svg),
        fontFiles: latin.map((file) => require.resolve(`@expo-google-fonts/inter/${file}`)),
        defaultFontFamily: 'Inter',
        sansSerifFamily: 'Inter',
      },
    })
      .render()
      .asPng();
  } catch (cause) {
    throw new Error('Cannot render PNG: the text is no SVG that can be drawn', { cause });
  }
}
