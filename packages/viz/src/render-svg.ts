import { JSDOM } from 'jsdom';
import type { FigureOptions } from './figure.js';

const { window } = new JSDOM('');

/**
 * Draws a figure where there is no page and gives the text of its SVG file:
 * `renderSvg(latentScatter, { codes, dimensions: 2 }, { width: 640 })`.
 * @throws what the figure throws
 */
export function renderSvg<Data, Options extends FigureOptions>(
  figure: (data: Data, options: Options) => SVGSVGElement,
  data: Data,
  options?: Options,
): string {
  const svg = figure(data, { document: window.document, ...options } as Options);
  return new window.XMLSerializer().serializeToString(svg);
}
