/** Files for the user to fill in or to correct: templates, and rejected rows with reason and line in front. */
import { openAsBlob } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { ImportKind } from '../../../../contract/transfer/words'
import type { Actor } from '../../../kernel/actor'
import { newId } from '../../../kernel/database/ids'
import type { Kernel } from '../../../kernel/kernel'
import { makeOutgoingFolder } from '../../export/export'
import { type CsvRows, writeCsv } from '../../format/write-csv'
import { addedColumns, isAddedColumn } from '../columns/added-columns'
import { fieldsByKind } from '../fields/fields'
import type { ImportFiles } from './files'
import { createPauses } from './pauses'
import type { Runs } from './runs'

const rowsAtOnce = 500
const keptFor = 3_600_000

/** The rejected rows of an import as they were; corrected, the file can be imported as it is. */
export function createRejectedFile(
  { clock, database }: Kernel,
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

  /** One for each download, as another may still be on its way; after an hour none is. */
  const made = new Map<string, number>()
  async function forgetOld() {
    for (const [path, at] of made)
      if (Math.abs(clock.now() - at) > keptFor) {
        made.delete(path)
        await rm(path, { force: true })
      }
  }

  return async (actor: Actor, importId: string): Promise<File> => {
    const run = runs.require(actor, importId)
    const file = files.find(run.fileId)
    const columns = file?.form.columns ?? []
    const added = columns.flatMap((column, index) => (isAddedColumn(column) ? [index] : []))
    await forgetOld()
    const path = join(await makeOutgoingFolder(directory), `rejected-${newId(clock.now())}.csv`)
    made.set(path, clock.now())
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
export async function templateOf(kind: ImportKind): Promise<File> {
  const columns = fieldsByKind[kind].filter((field) => field.name !== 'id').map((one) => one.label)
  const stream = new PassThrough()
  const [header] = await Promise.all([
    buffer(stream),
    writeCsv(columns, [], stream, { byteOrderMark: true }),
  ])
  return new File([new Uint8Array(header)], `${kind}.csv`, { type: 'text/csv' })
}
