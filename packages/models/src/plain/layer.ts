import type { LayerReader } from './layer-reader.js';

/** A layer that is ready to run, for one example at a time. */
export interface Layer {
  /** Of what it gives, without the batch. */
  shape: readonly number[];
  /** Row by row; what comes in stays as it is. */
  run(input: Float32Array): Float32Array;
}

/** A kind of layer under its Keras name: which settings a description of it keeps, and how it is made of one. */
export interface LayerKind {
  /** Settings of Keras's that it follows; the names of its weights stand beside them. */
  follows: readonly string[];
  /** What other settings have to be; a layer with others has no plain counterpart. */
  only?: Readonly<Record<string, unknown>>;
  /** @param from the shape of what comes in, without the batch */
  make(reader: LayerReader, from: readonly number[]): Layer;
}
