/** Takes changes of a few leads onto the board by reading their cards alone. */
import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { client } from '../../../api'
import type { ChangedTables } from '../../../app/freshness'
import { type Board, withChangedCards } from './board'
import { type ChangedLeads, changedLeads } from './changedLeads'
import type { BoardQuery } from './state'

export function createCardReader(cache: QueryClient) {
  /** One after the other, so that no older answer comes after a newer one. */
  let last: Promise<unknown> = Promise.resolve()

  async function read(key: QueryKey, { sort: _own, ...filter }: BoardQuery, changed: ChangedLeads) {
    const asOf = performance.now()
    const answer = await client.pipeline.cards({ ...filter, ...changed })
    const board = cache.getQueryData<Board>(key)
    // Gone, or read whole since.
    if (!board || board.asOf > asOf) return
    const next = answer && withChangedCards(board, changed.leadId, answer, asOf)
    if (next) cache.setQueryData<Board>(key, next)
    else await cache.invalidateQueries({ queryKey: key })
  }

  return {
    /** Answers whether it takes these changes onto the board; else the board is to be read again. */
    takesIn(key: QueryKey, query: BoardQuery, tables: ChangedTables): boolean {
      const state = cache.getQueryState(key)
      // Only the board's own order says where a card is by the card above it.
      if (query.sort !== 'position' || !state?.data || state.fetchStatus !== 'idle') return false
      const changed = changedLeads(key, tables)
      if (!changed) return false
      last = last
        .then(() => read(key, query, changed))
        .catch(() => cache.invalidateQueries({ queryKey: key }))
      return true
    },
  }
}
