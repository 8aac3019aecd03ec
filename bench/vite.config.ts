// Builds the benchmark for Node; packages stay outside, or inside, as in the built core.
import { defineConfig } from 'vite'

export default defineConfig({
  ssr: { noExternal: ['drizzle-orm'] },
  build: {
    ssr: 'bench/bench.ts',
    outDir: 'out/bench',
    target: 'node24',
    sourcemap: true,
    rolldownOptions: { output: { chunkFileNames: '[name]-[hash].js' } },
  },
})
