import { activate, type Candidate, Unavailable } from '../candidate.js';

/** The graphics processor through WebGPU, with @tensorflow/tfjs-backend-webgpu, an optional peer dependency. */
export const webgpu: Candidate = {
  name: 'webgpu',
  remedy: 'use a browser with WebGPU, and turn on hardware acceleration in its settings',
  async start() {
    if (!(globalThis.navigator as { gpu?: object } | undefined)?.gpu)
      throw new Error('this browser, or this page, has no WebGPU');
    try {
      // @ts-expect-error: an optional peer dependency, which need not be there when this is compiled
      await import('@tensorflow/tfjs-backend-webgpu');
    } catch (cause) {
      const reason = '@tensorflow/tfjs-backend-webgpu is not part of this page';
      throw new Unavailable(reason, 'npm install @tensorflow/tfjs-backend-webgpu', { cause });
    }
    await activate('webgpu');
    return 'the graphics processor, through WebGPU';
  },
};
