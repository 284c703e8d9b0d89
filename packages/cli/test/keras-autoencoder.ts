// Trains the convolutional autoencoder of Keras's blog (convolution and pooling, convolution and up-sampling) on
// generated digits; prints JSON: the mean squared error of the images that it did not see, and what was said.
// Usage: keras-autoencoder.ts <backend> <images> <epochs>
import { useBackend } from '@ae/backend/node';
import { batches } from '@ae/data';
import { digits } from '@ae/data-mnist';
import { type Batch, bernoulliNll, defineModel, randomStream, trainableVariables } from '@ae/models';
import { fit } from '@ae/trainer';
import * as tf from '@tensorflow/tfjs';

const { conv2d, maxPooling2d, upSampling2d, inputLayer } = tf.layers;
const conv = (filters: number, padding: 'same' | 'valid' = 'same') =>
  conv2d({ filters, kernelSize: 3, padding, activation: 'relu' });
const half = () => maxPooling2d({ poolSize: 2, padding: 'same' });
const twice = () => upSampling2d({ size: [2, 2] });

const keras = defineModel({
  name: 'keras',
  summary: 'Convolution and pooling, convolution and up-sampling',
  defaults: {},
  build() {
    const encoder = tf.sequential({
      layers: [inputLayer({ inputShape: [28, 28, 1] }), conv(16), half(), conv(8), half(), conv(8), half()],
    });
    const decoder = tf.sequential({
      layers: [
        ...[
          inputLayer({ inputShape: [4, 4, 8] }),
          conv(8),
          twice(),
          conv(8),
          twice(),
          conv(16, 'valid'),
          twice(),
        ],
        conv2d({ filters: 1, kernelSize: 3, padding: 'same' }),
      ],
    });
    const encode = (images: tf.Tensor) => encoder.apply(images) as tf.Tensor2D;
    const decode = (codes: tf.Tensor2D) => tf.sigmoid(decoder.apply(codes) as tf.Tensor4D);
    return {
      ...{ encoder, decoder, encode, decode },
      objectives: {
        reconstruction: {
          variables: () => trainableVariables(encoder, decoder),
          loss: ({ images }: Batch) => ({
            loss: bernoulliNll(decoder.apply(encode(images)) as tf.Tensor4D, images),
          }),
        },
      },
    };
  },
});

const [backend, count, epochs] = process.argv.slice(2) as [string, string, string];
await useBackend(backend);
const { train, test } = await digits({ train: Number(count), test: 200 });
const random = randomStream(1);
const model = keras.build({}, random);
const notices: string[] = [];
const began = performance.now();
await fit(model, {
  train: batches(train, { batchSize: 32, seed: 1 }),
  epochs: Number(epochs),
  optimizer: { name: 'adam', learningRate: 2e-3 },
  random,
  onNotice: (text) => notices.push(text),
});
const seconds = (performance.now() - began) / 1000;
const mse = tf.tidy(() => {
  const images = tf.tensor4d(
    Float32Array.from(test.values, (byte) => byte / 255),
    [200, 28, 28, 1],
  );
  return tf.mean(tf.squaredDifference(model.decode(model.encode(images)), images)).dataSync()[0];
});
console.log(JSON.stringify({ mse, seconds, notices }));
