import { useBackend } from '@ae/backend/browser';
import { batches } from '@ae/data';
import { digits } from '@ae/data-mnist';
import { randomStream, zoo, type Autoencoder, type ModelDefinition } from '@ae/models';
import { fit, stopOnNonFinite, type TrainingState } from '@ae/trainer';
import * as tf from '@tensorflow/tfjs';
import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';

import { controls } from './controls.js';
import { snapshots } from './snapshots.js';
import { WATCHED, type Command, type Report, type Trainable, type TrainRequest } from './training.js';

const VALIDATION = 300;
/** What differs from the models' defaults: a code of two dimensions everywhere, and layers small enough for any machine. */
const options: Record<Trainable, Record<string, unknown>> = {
  vae: { hidden: [256] },
  ae: { hidden: [256, 64] },
  'conv-ae': { channels: [8, 16], hidden: [128] },
  'conv-vae': { channels: [8, 16], hidden: 128, latentDim: 2 },
};

const report = (message: Report) => postMessage(message);
let control: ReturnType<typeof controls>;

onmessage = ({ data: command }: MessageEvent<Command>) => {
  if (command.type === 'start')
    train(command.request).catch((error: Error) => report({ type: 'failed', message: error.message }));
  else if (command.type === 'set') control?.set(command.settings);
  else control?.go(command.type);
};

async function train(request: TrainRequest): Promise<void> {
  const { model: name, seed, images, batchSize, epochs, settings } = request;
  control = controls(settings);
  tf.enableProdMode();
  const {
    name: backendName,
    why,
    notice,
  } = await useBackend('auto', {
    wasmUrl,
    webgpu: () => import('@tensorflow/tfjs-backend-webgpu'),
  });
  report({ type: 'backend', name: backendName, why, ...(notice && { notice }) });

  const data = await digits({ seed, train: images + VALIDATION, validationCount: VALIDATION, test: WATCHED });
  report({ type: 'digits', images: data.test.values, labels: data.test.labels });

  const random = randomStream(seed);
  const definition = zoo[name] as unknown as ModelDefinition;
  const model: Autoencoder = definition.build(options[name] as ModelDefinition['defaults'], random);
  const snapshot = snapshots(model, data.test, report);
  await snapshot.untrained();

  let state: TrainingState | undefined;
  for (;;) {
    await control.mayGoOn();
    // A pause ends `fit` with its state, with which the next one goes on bit for bit.
    const { stopReason } = await fit(model, {
      train: batches(data.train, { batchSize, seed }),
      validation: batches(data.validation, { batchSize: VALIDATION }),
      epochs,
      optimizer: { name: 'adam', learningRate: request.settings.learningRate },
      random,
      callbacks: [stopOnNonFinite(), control.callback, snapshot.callback, { name: 'keep', onPause: keep }],
      ...(state && { resume: state }),
    });
    if (stopReason !== 'paused') break;
    report({ type: 'paused' });
  }
  report({ type: 'finished' });

  async function keep(run: {
    stopReason: string | undefined;
    state(): Promise<TrainingState>;
  }): Promise<void> {
    if (run.stopReason === 'paused') state = await run.state();
  }
}
