export type {
  AnnealSpec,
  Autoencoder,
  Batch,
  BestSpec,
  BuiltFrom,
  Given,
  LossTerms,
  ModelDefinition,
  ModelOptions,
  Objective,
  OptimizerSpec,
  OptionRule,
  Paper,
  Recipe,
  ScheduleSpec,
} from './autoencoder.js';
export { impute } from './impute.js';
export { decodeAll, encodeAll, sampleAll, type Codes, type DecodedValues, type Values } from './apply.js';
export type { DataKind, Field } from './data-kind.js';
export { codeOf, codeSize, notInThePlane, type Code } from './code.js';
export { defineModel, type ModelSource } from './define-model.js';
export type { ModelFacts } from './describe-model.js';
export { optionsForData, codeForTable, type OptionsForData } from './for-data.js';
export {
  likelihoodRules,
  type Likelihood,
  type LikelihoodKind,
  type LikelihoodOptions,
} from './likelihood.js';
export { loadModel, type LoadedModel, type LoadModelOptions } from './load-model.js';
export { defineSampler, type Sampler, type SamplerDefinition, type SamplerSource } from './define-sampler.js';
export { loadPretrained } from './load-pretrained.js';
export { networkRules, type Activation, type Body, type Network, type NetworkOptions } from './network.js';
export { networks } from './networks/index.js';
export { coders, type Coders } from './parts/coders.js';
export { gaussianAutoencoder, type GaussianCode } from './parts/gaussian-autoencoder.js';
export { inSequence } from './parts/in-sequence.js';
export { klToStandardNormal, reparameterise } from './parts/gaussian.js';
export { categoriesOf, withCategories } from './parts/categories.js';
export { bernoulliNll } from './parts/likelihoods/bernoulli.js';
export { gaussianNll } from './parts/likelihoods/gaussian.js';
export { likelihoods } from './parts/likelihoods/index.js';
export { studentTNll } from './parts/likelihoods/student-t.js';
export { observationOf, type Observation, type ObservationOptions } from './parts/observation.js';
export { squaredError } from './parts/squared-error.js';
export { bernoulliMask, dropout, gaussianNoise } from './parts/noise.js';
export { trainableVariables } from './parts/trainable-variables.js';
export { pretrainedWeights, type PretrainedName, type Provenance } from './pretrained-weights.js';
export type { PhiloxRandomAttrs } from './philox.js';
export { dequantiseWeights, quantiseWeights } from './quantise.js';
export { randomStream, type RandomStream } from './random.js';
export {
  decodeSafetensors,
  encodeSafetensors,
  type SafetensorsFile,
  type TensorData,
} from './safetensors.js';
export type {
  LayerDescription,
  ModelDescription,
  NetworkDescriptions,
  Scaling,
} from './model-description.js';
export { saveModel, type SaveModelOptions } from './save-model.js';
export { loadSampler, saveSampler } from './sampler-file.js';
export { samplers } from './samplers/index.js';
export { watchUnseededNoise } from './unseeded-noise.js';
export { assignWeights, disposeModel, loadWeights, namedWeights, saveWeights } from './weights.js';
export { seal, sealOf, UNSEALED } from './sealed.js';
export { sha256 } from './sha256.js';
export { zoo } from './zoo/index.js';
