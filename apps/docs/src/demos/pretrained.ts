import { plainModel, type PlainModel } from '@ae/models/plain';
import { pretrainedWeights, type PretrainedName } from '@ae/models/pretrained';

export type { PretrainedName };

const loading = new Map<PretrainedName, Promise<PlainModel>>();

/** One of the models that `@ae/models` brings with it, trained on MNIST; loaded once a page. */
export function pretrainedModel(name: PretrainedName): Promise<PlainModel> {
  let model = loading.get(name);
  if (!model) {
    model = pretrainedWeights(name).then(plainModel);
    model.catch(() => loading.delete(name)); // so that a page that was offline may try again
    loading.set(name, model);
  }
  return model;
}
