import { findBackendFactory } from '@tensorflow/tfjs';
import { activate, type Candidate, Unavailable } from '../candidate.js';

/** What is used of WebGPU. */
interface Gpu {
  requestAdapter(): Promise<{
    info?: { vendor: string; architecture: string; isFallbackAdapter?: boolean };
  } | null>;
}

/**
 * The graphics processor through WebGPU, with @tensorflow/tfjs-backend-webgpu. The page loads that package, for a
 * bundler warns of an import of a package that may not be there.
 */
export const webgpu = (load?: () => Promise<unknown>): Candidate => ({
  name: 'webgpu',
  remedy: 'use a browser with WebGPU, and turn on hardware acceleration in its settings',
  async start() {
    const { gpu } = globalThis.navigator as { gpu?: Gpu };
    if (!gpu) throw new Error('this browser, or this page, has no WebGPU');
    const adapter = await gpu.requestAdapter();
    if (!adapter) throw new Error('WebGPU finds no graphics processor');
    await load?.();
    if (!findBackendFactory('webgpu'))
      throw new Unavailable(
        '@tensorflow/tfjs-backend-webgpu is not part of this page',
        "npm install @tensorflow/tfjs-backend-webgpu, and pass webgpu: () => import('@tensorflow/tfjs-backend-webgpu')",
      );
    await activate('webgpu');
    const { vendor = '', architecture = '', isFallbackAdapter: slow = false } = adapter.info ?? {};
    const name = [vendor, architecture].filter(Boolean).join(' ') || 'the graphics processor';
    return { description: slow ? `WebGPU in software, slow: ${name}` : `WebGPU on ${name}`, slow };
  },
});
