import * as tf from '@tensorflow/tfjs';
import { type Case, of } from '../case.js';

const complex = (x: tf.Tensor) => tf.complex(x, tf.zerosLike(x));

export const signals: Case[] = [
  ...of('signal.frame', { overlapping: [[[6]], (x: tf.Tensor1D) => tf.signal.frame(x, 4, 2)] }),
  ...of('signal.stft', { '': [[[8]], (x: tf.Tensor1D) => tf.abs(tf.signal.stft(x, 4, 2))] }),
  ...of('complex', {
    'and its parts': [[[3], [3]], (a: tf.Tensor, b: tf.Tensor) => tf.real(tf.complex(a, b))],
  }),
  ...of('real', { '': [[[3]], (x: tf.Tensor) => tf.real(complex(x))] }),
  ...of('imag', { '': [[[3]], (x: tf.Tensor) => tf.imag(complex(x))] }),
  ...of('abs', {
    'of complex numbers': [[[3], [3]], (a: tf.Tensor, b: tf.Tensor) => tf.abs(tf.complex(a, b))],
  }),
  ...of('spectral.fft', { '': [[[4]], (x: tf.Tensor) => tf.real(tf.spectral.fft(complex(x)))] }),
  ...of('spectral.ifft', { '': [[[4]], (x: tf.Tensor) => tf.real(tf.spectral.ifft(complex(x)))] }),
  ...of('spectral.rfft', { '': [[[4]], (x: tf.Tensor) => tf.real(tf.spectral.rfft(x))] }),
  ...of('spectral.irfft', { '': [[[3]], (x: tf.Tensor) => tf.spectral.irfft(complex(x))] }),
];
