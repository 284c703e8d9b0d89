import type { Activation } from './network.js';

/** What the base models' layers do between code and pixels, which their weights do not tell; a test compares it. */
export const hiddenActivation: Record<'ae' | 'conv-ae' | 'vae' | 'conv-vae', Activation> = {
  ae: 'relu',
  'conv-ae': 'swish',
  vae: 'relu',
  'conv-vae': 'swish',
};
