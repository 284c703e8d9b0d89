/** Weights as base64 of safetensors, made by `npm run pretrain`; each is a file of its own, loaded when asked for. */
export const pretrained = {
  ae: () => import('./ae.js'),
  vae: () => import('./vae.js'),
};
