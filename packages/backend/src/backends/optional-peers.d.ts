// Optional peer dependencies, which need not be there when this package is compiled.
declare module '@tensorflow/tfjs-backend-webgpu';
