import type { LayerKind } from '../layer.js';
import { pairsOf, stopsOf } from '../windows.js';

/** The largest value of every window of a map `[height, width, channels]`, each channel for itself. */
export const maxPooling2d: LayerKind = pooling((values) => Math.max(...values));

/** The mean of every window, over those of its places that lie in the map. */
export const averagePooling2d: LayerKind = pooling(
  (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
);

function pooling(summary: (values: number[]) => number): LayerKind {
  return {
    follows: ['poolSize', 'strides', 'padding'],
    only: { dataFormat: 'channelsLast' },
    make(reader, from) {
      if (from.length !== 3) throw reader.wrong(`values of shape [${from}]`, '[height, width, channels]');
      const channels = from[2]!;
      const size = reader.wholes('poolSize', 2, 1);
      const strides = reader.wholes('strides', 2, 1);
      const padding = reader.oneOf('padding', ['same', 'valid']);
      const small = size.map((side, axis) => stopsOf(from[axis]!, side, strides[axis]!, padding));
      const eachPair = pairsOf({ large: from, small, size, strides, padding });
      return {
        shape: [...small, channels],
        run(input) {
          const seen = Array.from({ length: small[0]! * small[1]! * channels }, (): number[] => []);
          eachPair((to, at) => {
            for (let c = 0; c < channels; c++) seen[to * channels + c]!.push(input[at * channels + c]!);
          });
          return Float32Array.from(seen, summary);
        },
      };
    },
  };
}
