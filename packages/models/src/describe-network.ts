import * as tf from '@tensorflow/tfjs';

import type { LayerDescription } from './model-description.js';
import { layerKinds } from './plain/layer-kinds.js';

/**
 * A network's way from its input to its first output, layer by layer, as plain data.
 * @param names of every variable of the model, as `namedWeights` has them
 * @throws NotPlain where it is no chain of layers that have a plain counterpart
 */
export function describeNetwork(
  network: tf.LayersModel,
  names: ReadonlyMap<tf.Variable, string>,
): LayerDescription[] {
  if (network.inputs.length !== 1) throw new NotPlain(`a network of ${network.inputs.length} inputs`);
  return chainTo(network.outputs[0]!).flatMap((layer) => {
    if (layer instanceof tf.LayersModel) return describeNetwork(layer, names);
    return layer.getClassName() === 'InputLayer' ? [] : [describeLayer(layer, names)];
  });
}

/** Why a network cannot be described. */
export class NotPlain extends Error {}

/** The layers from an input to a symbolic tensor, in order. */
function chainTo(tensor: tf.SymbolicTensor): tf.layers.Layer[] {
  const layers: tf.layers.Layer[] = [];
  for (let at: tf.SymbolicTensor | undefined = tensor; at;) {
    const { sourceLayer, nodeIndex } = at as unknown as { sourceLayer: tf.layers.Layer; nodeIndex: number };
    layers.unshift(sourceLayer);
    const inputs: tf.SymbolicTensor[] = (
      sourceLayer as unknown as { inboundNodes: { inputTensors: tf.SymbolicTensor[] }[] }
    ).inboundNodes[nodeIndex]!.inputTensors;
    if (sourceLayer.getClassName() === 'InputLayer') break;
    if (inputs.length !== 1)
      throw new NotPlain(`a layer of the kind ${sourceLayer.getClassName()} with ${inputs.length} inputs`);
    at = inputs[0];
  }
  return layers;
}

function describeLayer(layer: tf.layers.Layer, names: ReadonlyMap<tf.Variable, string>): LayerDescription {
  const kind = layer.getClassName();
  if (!Object.hasOwn(layerKinds, kind)) throw new NotPlain(`a layer of the kind ${kind}`);
  const { follows, only = {} } = layerKinds[kind]!;
  const settings: Record<string, unknown> = layer.getConfig();
  for (const [setting, expected] of Object.entries(only))
    if (setting in settings && JSON.stringify(settings[setting]) !== JSON.stringify(expected))
      throw new NotPlain(`a layer of the kind ${kind} with ${setting} ${JSON.stringify(settings[setting])}`);
  return {
    kind,
    ...Object.fromEntries(follows.map((setting) => [setting, settings[setting]])),
    ...Object.fromEntries(
      layer.weights.map((weight) => [
        weight.originalName.split('/').at(-1)!,
        names.get(weight.read() as tf.Variable),
      ]),
    ),
  };
}
