/** How far a download or the generator has come. */
export interface Progress {
  /** The file that is coming in, or `digits`. */
  what: string;
  done: number;
  /** Absent while a server has not said how much is to come. */
  total?: number;
  unit: 'bytes' | 'images';
  /** Of a download, bytes a second over the last second or more; absent in its first second. */
  rate?: number;
}
