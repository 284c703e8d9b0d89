/** Degrees in Oklab: an orange. */
const HUE = (50 * Math.PI) / 180;
/** Nearly black, where nothing is, to nearly white. */
const [DARKEST, BRIGHTEST] = [0.15, 0.98];

/**
 * Red, green and blue from 0 to 1 of a place on a scale of one hue from 0 to 1, whose lightness rises evenly in Oklab, so that equal
 * steps look equal (B. Ottosson, "A perceptual color space for image processing", 2020); as colourful as a screen can show at
 * each lightness.
 */
export function heatColor(place: number): [red: number, green: number, blue: number] {
  const lightness = DARKEST + (BRIGHTEST - DARKEST) * Math.min(1, Math.max(0, place));
  const chroma = Math.min(0.25 * lightness, 0.5 * (1 - lightness));
  const [a, b] = [chroma * Math.cos(HUE), chroma * Math.sin(HUE)];
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    encoded(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
    encoded(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
    encoded(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short),
  ];
}

/** Light as sRGB encodes it. */
const encoded = (light: number): number =>
  light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
