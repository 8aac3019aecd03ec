// Builds the benchmark for Node; packages stay outside, as in the built core.
import { defineConfig } from 'vite'

export default defineConfig({
  build: {
    ssr: 'bench/bench.ts',
    outDir: 'out/bench',
    target: 'node24',
    sourcemap: true,
    rolldownOptions: { output: { chunkFileNames: '[name]-[hash].js' } },
  },
})
