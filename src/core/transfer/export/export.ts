/** Exports: a list written to a CSV file page by page, with progress, and gone at the next start. */
import { openAsBlob, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { CustomField } from '../../../contract/kernel/custom-fields'
import type { Export } from '../../../contract/transfer/export'
import type { Actor } from '../../kernel/actor'
import { newId } from '../../kernel/database/ids'
import { conflict, invalid, notFound } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { dateIn } from '../../kernel/time/zone'
import { type CsvCell, writeCsv } from '../format/write-csv'
import { chooseColumns, type ExportKind, type ExportShapes } from './export-columns'
import { namesInFiles } from './names-in-files'
import { makeOutgoingFolder, outgoingFolderIn } from './outgoing-folder'
import { type ExportInput, type ExportSource, type ExportSources, readShapes } from './read-shapes'

export { derivedLabels, exportLabels, labelsOnDemand } from './export-columns'
export { makeOutgoingFolder } from './outgoing-folder'

interface Job {
  actor: Actor
  export: Export
  path: string
  controller: AbortController
  settled: Promise<void>
}

export interface ExportNeeds {
  sources: ExportSources
  /** The data directory. */
  directory: string
  customFields(): CustomField[]
  /** Hears of faults that nobody waits for. */
  report(error: unknown): void
}

export type Exports = ReturnType<typeof createExports>

export function createExports(
  kernel: Kernel,
  { sources, directory, customFields, report }: ExportNeeds,
) {
  const { clock, workspace, storage } = kernel
  const jobs = new Map<string, Job>()

  function start<Kind extends ExportKind>(actor: Actor, input: ExportInput & { kind: Kind }) {
    const { kind } = input
    if (input.tasks && kind !== 'tasks') throw invalid('tasks', 'narrows an export of tasks only')
    const columns = chooseColumns(kind, input.columns, customFields(), namesInFiles(kernel))
    const source: ExportSource<ExportShapes[Kind]> = sources[kind]
    const exportId = newId(clock.now())
    const state: Export = {
      exportId,
      kind,
      state: 'running',
      rows: 0,
      total: 0,
      bytes: 0,
      message: null,
    }
    const controller = new AbortController()
    const { signal } = controller
    const path = join(outgoingFolderIn(directory), `${exportId}.csv`)
    const shapes = readShapes(source, actor, input, (total) => {
      state.total = total
    })

    async function* rows(): AsyncGenerator<readonly CsvCell[]> {
      for await (const shape of shapes) {
        yield columns.flatMap((column) => column.cells(shape))
        state.rows++
      }
    }
    async function work() {
      await makeOutgoingFolder(directory)
      const labels = columns.flatMap((column) => column.labels)
      const written = await writeCsv(labels, rows(), path, { byteOrderMark: true, signal })
      state.bytes = written.bytes
      state.state = 'done'
    }
    const settled = work().catch((error) => {
      state.state = signal.aborted ? 'cancelled' : 'failed'
      if (signal.aborted) return
      const explained = storage.explain(error)
      state.message = explained instanceof Error ? explained.message : String(explained)
      report(error)
    })
    jobs.set(exportId, { actor, export: state, path, controller, settled })
    return { exportId }
  }

  function requireJob(actor: Actor, id: string): Job {
    const job = jobs.get(id)
    if (!job || job.actor.userId !== actor.userId) throw notFound('export')
    return job
  }

  // Files of earlier runs of the program: whoever wanted one has saved it.
  rmSync(outgoingFolderIn(directory), { recursive: true, force: true })
  return {
    start,
    status: (actor: Actor, id: string): Export => ({ ...requireJob(actor, id).export }),
    async cancel(actor: Actor, id: string): Promise<Export> {
      const job = requireJob(actor, id)
      job.controller.abort()
      await job.settled
      return { ...job.export }
    },
    async file(actor: Actor, id: string): Promise<File> {
      const job = requireJob(actor, id)
      if (job.export.state !== 'done') throw conflict('This export is not complete.')
      const name = `${job.export.kind} ${dateIn(clock.now(), workspace.timezone())}.csv`
      return new File([await openAsBlob(job.path)], name, { type: 'text/csv' })
    },
    async close() {
      for (const job of jobs.values()) job.controller.abort()
      await Promise.all([...jobs.values()].map((job) => job.settled))
    },
  }
}
