import { env } from '@tensorflow/tfjs';

/**
 * Keeps TensorFlow.js from writing advice, banners and duplicate-registration warnings to the console while `action`
 * runs. Its environment is afterwards as it was.
 */
export async function withoutLogging<T>(action: () => Promise<T>): Promise<T> {
  const environment = env();
  const before = environment.getBool('PROD');
  // Its default follows PROD, and is kept once it was read.
  environment.getBool('TENSORLIKE_CHECK_SHAPE_CONSISTENCY');
  environment.set('PROD', true);
  try {
    return await action();
  } finally {
    environment.set('PROD', before);
  }
}
