import { JSDOM } from 'jsdom';

/** A page for figures to be drawn in. */
export const { document } = new JSDOM('').window;

/** The texts of an element's `<text>` elements, in order. */
export const textsOf = (svg: Element): string[] =>
  [...svg.querySelectorAll('text')].map((text) => text.textContent ?? '');
