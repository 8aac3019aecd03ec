/** Which columns are folded, as the user left them; the closed stages to begin with. */
import { useCallback, useEffect, useRef } from 'react'
import type { Stage } from '../../../../contract/records/pipeline'
import { usePreference } from '../../../app/session'

type Folding = Readonly<Record<string, boolean>>

const none: Folding = {}

export function useFolding() {
  const { value, set } = usePreference('board.folded', read, none)
  const latest = useRef({ value, set })
  useEffect(() => {
    latest.current = { value, set }
  })
  const write = useCallback((stageId: string, folded: boolean) => {
    latest.current.set({ ...latest.current.value, [stageId]: folded })
  }, [])
  return {
    isFolded: useCallback(({ id, kind }: Stage) => value[id] ?? kind !== 'open', [value]),
    fold: useCallback((stageId: string) => write(stageId, true), [write]),
    unfold: useCallback((stageId: string) => write(stageId, false), [write]),
  }
}

function read(stored: unknown): Folding | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined
  return Object.fromEntries(
    Object.entries(stored).filter(
      (entry): entry is [string, boolean] => typeof entry[1] === 'boolean',
    ),
  )
}
