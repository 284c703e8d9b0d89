import vue from '@vitejs/plugin-vue';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** A page for each demo alone, as another site would have it. */
export default defineConfig({
  root: fileURLToPath(new URL('./page/', import.meta.url)),
  plugins: [vue()],
  worker: { format: 'es' },
  resolve: { conditions: ['@ae/source'] },
  build: { target: 'es2022', chunkSizeWarningLimit: 4000 },
  logLevel: 'warn',
});
