import type { Examples, Field } from './examples.js';
import type { ImageOptions, Pixels } from './images/pixels.js';
import type { StopSignal } from './stop-signal.js';

/** A file, wherever it lies: on a disk, in an archive, in a page. */
export interface DataFile {
  /** Its path within what was given, joined by `/`: `cats/1.png`. */
  name: string;
  /** In bytes. */
  size: number;
  /** Bytes from one place up to, but not with, another. @default the whole file */
  read(from?: number, to?: number): Promise<Uint8Array>;
}

/** How files are read. A format takes some of these, and the others are refused. */
export interface ReadOptions extends ImageOptions {
  /**
   * Where labels are: a column of a table, an array of an archive; of pictures `folders`, `none`, or the name of a CSV
   * file among them, with a file name and a label in each row. @default what the format expects; said
   */
  label?: string | undefined;
  /** The columns of a table that are taken, in this order. @default all but label and key */
  columns?: readonly string[] | undefined;
  /** The column of a table that names its rows. */
  key?: string | undefined;
  /** What becomes of rows that lack a value: an error, left out and counted, or kept as NaN. @default 'error' */
  missing?: 'error' | 'drop' | 'keep' | undefined;
  /** Whether the first line of a table names its columns. @default guessed; said */
  header?: boolean | undefined;
  /**
   * What a table was read as before, such as the training rows: the same columns are taken by their names, in whatever order they
   * stand, and the same categories at the same places. The label may be absent.
   */
  like?: { fields?: readonly Field[] | undefined; classes?: readonly string[] | undefined } | undefined;
  /** What becomes of a category that a table read before did not have: an error, or 0 at the places of all. @default 'error' */
  unknown?: 'error' | 'zeros' | undefined;
  /** Whether a broken file, or row, is left out and counted. @default an error that names it */
  skipBroken?: boolean | undefined;
}

/** What goes on while files are read. */
export interface Reading {
  signal?: StopSignal | undefined;
  /** What comes in, and how much of it is done. */
  onProgress?(progress: {
    what: string;
    done: number;
    total: number;
    unit: 'files' | 'bytes' | 'rows';
  }): void;
  /** One line for people: what was guessed, what was left out. */
  notice?(text: string): void;
  /** Pictures that are neither PNG nor JPEG, where the platform can. */
  decodeImage?(bytes: Uint8Array, name: string): Promise<Pixels>;
}

/** What was read: the parts that the files have, or all in one. */
export type ReadParts = ({ all: Examples } | { train: Examples; validation?: Examples; test?: Examples }) & {
  /** Names of the files, or places of the rows, that were left out as broken. */
  skipped?: readonly string[];
};

/** A way in which people keep data: one file in `formats/`, found there. */
export interface Format {
  /** kebab-case: `csv`, `image-folder`. */
  name: string;
  /** One sentence: whose files these are, and what is read of them. */
  summary: string;
  /** The options that it takes. */
  takes: readonly (keyof ReadOptions)[];
  /** Whether these files are of this format, told by their names. */
  accepts(names: readonly string[]): boolean;
  /**
   * Reads them. Nothing is taken into memory by a size that a file only announces.
   * @throws DataError for a broken file, naming it and the place
   * @throws the signal's reason once it is aborted
   */
  read(files: readonly DataFile[], options: ReadOptions, reading: Reading): Promise<ReadParts>;
}

/** Files in one file: what is read is what they are. It stands in `formats/` too. */
export interface Archive extends Pick<Format, 'name' | 'summary' | 'accepts'> {
  takes: readonly never[];
  /**
   * The files in it, by name in the order of code units, without what is hidden.
   * @throws DataError for a broken archive, or one that would fill memory
   */
  open(files: readonly DataFile[], reading: Reading): Promise<DataFile[]>;
}
