import { select, type Selection } from 'd3-selection';
import { drawKeys, wrapKeys, type Key } from './parts/keys.js';
import { plainText, wrapText } from './parts/text.js';

/** What every figure takes besides its data. */
export interface FigureOptions {
  /** Where the elements are made. @default the page's own document; in Node, `renderSvg` of `@ae/viz/node` brings one */
  document?: Document;
  /** Width of the drawing in pixels; draw at the width at which it will be seen, and the text keeps its size; from 240. @default 480 */
  width?: number;
  /** Height of the drawing in pixels, from 100. @default as much as the content needs */
  height?: number;
  /** A heading above the drawing, which is also its name for screen readers. */
  title?: string;
  /** `auto` is transparent and takes the text colour of the page; `light` and `dark` paint their own ground. @default 'auto' */
  theme?: 'auto' | 'light' | 'dark';
}

/** The one SVG element type in which figures draw, as d3 sees it. */
export type Group = Selection<SVGGElement, unknown, null, undefined>;

/** A blank figure: its root and the group to draw in, whose origin lies below the heading. */
export interface Sheet {
  svg: SVGSVGElement;
  body: Group;
  /** Width of the body in pixels. */
  width: number;
}

/** Small print: a sentence, or what colours stand for. */
export type Note = string | readonly Key[];

export interface SheetSpec {
  /** Which figure this is, in words: its name for screen readers where there is no title. */
  subject: string;
  /** One or two sentences for whoever cannot see the drawing. */
  summary: string;
  /** Size of the body in pixels. */
  width: number;
  height: number;
  /** Small print below the body. */
  notes?: Note[];
}

const defaultWidth = 480;
const themes = {
  auto: undefined,
  light: { ink: '#1b1e23', ground: '#ffffff' },
  dark: { ink: '#e4e5e7', ground: '#16181d' },
};
const ownOptions = ['document', 'width', 'height', 'title', 'theme'];

/** Refuses what the figure does not know, at the door. */
export function checkOptions(subject: string, options: FigureOptions, known: string[] = []): void {
  const all = [...ownOptions, ...known];
  for (const name of Object.keys(options))
    if (!all.includes(name))
      throw new TypeError(
        `Cannot draw ${subject}: unknown option "${name}", expected one of ${all.join(', ')}`,
      );
  for (const [name, least] of [
    ['width', 240],
    ['height', 100],
  ] as const) {
    const value = options[name];
    if (value !== undefined && !(value >= least && value <= 20_000))
      throw new RangeError(`Cannot draw ${subject}: ${name} is ${value}, expected ${least} to 20000 pixels`);
  }
  if (options.theme !== undefined && !(options.theme in themes))
    throw new RangeError(
      `Cannot draw ${subject}: theme is "${options.theme}", expected one of ${Object.keys(themes).join(', ')}`,
    );
  documentOf(subject, options);
}

/** The pixels that margin, heading and notes leave for the body; the width is the usual one, and there is no height, where none was asked for. */
export interface BodySize {
  width: number;
  height?: number;
  isWidthGiven: boolean;
}

export function bodySizeFor(options: FigureOptions, notes: Note[] = []): BodySize {
  const margin = marginOf(options);
  const width = (options.width ?? defaultWidth) - 2 * margin;
  const isWidthGiven = options.width !== undefined;
  if (options.height === undefined) return { width, isWidthGiven };
  const taken = 2 * margin + headingLines(options, width).height + noteLines(notes, width).height;
  return { width, isWidthGiven, height: Math.max(20, options.height - taken) };
}

/** Root element, ground, heading, notes and the texts for screen readers. */
export function createFigure(options: FigureOptions, spec: SheetSpec): Sheet {
  const document = documentOf(spec.subject, options);
  const width = Math.ceil(spec.width);
  const heading = headingLines(options, width);
  const notes = noteLines(spec.notes ?? [], width);
  const height = Math.ceil(heading.height + spec.height + notes.height);
  const theme = themes[options.theme ?? 'auto'];
  const margin = marginOf(options);
  const [outerWidth, outerHeight] = [width + 2 * margin, height + 2 * margin];

  const svg = select(document.createElementNS('http://www.w3.org/2000/svg', 'svg'))
    .attr('xmlns', 'http://www.w3.org/2000/svg')
    .attr('viewBox', `${-margin} ${-margin} ${outerWidth} ${outerHeight}`)
    .attr('width', outerWidth)
    .attr('height', outerHeight)
    .attr('role', 'img')
    .attr('font-family', 'system-ui, sans-serif')
    .attr('font-size', 12)
    .attr('fill', 'currentColor')
    .attr('color', theme?.ink ?? null)
    .attr('style', 'max-width: 100%; height: auto; font-variant-numeric: tabular-nums');
  svg.append('title').text(plainText(options.title ?? spec.subject));
  svg.append('desc').text(plainText(spec.summary));
  if (theme)
    svg
      .append('rect')
      .attr('x', -margin)
      .attr('y', -margin)
      .attr('width', outerWidth)
      .attr('height', outerHeight)
      .attr('fill', theme.ground);

  heading.lines.forEach((line, i) =>
    svg
      .append('text')
      .attr('y', 14 + 18 * i)
      .attr('font-size', 14)
      .attr('font-weight', 600)
      .text(line),
  );
  const body: Group = svg.append('g');
  if (heading.height > 0) body.attr('transform', `translate(0,${heading.height})`);
  notes.lines.forEach((line, i) => {
    const text = svg
      .append('text')
      .attr('y', heading.height + Math.ceil(spec.height) + 18 + 15 * i)
      .attr('font-size', 11);
    if (typeof line === 'string') text.attr('fill-opacity', 0.65).text(line);
    else drawKeys(text, line);
  });
  return { svg: svg.node()!, body, width };
}

/** A drawing with a ground of its own needs a margin; on the page's ground the page has one. */
const marginOf = ({ theme = 'auto' }: FigureOptions): number => (theme === 'auto' ? 0 : 16);

function headingLines({ title }: FigureOptions, width: number): { lines: string[]; height: number } {
  const lines = title ? wrapText(title, width, 15) : [];
  return { lines, height: lines.length > 0 ? 18 * lines.length + 8 : 0 };
}

function noteLines(notes: Note[], width: number): { lines: Note[]; height: number } {
  const lines = notes.flatMap((note): Note[] =>
    typeof note === 'string' ? wrapText(note, width, 11) : wrapKeys(note, width),
  );
  return { lines, height: lines.length > 0 ? 15 * lines.length + 8 : 0 };
}

function documentOf(subject: string, options: FigureOptions): Document {
  const found = options.document ?? (globalThis.document as Document | undefined);
  if (found) return found;
  throw new TypeError(
    `Cannot draw ${subject}: found no document, expected one in options.document (in Node, use renderSvg of @ae/viz/node)`,
  );
}
