import base from '/work/main/apps/docs/test/demos/vite.config.mjs';
export default {
  ...base,
  publicDir: '/tmp/demos/public',
  resolve: {
    ...base.resolve,
    alias: process.env.REAL ? {} : { '@ae/models/pretrained': '/tmp/demos/dev/pretrained.ts' },
  },
  build: { ...base.build, outDir: '/tmp/demos/site', emptyOutDir: true },
};
