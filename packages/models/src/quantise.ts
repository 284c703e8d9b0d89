import type { TensorData } from './safetensors.js';

/** Smaller tensors weigh little, and some of them are what a whole code goes through. */
const FEWEST = 2 ** 16;
/** Steps between the least and the largest weight of an output; 7 bits of a byte, the eighth of which zlib takes away. */
const STEPS = 127;

/**
 * Weights in a byte each, for pretrained models: a large matrix or kernel `[..., out]` becomes bytes q with a least value
 * and a step per output, w ≈ min + step·q, so no weight moves by more than half a step. Others stay as they are.
 * The result holds `<name>`, `<name>:min` and `<name>:step`.
 */
export function quantiseWeights(tensors: Record<string, TensorData>): Record<string, TensorData> {
  const quantised: Record<string, TensorData> = {};
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    if (data.length < FEWEST) {
      quantised[name] = { shape, data };
      continue;
    }
    const outputs = shape.at(-1)!;
    const least = new Float32Array(outputs).fill(Infinity);
    const most = new Float32Array(outputs).fill(-Infinity);
    data.forEach((weight, i) => {
      least[i % outputs] = Math.min(least[i % outputs]!, weight);
      most[i % outputs] = Math.max(most[i % outputs]!, weight);
    });
    const step = least.map((low, output) => (most[output]! - low) / STEPS || 1);
    const bytes = Uint8Array.from(data, (weight, i) =>
      Math.round((weight - least[i % outputs]!) / step[i % outputs]!),
    );
    quantised[name] = { shape, data: bytes };
    quantised[`${name}:min`] = { shape: [outputs], data: least };
    quantised[`${name}:step`] = { shape: [outputs], data: step };
  }
  return quantised;
}

/**
 * What `quantiseWeights` made, as float32 again.
 * @throws RangeError where a tensor of bytes lacks its least values or its steps
 */
export function dequantiseWeights(quantised: Record<string, TensorData>): Record<string, TensorData> {
  const tensors: Record<string, TensorData> = {};
  for (const [name, { shape, data }] of Object.entries(quantised)) {
    if (name.endsWith(':min') || name.endsWith(':step')) continue;
    if (!(data instanceof Uint8Array)) {
      tensors[name] = { shape, data };
      continue;
    }
    const least = quantised[`${name}:min`]?.data;
    const step = quantised[`${name}:step`]?.data;
    const outputs = shape.at(-1)!;
    if (least?.length !== outputs || step?.length !== outputs)
      throw new RangeError(`Cannot read weight "${name}": bytes without ${outputs} least values and steps`);
    tensors[name] = {
      shape,
      data: Float32Array.from(data, (byte, i) => least[i % outputs]! + step[i % outputs]! * byte),
    };
  }
  return tensors;
}
