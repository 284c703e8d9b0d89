/** MNIST's images: 28 by 28 pixels. */
export const SIDE = 28;
export const PIXELS = SIDE * SIDE;
