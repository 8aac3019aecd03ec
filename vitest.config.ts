// Three suites: `unit` (everything beside the code, no browser), `e2e` (the built program in a real
// browser, Electron's double included) and `electron` (the same on real Electron, where it is).
// The last two expect a fresh `out/`.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    restoreMocks: true,
    // What is waited for may take its time on a busy machine; it is there as soon as it is.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          globalSetup: ['src/core/testing/template.ts'],
          include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
          // Generous: timings never decide a test, and a busy machine is several times slower.
          testTimeout: 90_000,
          hookTimeout: 90_000,
          // Loading what is tested takes a third of the time: each worker loads it once, for all its files.
          isolate: false,
          maxWorkers: '100%',
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          // Slower than elsewhere: the API, which most of it is asked of, answers 300 calls a minute.
          expect: { poll: { timeout: 20_000, interval: 400 } },
          include: ['e2e/**/*.test.ts'],
          exclude: ['e2e/electron/**'],
          globalSetup: ['e2e/setup.ts', 'e2e/browser.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          isolate: false,
          // A host and pages each: two of them at once already fill a small machine. Three took no less.
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'electron',
          include: ['e2e/electron/**/*.test.ts'],
          globalSetup: ['e2e/setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 1,
        },
      },
    ],
  },
})
