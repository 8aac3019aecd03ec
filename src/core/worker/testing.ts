/** What tests of the doors share: the real core on its thread, built from the present sources. */
import { mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { removeFolder } from '../../testing-folder'
import { noHost } from '../kernel/host/host'
import { type CoreWorker, type CoreWorkerOptions, startCoreWorker } from './client'

const root = fileURLToPath(new URL('../../../', import.meta.url))

export interface BuiltWorker {
  /** What a core is started with; without `directory` on a new database. */
  options(options?: Partial<CoreWorkerOptions>): CoreWorkerOptions
  /** Starts a core; with `directory` on data that is there, else on a new database. */
  start(options?: Partial<CoreWorkerOptions>): CoreWorker
  newDirectory(): string
  /** Removes what was built and every directory; the cores must be closed. */
  remove(): void
}

/** Bundles an entry of the core's thread so that it can run outside the test's own loader. */
export async function buildWorker(entry = './worker.ts'): Promise<BuiltWorker> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-worker-'))
  const [file, reading] = [entry, './reading.ts'].map((name) =>
    fileURLToPath(new URL(name, import.meta.url)),
  ) as [string, string]
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: {
      ssr: true,
      outDir: join(folder, 'out'),
      minify: false,
      rolldownOptions: {
        input: { worker: file, reading },
        output: { entryFileNames: '[name].js' },
      },
    },
  })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  const newDirectory = () => mkdtempSync(join(folder, 'data-'))
  const optionsOf: BuiltWorker['options'] = (options = {}) => ({
    entry: join(folder, 'out', 'worker.js'),
    version: '1.2.3',
    directory: options.directory ?? newDirectory(),
    migrations: join(root, 'drizzle'),
    door: 'test',
    sample: false,
    host: noHost,
    ...options,
  })
  return {
    newDirectory,
    options: optionsOf,
    start: (options) => startCoreWorker(optionsOf(options)),
    remove: () => removeFolder(folder),
  }
}

/** A host with nothing in it. */
export { noHost as bareHost } from '../kernel/host/host'
