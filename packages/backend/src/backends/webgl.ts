import { backend } from '@tensorflow/tfjs';
import { activate, type Candidate } from '../candidate.js';

/** The graphics processor through WebGL, which is part of TensorFlow.js. */
export const webgl: Candidate = {
  name: 'webgl',
  remedy: 'turn on hardware acceleration in the settings of the browser',
  async start() {
    await activate('webgl');
    const renderer = rendererOf((backend() as unknown as { gpgpu: { gl: WebGLRenderingContext } }).gpgpu.gl);
    const slow = /swiftshader|llvmpipe|software|basic render/i.test(renderer);
    return { description: slow ? `WebGL in software, slow: ${renderer}` : `WebGL on ${renderer}`, slow };
  },
};

function rendererOf(gl: WebGLRenderingContext): string {
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}
