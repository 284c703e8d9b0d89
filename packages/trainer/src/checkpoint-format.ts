import { decodeSafetensors, encodeSafetensors, type TensorData } from '@ae/models';

import { checked } from './checked.js';
import type { TrainingState } from './training-state.js';
import { trainingStateSchema } from './training-state-schema.js';

/*
 * A checkpoint is one safetensors file. Its tensors are called weights/…, optimizers/<objective>/slots/… and
 * callbacks/<name>/tensors/…; all else is JSON, as `state` in the metadata, where { "tensor": name } stands for a
 * tensor and { "number": "NaN" } for what JSON cannot hold. JSON keeps every finite double to the last bit.
 */
const FORMAT = 'ae-checkpoint-1';

/** A run's state as the bytes of one file. */
export function encodeCheckpoint(state: TrainingState): Uint8Array {
  const tensors: Record<string, TensorData> = {};
  const toJson = (value: unknown, path: string): unknown => {
    if (typeof value === 'number' && !Number.isFinite(value)) return { number: String(value) };
    if (typeof value !== 'object' || value === null) return value;
    if (isTensor(value)) {
      tensors[path] = value;
      return { tensor: path };
    }
    if (Array.isArray(value)) return value.map((item, i) => toJson(item, `${path}/${i}`));
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, toJson(item, path === '' ? key : `${path}/${key}`)]),
    );
  };
  const json = JSON.stringify(toJson(state, ''));
  return encodeSafetensors(tensors, { format: FORMAT, state: json });
}

/** @throws RangeError where the bytes are no checkpoint, or a damaged one, with the place in it */
export function decodeCheckpoint(bytes: Uint8Array): TrainingState {
  const { tensors, metadata } = decodeSafetensors(bytes);
  if (metadata.format !== FORMAT || metadata.state === undefined)
    throw new RangeError(
      `Cannot read the checkpoint: found format "${metadata.format}", expected "${FORMAT}"`,
    );
  return checked(trainingStateSchema, parseState(metadata.state, tensors), 'the checkpoint') as TrainingState;
}

function parseState(json: string, tensors: Record<string, TensorData>): unknown {
  try {
    return JSON.parse(json, (_key, value: unknown) => {
      if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return value;
      const { tensor, number } = value as { tensor?: unknown; number?: unknown };
      if (typeof number === 'string') return Number(number);
      if (typeof tensor !== 'string') return value;
      return tensors[tensor];
    });
  } catch (cause) {
    throw new RangeError('Cannot read the checkpoint: its state is no JSON', { cause });
  }
}

const isTensor = (value: object): value is TensorData =>
  'shape' in value && 'data' in value && ArrayBuffer.isView(value.data);
