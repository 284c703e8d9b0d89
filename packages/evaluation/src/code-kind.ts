import { codeOf, type Autoencoder } from '@ae/models';

/** Why distances between a model's codes mean nothing; nothing where they do. */
export const noDistances = (model: Autoencoder): string | undefined =>
  codeOf(model).kind === 'categorical'
    ? 'found a categorical code, whose numbers are names, expected one of coordinates; score by reconstruction-error'
    : undefined;
