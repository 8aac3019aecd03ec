/** What tests of imports share: a core, files, and imports seen through to their end. */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect } from 'vitest'
import type { Import } from '../../contract/transfer'
import type { ImportKind } from '../../contract/words'
import { openTestCore, type TestCore } from '../testing'

type Client = TestCore['client']
type StartInput = Parameters<Client['transfer']['start']>[0]
export type StartOptions = Partial<Omit<StartInput, 'kind' | 'file'>>

export const fixture = (name: string): File => {
  const path = join(import.meta.dirname, 'fixtures', name)
  return new File([readFileSync(path)], basename(path), { type: 'text/csv' })
}

export const csv = (text: string | Uint8Array<ArrayBuffer>, name = 'file.csv'): File =>
  new File([text], name, { type: 'text/csv' })

const working = ['checking', 'running', 'undoing']

/** Waits until an import or its undo rests. */
export async function settled(client: Client, importId: string): Promise<Import> {
  for (;;) {
    const state = await client.transfer.get({ importId })
    if (!working.includes(state.state)) return state
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Imports a file and waits for the end. */
export async function importFile(
  client: Client,
  kind: ImportKind,
  file: File,
  options: StartOptions = {},
): Promise<Import> {
  const { importId } = await client.transfer.start({ kind, file, ...options })
  return await settled(client, importId)
}

/** The same, and it must have worked. */
export async function importWell(
  client: Client,
  kind: ImportKind,
  file: File,
  options: StartOptions = {},
): Promise<Import> {
  const done = await importFile(client, kind, file, options)
  expect(done).toMatchObject({ state: options.dryRun ? 'checked' : 'done', message: null })
  return done
}

export async function undoImport(client: Client, importId: string): Promise<Import> {
  await client.transfer.undo({ importId })
  return await settled(client, importId)
}

/** The Maven files in their order. */
export async function importMaven(client: Client, options: StartOptions = {}) {
  const of = (kind: ImportKind, name: string) =>
    importWell(client, kind, fixture(`maven-crm/${name}.csv`), options)
  return {
    companies: await of('companies', 'accounts'),
    users: await of('users', 'sales_teams'),
    leads: await of('leads', 'sales_pipeline'),
  }
}

export { openTestCore }
