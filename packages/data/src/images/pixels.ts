/** A picture as it was decoded, turned as it is to be seen. */
export interface Pixels {
  width: number;
  height: number;
  /** Grey, grey with opacity, colour, colour with opacity. */
  channels: 1 | 2 | 3 | 4;
  /** `height` × `width` × `channels` bytes. */
  data: Uint8Array;
}

/** What makes pictures of all sizes examples of one shape. */
export interface ImageOptions {
  /** Side, or height and width, in pixels. @default that of the pictures, where all have one */
  size?: number | readonly [height: number, width: number] | undefined;
  /** Grey or colour. @default 1 where all pictures are grey, otherwise 3 */
  channels?: 1 | 3 | undefined;
  /** Whether a picture of another form is cut to fill the size, or shrunk to lie within it on black. @default 'cover' */
  fit?: 'cover' | 'contain' | undefined;
}
