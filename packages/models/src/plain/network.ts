import type { LayerDescription } from '../model-description.js';
import type { TensorData } from '../safetensors.js';
import { layerKinds } from './layer-kinds.js';
import { layerReader } from './layer-reader.js';
import type { Layer } from './layer.js';
import { sizeOf } from './size-of.js';

/** Sixteen million values, as a map of 512 × 512 with 64 channels has; against a file that asks for more than there is. */
const MOST_VALUES = 2 ** 24;

/**
 * The layers of a network, one behind the other.
 * @param part what it is called in errors, such as `encoder`
 * @param from the shape of one example
 * @throws RangeError where a layer is of no known kind, or does not fit the one before it
 */
export function network(
  part: string,
  layers: readonly LayerDescription[],
  tensors: Readonly<Record<string, TensorData>>,
  from: readonly number[],
): Layer {
  const made: Layer[] = [];
  let shape = from;
  for (const [i, description] of layers.entries()) {
    const { kind } = description;
    const reader = layerReader(description, tensors, `layer ${i + 1} of the ${part} (${kind})`);
    if (!Object.hasOwn(layerKinds, kind))
      throw reader.wrong(`the kind "${kind}"`, `one of ${Object.keys(layerKinds).join(', ')}`);
    const layer = layerKinds[kind]!.make(reader, shape);
    if (layer.shape.some((side) => !(side >= 1)) || sizeOf(layer.shape) > MOST_VALUES)
      throw reader.wrong(`values of shape [${layer.shape}]`, `1 to ${MOST_VALUES} of them`);
    made.push(layer);
    ({ shape } = layer);
  }
  return { shape, run: (input) => made.reduce((values, layer) => layer.run(values), input) };
}
