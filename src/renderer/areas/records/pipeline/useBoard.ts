/** The board's data: first screen in one call, columns page by page, kept fresh as far as loaded. */
import {
  keepPreviousData,
  type QueryClient,
  type QueryKey,
  queryOptions,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { client } from '../../../api'
import { appendPage, type Board, type Column, columnOf, reconcile } from './board'
import { createCardReader } from './changedCards'
import type { BoardQuery } from './state'

/** Cards of each stage on the first screen, and of every further page. */
const firstCards = 30
const pageCards = 100
/** Most cards one call brings when a long column is refreshed. */
const mostCards = 500
/** Next steps fall due without anything being changed, so the board asks again now and then. */
const refreshEvery = 120_000

/** Begins like its procedure's, so that the change feed refreshes it. */
export const boardKey = (query: BoardQuery) => [['pipeline', 'board', 'screen'], { input: query }]

export const boardQuery = (cache: QueryClient, query: BoardQuery) => {
  const queryKey = boardKey(query)
  return queryOptions({
    queryKey,
    queryFn: ({ signal }) => loadBoard(cache, queryKey, query, signal),
    structuralSharing: (before, after) => reconcile(before as Board | undefined, after as Board),
  })
}

export function useBoard(query: BoardQuery) {
  const cache = useQueryClient()
  const key = boardKey(query)
  const loading = useRef(new Set<string>())
  const [reader] = useState(() => createCardReader(cache))
  const board = useQuery({
    ...boardQuery(cache, query),
    placeholderData: keepPreviousData,
    refetchInterval: refreshEvery,
    meta: {
      // A page that is under way may be older than the change.
      takesIn: (tables) => loading.current.size === 0 && reader.takesIn(key, query, tables),
    },
  })
  /** Brings the next page of a column; does nothing while one is on its way. */
  const loadMore = async (stageId: string) => {
    const shown = cache.getQueryData<Board>(key)
    const cursor = shown && columnOf(shown, stageId).nextCursor
    const ticket = `${JSON.stringify(query)} ${stageId} ${cursor}`
    if (!cursor || loading.current.has(ticket)) return
    loading.current.add(ticket)
    await client.pipeline.stages
      .leads({ ...query, id: stageId, cursor, limit: pageCards })
      .then((page) => setBoard(cache, key, (now) => appendPage(now, stageId, cursor, page)))
      .finally(() => loading.current.delete(ticket))
  }
  return { ...board, key, loadMore }
}

export function setBoard(cache: QueryClient, key: QueryKey, change: (board: Board) => Board) {
  cache.setQueryData<Board>(key, (now) => now && change(now))
}

async function loadBoard(
  cache: QueryClient,
  key: QueryKey,
  input: BoardQuery,
  signal: AbortSignal,
): Promise<Board> {
  const asOf = performance.now()
  const { pipeline, totals, columns } = await client.pipeline.board(
    { ...input, limit: firstCards },
    { signal },
  )
  const loaded: Record<string, Column> = {}
  for (const { stageId, cards, nextCursor } of columns) loaded[stageId] = { cards, nextCursor }
  // What was loaded further down stays loaded, or the list would jump under its reader. More may
  // be loaded while this runs, so what is there is looked at again for each page.
  for (const [stageId, first] of Object.entries(loaded)) {
    let column = first
    while (column.nextCursor !== null) {
      const shown = cache.getQueryData<Board>(key)
      const missing = shown ? columnOf(shown, stageId).cards.length - column.cards.length : 0
      if (missing <= 0) break
      const { sort, ...filter } = input
      const page = await client.pipeline.stages.leads(
        {
          ...filter,
          id: stageId,
          sort,
          cursor: column.nextCursor,
          limit: Math.min(mostCards, missing),
        },
        { signal },
      )
      column = { cards: [...column.cards, ...page.items], nextCursor: page.nextCursor }
    }
    loaded[stageId] = column
  }
  return {
    pipeline,
    columns: loaded,
    totals: Object.fromEntries(totals.map((total) => [total.stageId, total])),
    asOf,
    readSince: {},
  }
}
