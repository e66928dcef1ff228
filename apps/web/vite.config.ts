import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const at = (place: string) => fileURLToPath(new URL(place, import.meta.url));

/** React Aria brings its sentences in thirty-four languages; the screens speak two. */
const twoLanguages: Plugin = {
  name: 'two-languages',
  enforce: 'pre',
  load: (id) =>
    /\/intl\/\w+\/[a-z]{2}-[A-Z]{2}\.m?js$/.test(id) && !/(fr-FR|en-US)\.m?js$/.test(id) ? 'export default {};' : null,
};

export default defineConfig({
  root: at('.'),
  plugins: [twoLanguages, react()],
  resolve: {
    alias: { '@app/contract': at('../../libs/contract/src/index.ts'), '@app/time': at('../../libs/time/src/index.ts') },
  },
  build: {
    outDir: at('../../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Nothing is written into the page itself: the content policy only knows files of our own.
    assetsInlineLimit: 0,
    // Shapes are only types here: what checks them stays with the server.
    rolldownOptions: { treeshake: { moduleSideEffects: (id) => !id.includes('/libs/contract/') } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});
