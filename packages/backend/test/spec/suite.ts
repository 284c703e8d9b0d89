// What is bundled: one copy of TensorFlow.js, its backends, and its own specifications for the backend that
// AE_SPEC_BACKEND names.
import './environment.js';
import '@tensorflow/tfjs-core/dist/tests';
