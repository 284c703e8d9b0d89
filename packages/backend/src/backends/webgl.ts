import { activate, type Candidate } from '../candidate.js';

/** The graphics processor through WebGL, which is part of TensorFlow.js. */
export const webgl: Candidate = {
  name: 'webgl',
  remedy: 'turn on hardware acceleration in the settings of the browser',
  async start() {
    await activate('webgl');
    return 'the graphics processor, through WebGL';
  },
};
