// Builds the benchmark for Node; packages stay outside, or inside, as in the built core.
import { defineConfig } from 'vite'

export default defineConfig({
  ssr: { noExternal: ['drizzle-orm'] },
  build: {
    ssr: true,
    outDir: 'out/bench',
    target: 'node24',
    sourcemap: true,
    rolldownOptions: {
      input: { bench: 'bench/bench.ts', 'moved-clock-worker': 'bench/moved-clock-worker.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
})
