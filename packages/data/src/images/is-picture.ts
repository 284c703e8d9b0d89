/** Whether a file is called as pictures are. */
export const isPicture = (name: string): boolean =>
  /\.(png|jpe?g|jfif|webp|avif|gif|bmp|tiff?|hei[cf]|jxl)$/i.test(name);
