import type { TensorData } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

/** The numbers of variables as plain data, read without blocking. */
export async function readTensors(
  variables: Record<string, tf.Variable>,
): Promise<Record<string, TensorData>> {
  const read = Object.entries(variables).map(async ([name, variable]) => {
    const tensor: TensorData = { shape: [...variable.shape], data: (await variable.data()) as Float32Array };
    return [name, tensor] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

/**
 * Puts numbers into variables of exactly the same names and shapes; all is checked before the first one changes.
 * @throws RangeError saying `cannot`, and which name or shape is wrong
 */
export function assignTensors(
  cannot: string,
  variables: Record<string, tf.Variable>,
  tensors: Record<string, TensorData>,
): void {
  for (const [name, variable] of Object.entries(variables)) {
    const shape = tensors[name]?.shape;
    if (!shape || !tf.util.arraysEqual(shape, variable.shape))
      throw new RangeError(
        `${cannot}: found ${shape ? `shape [${shape}]` : 'nothing'} for "${name}", expected shape [${variable.shape}]`,
      );
  }
  const unknown = Object.keys(tensors).find((name) => !Object.hasOwn(variables, name));
  if (unknown !== undefined)
    throw new RangeError(`${cannot}: found "${unknown}", expected only ${Object.keys(variables).join(', ')}`);
  for (const [name, variable] of Object.entries(variables))
    tf.tidy(() =>
      variable.assign(tf.tensor(Float32Array.from(tensors[name]!.data), variable.shape, 'float32')),
    );
}
