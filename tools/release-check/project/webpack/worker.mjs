import { useBackend } from '@ae/backend/browser';
import * as tf from '@tensorflow/tfjs';

const served = new URL('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm', import.meta.url);

globalThis.onmessage = async ({ data: address }) => {
  const { name, notice } = await useBackend('auto', { wasmUrl: address ?? served });
  const product = await tf.matMul([[1, 2]], [[3], [4]]).data();
  globalThis.postMessage({ name, notice, product: product[0] });
};
