import * as tf from '@tensorflow/tfjs';
export async function chooseBackend(name: string, _output: unknown): Promise<{ name: string; why: string }> {
  tf.enableProdMode();
  void name;
  await tf.setBackend('cpu');
  return { name: 'cpu', why: 'temporary' };
}
