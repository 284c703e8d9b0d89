import { activate, type Candidate, Unavailable } from '../candidate.js';
import { registerNative } from '../native/index.js';

/** This project's own kernels, compiled for the processor. */
export const native: Candidate = {
  name: 'native',
  remedy: 'npm rebuild @ae/backend',
  async start() {
    const registered = registerNative();
    if (!registered.ok) throw new Unavailable(registered.reason, registered.remedy);
    await activate('native');
    return { description: registered.description };
  },
};
