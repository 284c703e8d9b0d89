// Times training steps of one model on one backend, the way a user's run takes them; prints seconds a step as JSON:
//   steps.ts <backend> <model> '{ "options": …, "optimizer": …, "batchSize": 50 }'
import { useBackend } from '@ae/backend/node';
import { randomStream, zoo, type ModelDefinition, type OptimizerSpec } from '@ae/models';
import { fit, type BatchSource } from '@ae/trainer';

export interface StepsRequest {
  options: Record<string, unknown>;
  optimizer: OptimizerSpec;
  batchSize: number;
}

/** Time spent on one configuration once it is warm. */
const SECONDS = 1.5;
const [backend, name, request] = process.argv.slice(2) as [string, keyof typeof zoo, string];
const { options, optimizer, batchSize } = JSON.parse(request) as StepsRequest;
const { why } = await useBackend(backend);
const random = randomStream(1);
const model = (zoo[name] as unknown as ModelDefinition).build(options as ModelDefinition['defaults'], random);

const images = Uint8Array.from({ length: batchSize * 784 }, (_, i) => (i * 2654435761) >>> 24);
const steps = (length: number): BatchSource => ({
  length,
  count: length * batchSize,
  *epoch() {
    for (let i = 0; i < length; i++) yield { images, size: batchSize, height: 28, width: 28, channels: 1 };
  },
});

/** Seconds of each of the epochs, after a first one that warms up. */
async function timeEpochs(epochs: number, length: number): Promise<number[]> {
  const times: number[] = [];
  let last = 0;
  const clock = {
    name: 'clock',
    onEpoch: () => void (times.push((performance.now() - last) / 1000), (last = performance.now())),
  };
  last = performance.now();
  await fit(model, { train: steps(length), epochs: epochs + 1, optimizer, random, callbacks: [clock] });
  return times.slice(1).map((seconds) => seconds / length);
}

const [first] = await timeEpochs(1, 2);
const length = Math.max(1, Math.min(200, Math.round(SECONDS / 8 / first!)));
const epochs = Math.max(2, Math.min(8, Math.round(SECONDS / (length * first!))));
const secondsPerStep = (await timeEpochs(epochs, length)).sort((a, b) => a - b)[Math.floor(epochs / 2)];
console.log(JSON.stringify({ secondsPerStep, why, rss: process.memoryUsage().rss }));
