import { tableSetting, type DetectorOptions } from '@ae/evaluation';
import { ae } from '@ae/models';

/** A definition and the options of `fitDetector`, from the number of columns. */
export interface Setting {
  name: string;
  model: typeof ae;
  options(columns: number): Omit<DetectorOptions, 'random'>;
}

/** One for all tables. */
export const ours: Setting = {
  name: 'ours',
  model: ae,
  options: tableSetting,
};

/** What one writes first: 64–32–64, the reconstruction's error. */
export const stock: Setting = {
  name: 'stock autoencoder',
  model: ae,
  options: () => ({ score: 'reconstruction-error', options: { hidden: [64], latentDim: 32 } }),
};
