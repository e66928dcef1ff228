import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const at = (place: string) => fileURLToPath(new URL(place, import.meta.url));

export default defineConfig({
  root: at('.'),
  plugins: [react()],
  resolve: {
    alias: { '@app/contract': at('../../libs/contract/src/index.ts'), '@app/time': at('../../libs/time/src/index.ts') },
  },
  build: {
    outDir: at('../../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Nothing is written into the page itself: the content policy only knows files of our own.
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});
