/** The records of an export, some hundred at a time, as its actor sees them. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type { ExportNarrowing } from '../../../contract/transfer/export'
import type { Actor } from '../../kernel/actor'
import type { ListQuery } from '../../kernel/fields/list'
import type { ExportKind, ExportShapes } from './export-columns'

export type ExportInput = InputOf<(typeof contract)['transfer']['export']>

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

const rowsAtOnce = 200

/** The first page is read at once: a wrong filter is refused here, not later. @param count hears how many there are */
export function readShapes<Shape>(
  source: ExportSource<Shape>,
  actor: Actor,
  input: ExportInput,
  count: (total: number) => void,
): AsyncGenerator<Shape> {
  return input.ids
    ? namedShapes(source, actor, input.ids, count)
    : listedShapes(source, actor, input, count)
}

function listedShapes<Shape>(
  source: ExportSource<Shape>,
  actor: Actor,
  { q, filter, tasks }: ExportInput,
  count: (total: number) => void,
): AsyncGenerator<Shape> {
  const query: ExportQuery = {
    tasks,
    q: q || undefined,
    filter,
    // The order in which they were made: pages stay in step while others keep working.
    sort: 'newest',
    limit: rowsAtOnce,
  }
  const first = source.list(actor, query)
  count(first.total)
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
  count: (total: number) => void,
): AsyncGenerator<Shape> {
  let total = ids.length
  count(total)
  return (async function* () {
    for (const [index, id] of ids.entries()) {
      if (index > 0 && index % rowsAtOnce === 0) await nextTurn()
      const shape = existing(() => source.get(actor, id))
      if (shape) yield shape
      else count(--total)
    }
  })()
}

function existing<Shape>(get: () => Shape): Shape | undefined {
  try {
    return get()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'not_found') return undefined
    throw error
  }
}
