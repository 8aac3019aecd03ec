/** Exports: a list written to a CSV file page by page, with progress, and gone at the next start. */
import { openAsBlob, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type { CustomField } from '../../../contract/kernel/custom-fields'
import type { Export, ExportNarrowing } from '../../../contract/transfer/import'
import type { Actor } from '../../kernel/actor'
import { newId } from '../../kernel/database/ids'
import { conflict, invalid, notFound } from '../../kernel/errors'
import type { ListQuery } from '../../kernel/fields/list'
import type { Kernel } from '../../kernel/kernel'
import { dateIn } from '../../kernel/time/zone'
import { type CsvCell, writeCsv } from './csv/write-csv'
import {
  chooseColumns,
  type ExportKind,
  type ExportNames,
  type ExportShapes,
} from './export-columns'
import { nameKey } from './names'
import { nextTurn } from './pauses'
import { isUuid } from './references'
import { exportsIn } from './rejected-file'

export type ExportQuery = ListQuery & { tasks?: ExportNarrowing | undefined }
/** What an area gives of its records: pages of what the actor may see, and single ones. */
export interface ExportSource<Shape> {
  list(
    actor: Actor,
    query: ExportQuery,
  ): { items: Shape[]; nextCursor: string | null; total: number }
  /** @throws not_found also where the actor may not see it */
  get(actor: Actor, id: string): Shape
}
export type ExportSources = { [Kind in ExportKind]: ExportSource<ExportShapes[Kind]> }

type ExportInput = InputOf<(typeof contract)['transfer']['export']>

interface Job {
  actor: Actor
  export: Export
  path: string
  controller: AbortController
  settled: Promise<void>
}

const rowsAtOnce = 200

export function createExports(
  { clock, workspace, database, storage }: Kernel,
  {
    sources,
    directory,
    report,
  }: {
    sources: ExportSources
    directory: string
    report(error: unknown): void
  },
) {
  const jobs = new Map<string, Job>()

  function start<Kind extends ExportKind>(
    actor: Actor,
    input: ExportInput & { kind: Kind },
    customFields: readonly CustomField[],
  ) {
    const { kind } = input
    if (input.tasks && kind !== 'tasks') throw invalid('tasks', 'narrows an export of tasks only')
    const columns = chooseColumns(kind, input.columns, customFields, names())
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
    const path = join(directory, 'exports', `${exportId}.csv`)
    // The first page is read at once: a wrong filter is refused here, not later.
    const shapes = input.ids
      ? namedShapes(source, actor, input.ids, state)
      : listedShapes(source, actor, input, state)

    async function* rows(): AsyncGenerator<readonly CsvCell[]> {
      for await (const shape of shapes) {
        yield columns.flatMap((column) => column.cells(shape))
        state.rows++
      }
    }
    async function work() {
      await exportsIn(directory)
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

  /**
   * The person who started a database was there before any file: their id in another database is kept as
   * an external id, and all files use it.
   */
  function names(): ExportNames {
    const first = database.get<{ id: string; external_id: string | null }>(
      'select id, external_id from user where is_local = 1',
    )
    const known = first?.external_id && isUuid(first.external_id) ? first.external_id : undefined
    const userId = (id: string) => (known !== undefined && id === first?.id ? known : id)
    return {
      pipelineName: (id) => database.value<string>('select name from pipeline where id = ?', id),
      stageName: (id) =>
        database.get<{ pipeline: string; stage: string }>(
          'select pipeline.name as pipeline, stage.name as stage from stage join pipeline on pipeline.id = stage.pipeline_id where stage.id = ?',
          id,
        ),
      zone: workspace.timezone(),
      userId,
      personNamed: personNames(userId),
    }
  }

  /** A name alone where it means one person, else with the id behind it. */
  function personNames(userId: (id: string) => string): ExportNames['personNamed'] {
    const people = database.all<{
      id: string
      name: string
      email: string | null
      external_id: string | null
    }>('select id, name, email, external_id from user')
    const names = new Map(people.map(({ id, name }) => [id, name]))
    const meant = new Map<string, Set<string>>()
    for (const { id, name, email, external_id } of people)
      for (const key of [name, email ?? '', external_id ?? ''].map(nameKey))
        meant.set(key, (meant.get(key) ?? new Set()).add(id))
    return (id) => {
      const name = names.get(id)
      if (name === undefined) return id
      return meant.get(nameKey(name))?.size === 1 ? name : `${name} (${userId(id)})`
    }
  }

  function listedShapes<Shape>(
    source: ExportSource<Shape>,
    actor: Actor,
    { q, filter, tasks }: ExportInput,
    state: Export,
  ): AsyncGenerator<Shape> {
    const query: ExportQuery = {
      tasks,
      q: q || undefined,
      filter,
      // The order in which they were made: pages stay in step while others go on working.
      sort: 'newest',
      limit: rowsAtOnce,
    }
    const first = source.list(actor, query)
    state.total = first.total
    return (async function* () {
      for (let page = first; ; ) {
        yield* page.items
        if (page.nextCursor === null) return
        await nextTurn()
        page = source.list(actor, { ...query, cursor: page.nextCursor })
      }
    })()
  }

  function namedShapes<Shape>(
    source: ExportSource<Shape>,
    actor: Actor,
    ids: readonly string[],
    state: Export,
  ): AsyncGenerator<Shape> {
    state.total = ids.length
    return (async function* () {
      for (const [index, id] of ids.entries()) {
        if (index > 0 && index % rowsAtOnce === 0) await nextTurn()
        const shape = existing(() => source.get(actor, id))
        if (shape) yield shape
        else state.total--
      }
    })()
  }

  function requireJob(actor: Actor, id: string): Job {
    const job = jobs.get(id)
    if (!job || job.actor.userId !== actor.userId) throw notFound('export')
    return job
  }

  // Files of earlier runs of the program: whoever wanted one has saved it.
  rmSync(join(directory, 'exports'), { recursive: true, force: true })
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

function existing<Shape>(get: () => Shape): Shape | undefined {
  try {
    return get()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'not_found') return undefined
    throw error
  }
}
