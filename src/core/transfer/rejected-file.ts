/** Files for the user to fill in or to correct: templates, and rejected rows with reason and line in front. */
import { openAsBlob } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImportKind } from '../../contract/words'
import type { Actor } from '../kernel/actor'
import type { Ground } from '../kernel/ground'
import { addedColumns, isAddedColumn } from './added-columns'
import { type CsvRows, writeCsv } from './csv/write-csv'
import { fieldsByKind } from './fields'
import type { ImportFiles } from './files'
import { createPauses } from './pauses'
import type { Runs } from './runs'

const rowsAtOnce = 500

/** The rejected rows of an import as they stood; corrected, the file can be imported as it is. */
export function createRejectedFile(
  { database }: Ground,
  runs: Runs,
  files: ImportFiles,
  directory: string,
) {
  async function* rows(runId: string, kept: readonly number[] | undefined): CsvRows {
    const pause = createPauses()
    for (let after = 0; ; ) {
      const found = database.all<{ seq: number; line: number; cells: string; reason: string }>(
        'select seq, line, cells, reason from import_rejection where run_id = ? and seq > ? order by seq limit ?',
        runId,
        after,
        rowsAtOnce,
      )
      for (const row of found) {
        const cells: string[] = JSON.parse(row.cells)
        const own = kept ? cells.filter((_, index) => !kept.includes(index)) : cells
        yield [row.reason, row.line, ...own]
      }
      const last = found.at(-1)
      if (!last || found.length < rowsAtOnce) return
      after = last.seq
      await pause()
    }
  }

  return async (actor: Actor, importId: string): Promise<File> => {
    const run = runs.require(actor, importId)
    const file = files.find(run.fileId)
    const columns = file?.form.columns ?? []
    const added = columns.flatMap((column, index) => (isAddedColumn(column) ? [index] : []))
    const path = join(await exportsIn(directory), `rejected-${run.id}.csv`)
    await writeCsv(
      [...addedColumns, ...columns.filter((column) => !isAddedColumn(column))],
      rows(run.id, added.length > 0 ? added : undefined),
      path,
      { byteOrderMark: true },
    )
    const name = `${(file?.name ?? 'import').replace(/\.[^.]*$/, '')} rejected.csv`
    return new File([await openAsBlob(path)], name, { type: 'text/csv' })
  }
}

/** A file with only the header that the import of this kind knows. */
export const createTemplate =
  (directory: string) =>
  async (kind: ImportKind): Promise<File> => {
    const columns = fieldsByKind[kind]
      .filter((field) => field.name !== 'id')
      .map((one) => one.label)
    const path = join(await exportsIn(directory), `template-${kind}.csv`)
    await writeCsv(columns, [], path, { byteOrderMark: true })
    return new File([await openAsBlob(path)], `${kind}.csv`, { type: 'text/csv' })
  }

/** The folder of files on their way out. */
export async function exportsIn(directory: string): Promise<string> {
  const folder = join(directory, 'exports')
  await mkdir(folder, { recursive: true })
  return folder
}
