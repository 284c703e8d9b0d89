// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- an ambient declaration cannot be imported
/// <reference path="./optional-peers.d.ts" />
import { activate, type Candidate, Unavailable } from '../candidate.js';

/** What is used of WebGPU. */
interface Gpu {
  requestAdapter(): Promise<{
    info?: { vendor: string; architecture: string; isFallbackAdapter?: boolean };
  } | null>;
}

/** The graphics processor through WebGPU, with @tensorflow/tfjs-backend-webgpu, an optional peer dependency. */
export const webgpu: Candidate = {
  name: 'webgpu',
  remedy: 'use a browser with WebGPU, and turn on hardware acceleration in its settings',
  async start() {
    const { gpu } = globalThis.navigator as { gpu?: Gpu };
    if (!gpu) throw new Error('this browser, or this page, has no WebGPU');
    const adapter = await gpu.requestAdapter();
    if (!adapter) throw new Error('WebGPU finds no graphics processor');
    try {
      await import('@tensorflow/tfjs-backend-webgpu');
    } catch (cause) {
      const reason = '@tensorflow/tfjs-backend-webgpu is not part of this page';
      throw new Unavailable(reason, 'npm install @tensorflow/tfjs-backend-webgpu', { cause });
    }
    await activate('webgpu');
    const { vendor = '', architecture = '', isFallbackAdapter: slow = false } = adapter.info ?? {};
    const name = [vendor, architecture].filter(Boolean).join(' ') || 'the graphics processor';
    return { description: slow ? `WebGPU in software, slow: ${name}` : `WebGPU on ${name}`, slow };
  },
};
