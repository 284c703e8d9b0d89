import type { Examples, Words } from '@ae/data';
import type { Examined } from '@ae/evaluation';
import type { Code, Codes, DecodedValues } from '@ae/models';
import type { HistoryRow } from '@ae/trainer';
import type { FigureOptions } from '@ae/viz';

/** A figure that can be drawn on the page's ground and on its own. */
export interface Figure {
  /** Of its file. */
  name: string;
  section: Section;
  caption: string;
  /** Pixels for which it is drawn on a page; with a width for phones, it takes a whole row where there is room. */
  widths: { page: number; phone?: number };
  draw(options: FigureOptions): string;
}

/** The sections of a report that have figures, in its order. */
export const sections = ['The detector', 'Learning', 'The code', 'Images'] as const;
export type Section = (typeof sections)[number];

/** What is known of a run before its model is asked. */
export interface FigureSource {
  history: readonly HistoryRow[];
  seed: number;
  isGenerative: boolean;
  /** What the numbers of its codes mean. */
  code: Code;
  /** What its examples are called. */
  words: Words;
  test(): Promise<Examples>;
  /** The codes of the first test images. */
  codes(): Promise<Codes>;
  /** What the run's detector says of the test images; nothing where it is no detector. */
  examined(): Promise<(Examined & { threshold: number }) | undefined>;
  /** The classes that belong, where it was trained on these alone. */
  normal?: readonly string[] | undefined;
}

/** What may be chosen where a figure is drawn alone. */
export interface FigureChoice {
  /** How many images or codes it shows. @default the figure's own */
  count?: number | undefined;
  /** Draws the samples. @default the run's */
  seed?: number | undefined;
}

/** A figure of a run: one file in this folder. */
export interface RunFigure {
  name: string;
  section: Section;
  /** Its place among the figures of its section, from the front; the section then is as the figures lie in it. */
  place: number;
  widths: Figure['widths'];
  /** Why it cannot show codes of this kind, in words that follow `Cannot draw figure "⟨name⟩": `; nothing where it can. */
  refuses?(code: Code): string | undefined;
  /** What it shows of a run; nothing where the run lacks what it shows. */
  plan(source: FigureSource, choice: FigureChoice): FigurePlan | undefined | Promise<FigurePlan | undefined>;
}

/** What a figure asks of the model, and how it is drawn once that is there. */
export interface FigurePlan {
  caption: string;
  /** Another section than the figure's own. */
  section?: Section;
  /** Places of test images whose codes it asks for. */
  encode?: readonly number[];
  /** Which codes it asks to be decoded, given those that it asked for. */
  decode?: (codes: Codes) => Codes;
  /** Images that it asks to be drawn from the model, and the seed that draws them. */
  sample?: { count: number; seed: number };
  /** @param images what was decoded or, where the figure asked for samples, those; none where it asked for neither */
  draw(images: DecodedValues, options: FigureOptions): string;
}

/** Widths at which text has the size of the page's, and at which images are drawn in whole or half pixels. */
export const ROW = { page: 1010, phone: 340 };
export const PLANE = { page: 420 };
export const IMAGES = { page: 480 };
