import { activate, type Candidate } from '../candidate.js';

/** TensorFlow.js in plain JavaScript, which is part of it. */
export const cpu: Candidate = {
  name: 'cpu',
  remedy: 'install @tensorflow/tfjs anew',
  async start() {
    await activate('cpu');
    return { description: 'plain JavaScript, slow' };
  },
};
