import { pretrainedWeights, type PretrainedName } from '@ae/models/pretrained';

import { hiddenActivation } from './hidden-activation.js';
import type { Network } from './network.js';
import { networkOfWeights } from './network-of-weights.js';

export type { PretrainedName };

const loading = new Map<PretrainedName, Promise<Network>>();

/** One of the models that `@ae/models` brings with it, trained on MNIST; loaded once a page. */
export function pretrainedNetwork(name: PretrainedName): Promise<Network> {
  let network = loading.get(name);
  if (!network) {
    network = pretrainedWeights(name).then(({ tensors }) =>
      networkOfWeights(name, tensors, hiddenActivation[name]),
    );
    network.catch(() => loading.delete(name)); // so that a page that was offline may try again
    loading.set(name, network);
  }
  return network;
}
