import * as tf from '@tensorflow/tfjs';
import { type Case, of } from '../case.js';
import { layer } from './layers.js';

const series = [2, 4, 3];
const kinds = ['simpleRNN', 'gru', 'lstm'] as const;

export const recurrent: Case[] = [
  ...kinds.flatMap((kind) => [
    layer(kind, 'the last state', [series], () => tf.layers[kind]({ units: 2 } as never)),
    layer(kind, 'every state', [series], () => tf.layers[kind]({ units: 2, returnSequences: true } as never)),
    layer(kind, 'one step only', [[2, 1, 3]], () => tf.layers[kind]({ units: 2 } as never)),
    layer(kind, 'backwards', [series], () => tf.layers[kind]({ units: 2, goBackwards: true } as never)),
  ]),
  layer('lstm', 'relu and sigmoid', [series], () => tf.layers.lstm({ units: 2, activation: 'relu', recurrentActivation: 'sigmoid' })), // prettier-ignore
  layer('gru', 'tanh and sigmoid', [series], () => tf.layers.gru({ units: 2, activation: 'tanh', recurrentActivation: 'sigmoid' })), // prettier-ignore
  layer('rnn', 'of cells', [series], () => tf.layers.rnn({ cell: [tf.layers.gruCell({ units: 2 }), tf.layers.lstmCell({ units: 2 })] as never })), // prettier-ignore
  layer('bidirectional', 'lstm, concatenated', [series], () => tf.layers.bidirectional({ layer: tf.layers.lstm({ units: 2 }) as never, mergeMode: 'concat' })), // prettier-ignore
  layer('bidirectional', 'gru, every state, summed', [series], () => tf.layers.bidirectional({ layer: tf.layers.gru({ units: 2, returnSequences: true }) as never, mergeMode: 'sum' })), // prettier-ignore
  layer('timeDistributed', 'dense', [series], () => tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 2, activation: 'tanh' }) })), // prettier-ignore
  layer('timeDistributed', 'conv2d', [[2, 3, 4, 3, 2]], () => tf.layers.timeDistributed({ layer: tf.layers.conv2d({ filters: 2, kernelSize: 2, activation: 'tanh' }) })), // prettier-ignore
  layer('convLstm2d', '', [[2, 2, 4, 3, 1]], () => tf.layers.convLstm2d({ filters: 2, kernelSize: 2, padding: 'same' } as never)), // prettier-ignore
  ...of('basicLSTMCell', {
    '': [[[3, 8], [8], [1, 1], [1, 2], [1, 2]], (kernel: tf.Tensor2D, bias: tf.Tensor1D, data: tf.Tensor2D, c: tf.Tensor2D, h: tf.Tensor2D) => tf.basicLSTMCell(tf.scalar(1), kernel, bias, data, c, h)],
  }), // prettier-ignore
  ...of('multiRNNCell', {
    'one cell': [[[3, 8], [8], [1, 1], [1, 2], [1, 2]], (kernel: tf.Tensor2D, bias: tf.Tensor1D, data: tf.Tensor2D, c: tf.Tensor2D, h: tf.Tensor2D) => tf.multiRNNCell([(d, cc, hh) => tf.basicLSTMCell(tf.scalar(1), kernel, bias, d, cc, hh)], data, [c], [h]).flat()],
  }), // prettier-ignore
];
