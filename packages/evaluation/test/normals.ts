import { randomStream } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

/** So many independent standard normals; no tensor is left over. */
export const normals = (count: number, seed: number): Float32Array =>
  Float32Array.from(tf.tidy(() => randomStream(seed).normal([count]).dataSync()));
