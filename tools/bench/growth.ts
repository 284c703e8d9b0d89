import { zoo } from '@ae/models';

import { timeSteps } from './time-steps.js';

/** The time of a step of the original VAE where one thing differs. */
export interface Growth {
  batch: number;
  /** Units of the hidden layer. */
  width: number;
  threads: number;
  millisecondsPerStep: number;
}

/** How the time of a step grows with the batch, the width and the threads, on one backend. */
export function measureGrowth(backend: string, cores: number): Growth[] {
  const { defaults, recipes } = zoo.vae;
  const sizes = [
    ...[16, 50, 128, 512].map((batch) => ({ batch, width: 256 })),
    ...[64, 512, 1024].map((width) => ({ batch: 50, width })),
  ];
  const threadCounts = backend === 'native' && cores > 1 ? [1, cores] : [1];
  return sizes.flatMap(({ batch, width }) =>
    threadCounts.map((threads) => {
      const options = { ...defaults, hidden: [width] };
      const request = { options, optimizer: recipes.original!.optimizer, batchSize: batch };
      const seconds = timeSteps({ model: 'vae', recipe: 'original', request }, { backend, threads });
      return { batch, width, threads, millisecondsPerStep: seconds * 1e3 };
    }),
  );
}
