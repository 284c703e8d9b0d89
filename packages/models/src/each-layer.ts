import * as tf from '@tensorflow/tfjs';

/**
 * Every layer that holds weights itself, with a path that is the same in every process: nested models, wrappers
 * (`timeDistributed`, `bidirectional`) and stacked cells are walked through. A layer that was given no name is called
 * after its kind and its place among its kind: `dense0`.
 */
export function* eachLayer(
  model: tf.LayersModel,
  path: string,
): Generator<{ path: string; layer: tf.layers.Layer }> {
  const unnamed = new Map<string, number>();
  for (const layer of model.layers) {
    // TensorFlow.js calls an unnamed layer dense_Dense7 and a model sequential_7, counting all of the process.
    const kind = /^(\w+)_[A-Z]\w*\d+$|^(sequential|model)_?\d+$/.exec(layer.name)?.slice(1).find(Boolean);
    const place = kind === undefined ? 0 : (unnamed.get(kind) ?? 0);
    if (kind !== undefined) unnamed.set(kind, place + 1);
    yield* within(layer, `${path}/${kind === undefined ? layer.name : `${kind}${place}`}`);
  }
}

/** What TensorFlow.js's wrappers and recurrent layers keep their weights in. */
interface Holder {
  layer?: tf.layers.Layer;
  forwardLayer?: tf.layers.Layer;
  backwardLayer?: tf.layers.Layer;
  cell?: tf.layers.Layer;
  cells?: tf.layers.Layer[];
}

function* within(layer: tf.layers.Layer, path: string): Generator<{ path: string; layer: tf.layers.Layer }> {
  const { forwardLayer, backwardLayer, cells, layer: wrapped, cell } = layer as Holder;
  if (layer instanceof tf.LayersModel) yield* eachLayer(layer, path);
  else if (forwardLayer && backwardLayer) {
    yield* within(forwardLayer, `${path}/forward`);
    yield* within(backwardLayer, `${path}/backward`);
  } else if (cells) {
    for (const [i, inner] of cells.entries()) yield* within(inner, `${path}/cell${i}`);
  } else if (wrapped ?? cell) yield* within((wrapped ?? cell)!, path);
  else yield { path, layer };
}
