import '@tensorflow/tfjs';
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util';

import { registerNative } from '../../src/native/index.js';

const backendName = process.env.AE_SPEC_BACKEND!;
if (backendName === 'native') {
  const registered = registerNative();
  if (!registered.ok)
    throw new Error(`Cannot test native: ${registered.reason}; remedy: ${registered.remedy}`);
}
setTestEnvs([{ name: 'backend', backendName, isDataSync: true }]);
