export type {
  ModelDescription,
  LayerDescription,
  NetworkDescriptions,
  Scaling,
} from './model-description.js';
export { numberStream, type NumberStream } from './plain/number-stream.js';
export { plainModel, type DescribedWeights, type PlainModel } from './plain/plain-model.js';
export type { TensorData } from './safetensors.js';
