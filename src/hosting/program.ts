/** Where the parts of the built program are, seen from its main folder. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Program {
  version: string
  /** Entry of the core's thread. */
  worker: string
  /** The built screens. */
  screens: string
  preload: string
  migrations: string
  resources: string
  /** The page that describes the HTTP API. */
  documentation: string
}

/** @param main the folder of the built hosts, `out/main` */
export function findProgram(main: string): Program {
  const root = join(main, '..', '..')
  const resources = join(root, 'resources')
  return {
    version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
    worker: join(main, 'worker.js'),
    screens: join(main, '..', 'renderer'),
    preload: join(main, '..', 'preload', 'index.cjs'),
    migrations: join(root, 'drizzle'),
    resources,
    documentation: join(resources, 'api-docs'),
  }
}
