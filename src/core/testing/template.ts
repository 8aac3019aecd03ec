/** Makes a new database once for a whole run of tests, for `openTestCore` to copy: migrating is most of what opening a new one takes. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { removeFolder } from '../../testing-folder'
import { openPrepared } from './testing'

export default async function makeTemplate(project: TestProject): Promise<() => void> {
  const directory = mkdtempSync(join(tmpdir(), 'rapport-template-'))
  const { core } = await openPrepared({ directory })
  await core.close()
  project.provide('newDatabase', directory)
  return () => removeFolder(directory)
}
