/** Makes a new database once for a whole run of tests, for `openTestCore` to copy: migrating is most of what opening a new one takes. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openPrepared } from './testing'

declare module 'vitest' {
  interface ProvidedContext {
    /** Directory of a database as it is when new. */
    newDatabase: string
  }
}

export default async function makeTemplate(project: TestProject): Promise<() => void> {
  const directory = mkdtempSync(join(tmpdir(), 'rapport-template-'))
  const { core } = await openPrepared({ directory })
  await core.close()
  project.provide('newDatabase', directory)
  return () => rmSync(directory, { recursive: true, force: true })
}
