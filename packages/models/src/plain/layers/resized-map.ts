import type { LayerKind, Layer } from '../layer.js';
import type { LayerReader } from '../layer-reader.js';

/** Rows and columns of zeros around a map. */
export const zeroPadding2d: LayerKind = {
  follows: ['padding'],
  only: { dataFormat: 'channelsLast' },
  make(reader, from) {
    const [[top, bottom], [left, right]] = reader.edges('padding');
    return moved(reader, from, {
      height: (height) => height + top + bottom,
      width: (width) => width + left + right,
      source: (y, x) => [y - top, x - left],
    });
  },
};

/** Rows and columns cut off a map. */
export const cropping2d: LayerKind = {
  follows: ['cropping'],
  only: { dataFormat: 'channelsLast' },
  make(reader, from) {
    const [[top, bottom], [left, right]] = reader.edges('cropping');
    return moved(reader, from, {
      height: (height) => height - top - bottom,
      width: (width) => width - left - right,
      source: (y, x) => [y + top, x + left],
    });
  },
};

/** Every place repeated. */
export const upSampling2d: LayerKind = {
  follows: ['size'],
  only: { interpolation: 'nearest', dataFormat: 'channelsLast' },
  make(reader, from) {
    const [rows, columns] = reader.wholes('size', 2, 1) as [number, number];
    return moved(reader, from, {
      height: (height) => height * rows,
      width: (width) => width * columns,
      source: (y, x) => [Math.floor(y / rows), Math.floor(x / columns)],
    });
  },
};

/** Every place of the new map takes the values of one of the old, or zeros where its source lies outside. */
function moved(
  reader: LayerReader,
  from: readonly number[],
  to: {
    height(height: number): number;
    width(width: number): number;
    source(y: number, x: number): [number, number];
  },
): Layer {
  if (from.length !== 3) throw reader.wrong(`values of shape [${from}]`, '[height, width, channels]');
  const [oldHeight, oldWidth, channels] = from as [number, number, number];
  const [height, width] = [to.height(oldHeight), to.width(oldWidth)];
  return {
    shape: [height, width, channels],
    run(input) {
      const output = new Float32Array(height * width * channels);
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const [oldY, oldX] = to.source(y, x);
          if (oldY < 0 || oldY >= oldHeight || oldX < 0 || oldX >= oldWidth) continue;
          const at = (oldY * oldWidth + oldX) * channels;
          output.set(input.subarray(at, at + channels), (y * width + x) * channels);
        }
      return output;
    },
  };
}
