/** Checks a whole file without changing anything, again whenever the draft changes. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Import } from '../../../../contract/transfer/import'
import { api, client } from '../../../api'
import { type Draft, inputOf, useDraft } from './draft'
import { isRunning } from './progress'

/** Milliseconds that choices may follow each other before the file is read again. */
const pause = 350
const pollEvery = 250

export interface Check {
  /** The check under way, if there is one. */
  running: Import | null
  /** What the latest finished check found; of a draft before this one while `running`. */
  result: Import | null
  /** The result is of the draft as it is now. */
  isFresh: boolean
  error: unknown
  again(): void
}

export function useCheck(draft: Draft): Check {
  const { change } = useDraft()
  const [result, setResult] = useState<Import | null>(null)
  const of = JSON.stringify(inputOf(draft))
  const { check } = draft
  const isCurrent = check?.of === of

  const { mutate, error: startError } = useMutation({
    mutationFn: async (wanted: { of: string; before: string | null }) => {
      // The one before would only take the processor away from this one.
      if (wanted.before) await client.transfer.cancel({ importId: wanted.before }).catch(() => {})
      return await client.transfer.start({ ...JSON.parse(wanted.of), dryRun: true })
    },
    meta: { showsProblem: true },
    onSuccess: ({ importId }, wanted) => change({ check: { importId, of: wanted.of } }),
  })
  const run = useQuery({
    ...api.transfer.get.queryOptions({ input: { importId: check?.importId ?? '' } }),
    enabled: check !== null,
    // A check that was cancelled for another one is of no interest.
    refetchInterval: ({ state }) => (state.data && isRunning(state.data.state) ? pollEvery : false),
  })
  const { data, error } = run
  const unfinished = result === null && data === undefined

  useEffect(() => {
    if (isCurrent) return
    const before = check?.importId ?? null
    const timer = setTimeout(() => mutate({ of, before }), unfinished ? 0 : pause)
    return () => clearTimeout(timer)
  }, [isCurrent, of, check, mutate, unfinished])
  useEffect(() => {
    if (isCurrent && data?.state === 'checked') setResult(data)
  }, [isCurrent, data])

  const stopped = isCurrent && data && !isRunning(data.state) && data.state !== 'checked'
  const failed = stopped ? new Error(data.message ?? 'The check was stopped.') : null
  return {
    running: isCurrent && data && isRunning(data.state) ? data : null,
    result,
    isFresh: isCurrent && result !== null && result.importId === check?.importId,
    error: startError ?? (isCurrent ? (error ?? failed) : null),
    again: () => change({ check: null }),
  }
}
