/** Keeps the screens fresh: every committed change makes the answers it touches load again. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { api, client } from '../api'
import { door, early } from '../door'
import { type ChangedTables, goesStale } from './freshness'
import { followChanges, type Line } from './live'
import { useMe } from './session'
import { offerUndo } from './undo'

/** Many events in a row (an import) refresh the screens this often, in milliseconds. */
const pause = 200

export function useLiveUpdates(): Line {
  const cache = useQueryClient()
  const userId = useMe()?.id
  const me = useRef(userId)
  const [line, setLine] = useState<Line>('connecting')

  useEffect(() => {
    me.current = userId
  }, [userId])
  useEffect(() => {
    const leaving = new AbortController()
    let waiting: ChangedTables = {}
    let timer: ReturnType<typeof setTimeout> | undefined
    let last = 0
    const refresh = () => {
      const tables = waiting
      waiting = {}
      timer = undefined
      last = Date.now()
      const stale = new Set(
        cache
          .getQueryCache()
          .findAll({ predicate: ({ queryKey }) => goesStale(queryKey, tables) })
          // Asked once for each: the cache asks its own predicates several times.
          .filter((query) => !(query.isActive() && query.meta?.takesIn?.(tables))),
      )
      void cache.invalidateQueries({ predicate: (query) => stale.has(query) })
    }
    void followChanges({
      client,
      readAt: cache.getQueryData(api.database.status.queryKey())?.feedPosition,
      signal: leaving.signal,
      onLine(next, missed) {
        early.forget()
        setLine(next)
        if (missed) void cache.invalidateQueries()
      },
      onEvent(event) {
        waiting = merge(waiting, event.tables)
        if (!timer) timer = setTimeout(refresh, Math.max(0, last + pause - Date.now()))
        const mine = event.userId === me.current && event.door === door
        // An import is many events of one action; its own screens tell its end and offer its undo.
        const offered = event.kind === 'edit' || event.kind === 'bulk'
        if (mine && offered && event.undoable) offerUndo(event)
      },
    })
    return () => {
      leaving.abort()
      clearTimeout(timer)
    }
  }, [cache])
  return line
}

function merge(first: ChangedTables, second: ChangedTables): ChangedTables {
  const merged: ChangedTables = { ...first }
  for (const [table, ids] of Object.entries(second)) {
    const before = merged[table]
    merged[table] = before === null || ids === null ? null : [...(before ?? []), ...ids]
  }
  return merged
}
