/** What tests of import and export share: a core, files, and imports and exports seen through to their end. */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect } from 'vitest'
import type { Export } from '../../contract/transfer/export'
import type { Import } from '../../contract/transfer/import'
import type { ImportKind } from '../../contract/transfer/words'
import { openTestCore, type TestCore } from '../testing/testing'

type Client = TestCore['client']
export type TestClient = Client
type StartInput = Parameters<Client['transfer']['start']>[0]
export type StartOptions = Partial<Omit<StartInput, 'kind' | 'file'>>

export const fixture = (name: string): File => {
  const path = join(import.meta.dirname, 'import', 'fixtures', name)
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

/** Exports and waits for the file. */
export async function exportFile(
  client: Client,
  input: Parameters<Client['transfer']['export']>[0],
): Promise<{ file: File; status: Export }> {
  const { exportId } = await client.transfer.export(input)
  await expect
    .poll(async () => (await client.transfer.exportStatus({ exportId })).state, { interval: 5 })
    .not.toBe('running')
  const status = await client.transfer.exportStatus({ exportId })
  expect(status).toMatchObject({ state: 'done', message: null })
  return { file: await client.transfer.exportFile({ exportId }), status }
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

/** Bookkeeping: the log itself, job state, and full-text indexes, whose pages depend on their history. */
const bookkeeping =
  /^(change|change_cursor|batch|session|installation|preference|draft|import_\w+|sqlite_\w+|\w+_search(_\w+)?|__drizzle_migrations|rapport_\w+)$/

/** A sum over no rows is as good as no sum. */
const sums: Record<string, string> = {
  lead_tally: 'where leads <> 0',
  activity_tally: 'where activities <> 0',
}

/** Every row of every table of data, as it is in the file. */
export function dump(directory: string): Record<string, string[]> {
  const connection = new BetterSqlite3(join(directory, 'rapport.db'), { readonly: true })
  try {
    const tables = connection
      .prepare(`select name from sqlite_schema where type = 'table' order by name`)
      .pluck()
      .all() as string[]
    return Object.fromEntries(
      tables
        .filter((name) => !bookkeeping.test(name))
        .map((name) => [
          name,
          connection
            .prepare(`select * from ${name} ${sums[name] ?? ''}`)
            .all()
            .map((row) => JSON.stringify(row))
            .sort(),
        ]),
    )
  } finally {
    connection.close()
  }
}

export const countOf = (directory: string, sql: string): number => {
  const connection = new BetterSqlite3(join(directory, 'rapport.db'), { readonly: true })
  try {
    return Number(connection.prepare(sql).pluck().get())
  } finally {
    connection.close()
  }
}

/** The first column of each row. */
export const listOf = (directory: string, sql: string): unknown[] => {
  const connection = new BetterSqlite3(join(directory, 'rapport.db'), { readonly: true })
  try {
    return connection.prepare(sql).pluck().all()
  } finally {
    connection.close()
  }
}
