import * as tf from '@tensorflow/tfjs';

import type { Autoencoder } from './autoencoder.js';
import { checkCode } from './code.js';
import { eachLayer } from './each-layer.js';
import { namedWeights, networksOf } from './weights.js';

/**
 * Sees that every variable that was made while a model was built has its place in the model, so that none is unseeded,
 * unsaved or left behind.
 * @param made the variables, by the names that TensorFlow.js has for them
 * @throws TypeError saying what was found and where it belongs
 */
export function checkParts(model: Autoencoder, made: Record<string, tf.Variable>): void {
  checkNetworks(model);
  if (model.code) checkCode(model.code);
  const { parameters = {}, state = {}, annealed = {} } = model;
  const trained = new Set(Object.values(model.objectives).flatMap((objective) => objective.variables()));
  for (const [name, variable] of Object.entries(parameters))
    if (!trained.has(variable))
      throw new TypeError(
        `found parameters.${name} in no objective, expected it in the variables() of one; what is changed without a gradient belongs in \`state\``,
      );
  for (const [name, variable] of Object.entries({ ...state, ...annealed }))
    if (trained.has(variable))
      throw new TypeError(
        `found ${name} among an objective's variables(), expected it in \`parameters\` alone where a gradient changes it`,
      );
  for (const [name, { shape }] of Object.entries(annealed))
    if (shape.length > 0)
      throw new TypeError(`found annealed.${name} of shape [${shape}], expected a scalar`);
  const known = new Set([...Object.values(namedWeights(model)), ...Object.values(annealed)]);
  const lost = Object.entries(made).find(([, variable]) => !known.has(variable));
  if (lost)
    throw new TypeError(
      `found the variable "${lost[0]}", which no part of the model has, expected its network in \`networks\`, or itself in \`parameters\`, \`state\` or \`annealed\``,
    );
}

function checkNetworks(model: Autoencoder): void {
  const reserved = ['encoder', 'decoder', 'parameters', 'state', 'annealed'];
  const taken = Object.keys(model.networks ?? {}).find((name) => reserved.includes(name));
  if (taken !== undefined)
    throw new TypeError(
      `found a network called "${taken}", expected another name than ${reserved.join(', ')}`,
    );
  for (const [name, network] of Object.entries(networksOf(model))) {
    if (!(network instanceof tf.LayersModel))
      throw new TypeError(
        `found no tf.LayersModel as ${name}, expected what tf.sequential or tf.model gives`,
      );
    for (const { path, layer } of eachLayer(network, name))
      if (!layer.built)
        throw new TypeError(
          `found ${path} without weights, expected an inputShape for the first layer of ${name}`,
        );
  }
  if (Object.keys(model.objectives ?? {}).length === 0)
    throw new TypeError('found no objective, expected one at least');
}
