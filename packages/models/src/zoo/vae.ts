// Variational autoencoder: the encoder gives a distribution over codes instead of a point, and a KL term keeps these
// near a standard normal, so that the space between the codes can be decoded and new images can be drawn.
// D. P. Kingma & M. Welling, "Auto-encoding variational Bayes", ICLR, 2014.
import { defineModel } from '../define-model.js';
import { codeForTable } from '../for-data.js';
import { likelihoodDefaults, likelihoodRules } from '../likelihood.js';
import { networkDefaults, networkRules } from '../network.js';
import { networks } from '../networks/index.js';
import { categoriesOf } from '../parts/categories.js';
import { gaussianAutoencoder } from '../parts/gaussian-autoencoder.js';
import { likelihoodNames, type LikelihoodName } from '../parts/observation.js';

export const vae = defineModel({
  name: 'vae',
  summary:
    'Variational autoencoder: a Gaussian code near a standard normal, trained on the evidence lower bound',
  paper: {
    authors: 'D. P. Kingma, M. Welling',
    title: 'Auto-encoding variational Bayes',
    venue: 'ICLR',
    year: 2014,
    url: 'https://arxiv.org/abs/1312.6114',
  },
  defaults: {
    ...networkDefaults,
    latentDim: 2,
    network: 'dense' as keyof typeof networks,
    hidden: [512, 256],
    channels: [32, 64],
    /** 'bernoulli' for values in [0, 1], 'gaussian' for any, 'student-t' where some lie far out. */
    likelihood: 'bernoulli' as LikelihoodName,
    ...likelihoodDefaults,
    /** For each column of a table 0, or the number of the category that it is a place of, from 1; none where all are numbers. */
    categories: [] as readonly number[],
    /** Whether NaN stands for a value that is missing. */
    missing: false as boolean,
  },
  allowed: {
    ...networkRules,
    network: Object.keys(networks),
    latentDim: { whole: true, from: 1 },
    likelihood: likelihoodNames,
    ...likelihoodRules,
    categories: { whole: true, from: 0 },
  },
  recipes: {
    default: {
      description: 'Ours: two hidden layers and a learning rate that falls along a cosine',
      optimizer: { name: 'adam', learningRate: 2e-3 },
      schedule: { name: 'cosine' },
      batchSize: 128,
      epochs: 20,
    },
    original: {
      description: "The origin's 784-256-2",
      options: { hidden: [256] },
      // PyTorch's 1e-8 belongs to a sum over the batch of 50; this loss is the mean.
      optimizer: { name: 'adam', learningRate: 1e-3, epsilon: 1e-8 / 50 },
      batchSize: 50,
      epochs: 20,
    },
    'pytorch-examples': {
      description:
        'The 784-400-20 of pytorch/examples, which reports 105.6 nats after 10 epochs; the rate falls along a cosine',
      options: { hidden: [400], latentDim: 20 },
      optimizer: { name: 'adam', learningRate: 2e-3 },
      schedule: { name: 'cosine' },
      batchSize: 128,
      epochs: 10,
    },
  },

  forData: (data) => ({
    ...codeForTable(data),
    ...(data.values === 'floats' && { likelihood: 'gaussian' as const }),
    categories: categoriesOf(data.fields),
    missing: data.missing ?? false,
  }),

  build: ({ network, ...options }) => gaussianAutoencoder(networks[network].body(options), options),
});
